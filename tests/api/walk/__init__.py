"""Every operation of the registry, with a valid request, asked by everybody who may not (R18)."""
