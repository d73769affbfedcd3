"""The HTTP API, in process, on both databases."""
