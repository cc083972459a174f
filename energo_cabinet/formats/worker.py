"""The parsing process: reads requests as JSON lines, answers as JSON lines; bounded in memory and CPU time.

Whatever a hostile file achieves here, it meets a process without database, settings or secrets.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from energo_cabinet.formats.content import FormatError, Notice, to_wire
from energo_cabinet.formats.options import ReadOptions
from energo_cabinet.formats.reader import read_path

MEMORY = 512 << 20
"""Bytes of address space a file may take beyond the started process."""

CPU_SECONDS = 60


def main() -> None:
    """Serve until standard input ends."""
    limit_memory()
    for line in sys.stdin.buffer:
        limit_cpu()
        request = json.loads(line)
        try:
            for content in read_path(Path(request["path"]), ReadOptions(**request["options"]), _progress):
                _answer({"content": to_wire(content)})
            _answer({"done": True})
        except FormatError as error:
            _answer({"refused": [asdict(notice) for notice in error.notices]})
        except (MemoryError, RecursionError):
            _answer({"refused": [asdict(Notice("parser_memory"))]})


def limit_memory() -> None:
    """Bound the address space where the system knows how."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (ImportError, OSError):
        return
    most = pages * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_cpu() -> None:
    """Give the next file CPU_SECONDS of its own."""
    try:
        import resource
    except ImportError:
        return
    used = sum(os.times()[:2])
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + CPU_SECONDS, hard))


def _progress(done: int, total: int) -> None:
    limit_cpu()  # every member of an archive has its own
    _answer({"progress": [done, total]})


def _answer(message: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
