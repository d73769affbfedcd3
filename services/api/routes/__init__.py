"""The addresses, area by area: each turns a request into one command or one look."""
