"""The two event logs (design D3, D5): the case log with its access facts, and the disclosure log."""
