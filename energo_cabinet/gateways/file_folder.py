"""The folder of attachments: generated names, whole files or none, nothing that a path could be made of."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime
from pathlib import Path

KEY = re.compile(r"[0-9a-f]{40}")


class FileFolder:
    """Files by key, spread over 256 folders; not below the web root."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def new_key(self) -> str:
        """A name nobody can guess; its folder exists afterwards."""
        key = secrets.token_hex(20)
        self.path(key).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return key

    def path(self, key: str) -> Path:
        """Where the file of a key lies; ValueError for what is no key."""
        if not KEY.fullmatch(key):
            raise ValueError("not a key")
        return self._root / key[:2] / key

    def drop(self, key: str) -> None:
        """Delete a file; one that is gone is as good."""
        self.path(key).unlink(missing_ok=True)

    def keys_before(self, moment: datetime) -> list[str]:
        """Keys of files not touched since `moment`."""
        found = (path for path in self._root.glob("??/*") if KEY.fullmatch(path.name))
        return [path.name for path in found if datetime.fromtimestamp(path.stat().st_mtime, UTC) < moment]
