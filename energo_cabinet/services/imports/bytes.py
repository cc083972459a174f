"""Files of imports on their way to the folder: written as they come, counted and hashed, whole or not at all."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from energo_cabinet.errors import CabinetError, TooLarge
from energo_cabinet.gateways.file_folder import FileFolder
from energo_cabinet.settings import get_settings

LONGEST_NAME = 255
PART = 1 << 20


@dataclass(frozen=True, slots=True)
class KeptImport:
    """A file that lies in the folder and has no job yet."""

    key: str
    name: str
    size: int
    sha256: str


def import_folder() -> FileFolder:
    """Where files wait and are kept for a while."""
    return FileFolder(get_settings().data_dir / "imports")


def largest_import() -> int:
    """Bytes a file may have."""
    return get_settings().import_max_mb << 20


class Incoming:
    """A file being received: `write` its parts, then `finish`; leaving the context without that discards it."""

    def __init__(self, name: str) -> None:
        self._name = shown_name(name)
        self._folder = import_folder()
        self._key = self._folder.new_key()
        self._path = self._folder.path(self._key)
        self._file: BinaryIO = self._path.open("xb", buffering=0)
        self._hash, self._size, self._is_kept = hashlib.sha256(), 0, False

    def __enter__(self) -> Incoming:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        if not self._is_kept:
            self._folder.drop(self._key)

    def write(self, part: bytes) -> None:
        """Append; TooLarge beyond the largest file."""
        self._size += len(part)
        if self._size > largest_import():
            raise too_large()
        self._hash.update(part)
        self._file.write(part)

    def finish(self) -> KeptImport:
        """Make it last; CabinetError "import_empty" for nothing."""
        if not self._size:
            raise CabinetError("import_empty", "file")
        os.fsync(self._file.fileno())
        self._path.chmod(0o600)
        self._is_kept = True
        return KeptImport(self._key, self._name, self._size, self._hash.hexdigest())


def keep_copy(path: Path, name: str) -> KeptImport:
    """Copy a file of a watched folder; TooLarge, CabinetError "import_empty", OSError."""
    with Incoming(name) as incoming, path.open("rb") as source:
        while part := source.read(PART):
            incoming.write(part)
        return incoming.finish()


def drop_import(key: str) -> None:
    """Delete a file whose job is over or never came to be."""
    import_folder().drop(key)


def shown_name(given: str) -> str:
    """A name as a label: no path, nothing that does not print."""
    last = given.replace("\\", "/").rpartition("/")[2]
    clean = "".join(c for c in last if c.isprintable() and c not in '<>"|:*?').strip(". ")
    return clean[-LONGEST_NAME:] or "file"


def too_large() -> TooLarge:
    """The refusal of a file over the limit."""
    return TooLarge("import_too_large", "file", megabytes=get_settings().import_max_mb)
