"""A client that openapi-python-client makes of our own OpenAPI, put to use."""
