"""The documentation of the API: one page, made once from the OpenAPI document, the registry and the refusals (C06).

It loads nothing, from here or elsewhere: a page that ran somebody else's scripts would run them on the address where
people hand in their tokens. Without a script all of it is there; the script only searches.
"""
