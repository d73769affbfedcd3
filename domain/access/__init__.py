"""Who may see what, on what ground: one pure decision, the same for live access and for the audit (design D4, B03)."""
