"""A PostgreSQL server of the tests' own."""

from demo.postgres_server import Postgres, running_postgres

__all__ = ["Postgres", "running_postgres"]
