"""Small private files that the first process to need them makes, for demonstrations only."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path


def read_or_create(path: Path, make: Callable[[], bytes]) -> bytes:
    """What `path` holds; made by `make` if it is not there. Of several processes one wins and all read the same.

    Readable by its owner only (0600). Raises OSError when the folder cannot be written.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        try:
            write_private(draft, make())
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink(missing_ok=True)
    return path.read_bytes()


def read_or_create_key(path: Path, size: int) -> bytes:
    """`size` random bytes, the same for every process that asks for `path`."""
    return read_or_create(path, lambda: secrets.token_bytes(size))


def replace(path: Path, content: bytes) -> None:
    """Replace `path` as a whole: a reader sees the old content or the new, never half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    write_private(draft, content)
    draft.replace(path)


def write_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner can read; FileExistsError if it is there."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
