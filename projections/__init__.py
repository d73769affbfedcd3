"""What can be seen: the feed that carries the logs to the views, and one module per view."""
