"""The ways in: settings, event store, vault, gate, commands, HTTP, pages, command line."""
