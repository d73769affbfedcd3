"""What the system costs, each figure beside another of the same run: the raw database, a young log, a plain service."""
