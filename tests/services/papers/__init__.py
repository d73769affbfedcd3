"""Papers: how they are put together and typeset."""
