"""Archives and workbooks made to hurt are refused at once and in little memory, long sheets read in bounded memory."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from energo_cabinet.formats.files.bounds import bare_environment
from energo_cabinet.formats.files.options import ReadOptions
from tests.formats.process.test_parsing import archive, refused
from tests.formats.process.test_parsing import process as process
from tests.formats.table.test_hostile_sheet import HEAD, ROOT, ROW, repacked, sheet, workbook
from tests.formats.table.test_hostile_sheet import packed as packed


def test_a_bomb_is_refused_before_it_is_unpacked(process, tmp_path):
    """SECURITY 5.2.3: sizes are looked at first."""
    path = archive(tmp_path, {"bomb.xml": bytes(80 << 20)})
    start = time.monotonic()
    assert refused(process, path).code == "file_too_large"
    assert time.monotonic() - start < 5


class Child:
    """The parsing process itself, asked as the cabinet asks it."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "energo_cabinet.formats.process.parse_worker"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self.process = subprocess.Popen(command, env=bare_environment(ROOT), **pipes)

    def read(self, path: Path, **other: object) -> dict:
        request = {"path": str(path), **(other or {"options": ReadOptions("Europe/Moscow").to_wire()})}
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def peak_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


@pytest.fixture
def child(tmp_path):
    """A warm process: what it needs anyway has been loaded."""
    (tmp_path / "warm.csv").write_text("прибор\n41907352\n")
    started = Child()
    started.read(tmp_path / "warm.csv"), started.process.stdout.readline(), started.process.stdout.readline()
    yield started
    started.close()


def test_bombs_take_less_than_a_second_and_100_mb(child, packed):
    for path in sorted(packed.iterdir()):
        start = time.monotonic()
        assert "refused" in child.read(path), path.name
        assert time.monotonic() - start < 1, path.name
    assert child.peak_mb() < 100


def test_two_hundred_thousand_rows_are_read_in_bounded_memory(child, tmp_path):
    rows = HEAD + "".join(ROW.format(f"{10_000_000 + n}.0", n / 10) for n in range(200_000))
    (tmp_path / "long.xlsx").write_bytes(repacked(workbook([1]), sheet=sheet(rows.encode())))
    content = child.read(tmp_path / "long.xlsx")["content"]
    assert (len(content["readings"]), content["refused_rows"]) == (200_000, 0)
    assert child.peak_mb() < 512


def test_bombs_as_a_registry_take_no_more(child, packed):
    for path in sorted(packed.iterdir()):
        start = time.monotonic()
        assert "refused" in child.read(path, registry=True), path.name
        assert time.monotonic() - start < 1, path.name
    assert child.peak_mb() < 100
