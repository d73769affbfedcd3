"""What commands, queries and workers find out before they act: read from the log as it stands, opened by nobody."""
