"""The commands, area by area: each is what a caller sends (a body) and a function that seals, decides and records.

A command's way: declared operation, permit, command function, the aggregate's public method, event, one save.
"""
