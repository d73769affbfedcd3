"""Commands that meet: pairs forced into each other's way, and many writers on one case (R07, R09)."""
