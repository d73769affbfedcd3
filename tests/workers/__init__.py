"""What happens by itself, on real servers."""
