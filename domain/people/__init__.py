"""The people: applicants and tenants, employees, and the numbers that tell them apart."""
