"""The parsing process: reads requests as JSON lines, answers as JSON lines; bounded in memory and CPU time.

Whatever a hostile file achieves here, it meets a process without database, settings or secrets.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from energo_cabinet.formats.control.plan_table import read_plan
from energo_cabinet.formats.files.bounds import limit_cpu, limit_memory
from energo_cabinet.formats.files.content import FormatError, Notice, to_wire
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_path
from energo_cabinet.formats.registry.table import read_registry

MEMORY = 512 << 20
"""Bytes of address space a file may take beyond the started process."""

CPU_SECONDS = 60


def main() -> None:
    """Serve until standard input ends."""
    limit_memory(MEMORY)
    for line in sys.stdin.buffer:
        limit_cpu(CPU_SECONDS)
        request = json.loads(line)
        try:
            _read(Path(request["path"]), request)
        except FormatError as error:
            _answer({"refused": [asdict(notice) for notice in error.notices]})
        except (MemoryError, RecursionError):
            _answer({"refused": [asdict(Notice("parser_memory"))]})


def _read(path: Path, request: dict[str, Any]) -> None:
    """Measured values, the plan of a zone, or a registry."""
    if "plan" in request:
        days = read_plan(path.read_bytes(), request["plan"])
        _answer({"plan": [[found.day.isoformat(), found.values, found.prices] for found in days]})
        return
    if "registry" in request:
        rows = read_registry(path.read_bytes())
        reasons = ([[e.code, e.column, dict(e.params)] for e in row.errors] for row in rows)
        _answer(
            {"registry": [[row.line, row.cells, errors, row.kind] for row, errors in zip(rows, reasons, strict=True)]}
        )
        return
    for content in read_path(path, ReadOptions(**request["options"]), _progress):
        _answer({"content": to_wire(content)})
    _answer({"done": True})


def _progress(done: int, total: int) -> None:
    limit_cpu(CPU_SECONDS)  # every member of an archive has its own
    _answer({"progress": [done, total]})


def _answer(message: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json.dumps(message, separators=(",", ":")).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
