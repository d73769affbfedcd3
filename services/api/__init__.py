"""The way in over HTTP: routes, who is calling, and answers that say what and what next."""
