"""Papers to people: put together from what the gate opens, set by typst, stored closed under their checksum (LD3, LD4)."""
