"""Vedtak and who follows them up (M12, M13, M15)."""
