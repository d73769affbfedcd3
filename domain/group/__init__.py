"""The working group: members, plans, meetings, what is talked about, what it comes to (M02–M11)."""
