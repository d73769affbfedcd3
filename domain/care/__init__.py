"""Care housing: decided by Service og tildeling, alone or in dialogue, and never in the group (M20)."""
