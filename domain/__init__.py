"""What may happen: aggregates, their events, their rules and refusals. Pure: no clock, no I/O, no framework."""
