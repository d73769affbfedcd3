"""The supervisor, the mailbox and the Redis server of `make demo`."""
