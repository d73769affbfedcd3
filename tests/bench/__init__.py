"""The bench runs, and says what it measured."""
