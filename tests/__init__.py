"""The same areas as the code, then whole journeys."""
