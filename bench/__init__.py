"""What the system costs, each figure beside the raw database doing the same in the same run."""
