"""A plan's file from bytes to days, read in a process of its own."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from energo_cabinet.errors import ImportRefused
from energo_cabinet.formats.files.content import FormatError
from energo_cabinet.formats.process.parsing import ParseProcess
from energo_cabinet.services.control.plan_write import NewDay


def read_plan_file(data: bytes, zone_name: str) -> dict[date, NewDay]:
    """The days a CSV or XLSX file plans; ImportRefused with lines and reasons."""
    with tempfile.TemporaryDirectory() as folder, ParseProcess() as process:
        path = Path(folder) / "plan"
        path.write_bytes(data)
        try:
            days = process.read_plan(path, zone_name)
        except FormatError as error:
            raise ImportRefused(error.notices) from error
    return {found.day: NewDay(found.values, found.prices) for found in days}
