"""The ends of the audit journal as they are noted in a file beside the database: who cuts one has to cut the other.

Copied elsewhere with the backups the file proves more than anything in the database can. `audit verify` reads it.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from energo_cabinet.services.staff.audit import NotedHead
from energo_cabinet.settings import get_settings


def heads_file() -> Path:
    """Where the ends are noted, a line of JSON each."""
    return get_settings().data_dir / "audit-heads.jsonl"


def noted_heads(path: Path) -> list[NotedHead]:
    """What was noted, the oldest first; a line that cannot be read is left out: it proves nothing."""
    found = []
    for line in path.read_text("utf-8").splitlines() if path.exists() else ():
        try:
            fields = json.loads(line)
            found.append(NotedHead(**fields | {"at": datetime.fromisoformat(fields["at"])}))
        except (ValueError, TypeError, KeyError):
            continue
    return found


def note(path: Path, head: NotedHead) -> None:
    """Add a line, on the disk before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(head) | {"at": head.at.isoformat()}) + "\n")
        file.flush()
        os.fsync(file.fileno())
