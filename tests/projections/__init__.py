"""Feed and views, on both databases."""
