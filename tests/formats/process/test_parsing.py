"""The parsing process: bounded, given up when it fails, and archives looked at before they are unpacked."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from energo_cabinet.formats.files.content import FormatError, from_wire, to_wire
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process import reader as reader_module
from energo_cabinet.formats.process.parsing import ParseProcess
from energo_cabinet.formats.values.maket_80020 import read_maket
from tests.formats.maket_writer import large_maket, maket
from tests.formats.told import told

OPTIONS = ReadOptions("Europe/Moscow")


@pytest.fixture(scope="module")
def process():
    with ParseProcess() as made:
        yield made


def archive(tmp_path, members, **how):
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data, **how)
    return path


def refused(process, path):
    with pytest.raises(FormatError) as caught:
        process.read(path, OPTIONS)
    assert all(told(caught.value.notices))
    return caught.value.notices[0]


def test_what_the_process_reads_is_what_the_parser_reads(process, tmp_path):
    data = large_maket()
    (tmp_path / "a.xml").write_bytes(data)
    assert process.read(tmp_path / "a.xml", OPTIONS) == [read_maket(data, "a.xml", "Europe/Moscow")]


def test_the_wire_carries_everything():
    content = read_maket(maket(), "f", "Europe/Moscow")
    assert from_wire(to_wire(content)) == content


def test_members_of_an_archive_come_in_order_with_progress(process, tmp_path):
    days = {f"{n}.xml": maket(day=f"2024061{n}") for n in (3, 1, 2)}
    seen = []
    contents = process.read(archive(tmp_path, days), OPTIONS, lambda done, total: seen.append(done / total))
    assert [c.name for c in contents] == ["many.zip/1.xml", "many.zip/2.xml", "many.zip/3.xml"]
    assert (seen[-1], len(seen)) == (1, 3)


def test_a_broken_member_refuses_the_archive_and_is_named(process, tmp_path):
    notice = refused(process, archive(tmp_path, {"good.xml": maket(), "late.xml": maket()[:-20]}))
    assert (notice.code, notice.member) == ("xml_syntax", "late.xml")


def test_an_archive_that_lies_about_its_sizes_is_refused(process, tmp_path):
    path = archive(tmp_path, {"a.xml": bytes(70 << 20)})
    data = path.read_bytes().replace((70 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(data)
    assert refused(process, path).code in ("bad_archive", "xml_syntax", "empty_file")


def test_too_many_members_are_refused(process, tmp_path):
    path = archive(tmp_path, {f"{n}.xml": b"" for n in range(reader_module.MOST_MEMBERS + 1)})
    assert refused(process, path).code == "archive_members"


def test_archives_in_archives_are_refused(process, tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("a.xml", maket())
    assert refused(process, archive(tmp_path, {"inner.zip": inner.getvalue()})).code == "nested_archive"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"  \n", "empty_file"),
        (b"PK\x03\x04 broken", "bad_archive"),
        (b"\x1f\x8b broken", "bad_archive"),
        (gzip.compress(maket())[:200], "bad_archive"),
        (gzip.compress(bytes(65 << 20)), "file_too_large"),
        (bytes(range(256)) * 100, "csv_no_time_column"),
    ],
)
def test_what_is_no_file_of_values_is_refused(process, tmp_path, data, code):
    (tmp_path / "odd").write_bytes(data)
    assert refused(process, tmp_path / "odd").code in (code, "unknown_format")


def test_a_file_that_is_absent_is_refused(process, tmp_path):
    assert refused(process, tmp_path / "absent.xml").code == "unreadable"


def test_a_parser_that_takes_too_long_is_given_up_and_replaced(tmp_path):
    (tmp_path / "a.xml").write_bytes(maket())
    with ParseProcess(wall_seconds=0.0) as hasty:
        assert refused(hasty, tmp_path / "a.xml").code == "parser_time"
        hasty.wall_seconds = 60
        assert len(hasty.read(tmp_path / "a.xml", OPTIONS)) == 1


def test_memory_is_bounded(tmp_path):
    """A table of 64 MB that would need gigabytes is given up; the next file is read."""
    line = b"2024-01-01T00:00;" + b";".join([b"1"] * 8) + b"\n"
    (tmp_path / "big.csv").write_bytes(b"time;" + b";".join(b"A+" for _ in range(8)) + b"\n" + line * 1_000)
    (tmp_path / "wide.csv").write_bytes(b"time;" + b"x;" * (30 << 20) + b"A+\n")
    (tmp_path / "a.xml").write_bytes(maket())
    with ParseProcess() as process:
        assert refused(process, tmp_path / "wide.csv").code in ("parser_memory", "parser_ended")
        assert len(process.read(tmp_path / "a.xml", OPTIONS)) == 1
