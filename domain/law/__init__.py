"""The law as data and as arithmetic: dated rulebooks, deadlines, working days (design D11, LH9). Pure."""
