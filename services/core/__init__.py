"""What an operation is, without HTTP: declared once, with its permit (design D15)."""
