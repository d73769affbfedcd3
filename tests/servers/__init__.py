"""The real servers that tests run against. Each test process starts its own and none outlives it."""
