"""Permits: who gets in to an operation. Each gives the operation its subject, and there is no other way to get it."""
