"""Violations of the mandate, planted to see that the tests notice them. `make prove-mandate` plants each in a copy."""
