"""A log that `make demo` wrote in the first version, and what the system then answered about it.

`log.tar.xz` is its data folder: both logs, the keys, the papers and the two secrets of that demonstration, as SQLite
files. It holds made-up people only. `answers/` holds a file for each person who asked.
"""
