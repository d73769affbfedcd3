"""The queries, area by area: each reads a view or an aggregate and shows it through the gate.

A read's way: declared operation, permit, query function, view or log, gate. What an actor may not see is not in the answer.
"""
