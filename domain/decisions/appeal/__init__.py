"""Appeals to their end: two tracks, two bodies, and who may not take part (LK1–LK8, LI4, LO2)."""
