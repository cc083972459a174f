"""Workbooks made to hurt: bombs are refused at once and in little memory, long sheets in bounded memory (issue 5.4)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from energo_cabinet.formats.files.content import FormatError
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_bytes
from energo_cabinet.formats.registry.table import read_registry
from tests.formats.values.test_reading_table import workbook

ROOT = Path(__file__).parents[3]
MB = 1 << 20
ROW = '<row><c><v>{}</v></c><c t="str"><v>2026-11-01</v></c><c><v>{}</v></c></row>'
HEAD = "<row>" + "".join(f'<c t="str"><v>{name}</v></c>' for name in ("прибор", "дата", "показание")) + "</row>"


def repacked(data: bytes, **parts: bytes) -> bytes:
    """A workbook with parts replaced: sheet, strings, styles."""
    names = {"sheet": "xl/worksheets/sheet1.xml", "strings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        given = {names[key]: value for key, value in parts.items()}
        for name in dict.fromkeys([*old.namelist(), *given]):
            new.writestr(name, given.get(name) if name in given else old.read(name))
    return out.getvalue()


def sheet(body: bytes, padding: int = 0) -> bytes:
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return head + body + b" " * padding + b"</sheetData></worksheet>"


def bombs() -> dict[str, bytes]:
    """Each small, each unfolding to a lot."""
    plain = workbook(["41907352"])
    dtd = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 1000 + b'">]>'
    return {
        "padded sheet": repacked(plain, sheet=sheet(b"", 250 * MB)),
        "strings": repacked(plain, strings=b"<sst>" + b"<si><t>x</t></si>" * (4 * MB)),
        "styles": repacked(plain, styles=b"<styleSheet>" + b"<xf/>" * (4 * MB)),
        "entities": repacked(plain, sheet=dtd + sheet(b"<row><c><v>&a;</v></c></row>")),
    }


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """The bombs as files."""
    folder = tmp_path_factory.mktemp("bombs")
    for name, data in bombs().items():
        (folder / f"{name}.xlsx").write_bytes(data)
    return folder


def test_every_bomb_is_refused_with_a_reason(packed):
    codes = {}
    for path in packed.iterdir():
        with pytest.raises(FormatError) as caught:
            read_bytes(path.read_bytes(), path.name, ReadOptions("Europe/Moscow"))
        codes[path.stem] = caught.value.notices[0].code
    assert codes.pop("entities") == "xml_dtd"
    assert set(codes.values()) == {"archive_bomb"}


def stored(data: bytes, body: bytes) -> bytes:
    """A workbook with another sheet, nothing packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet(body) if name == "xl/worksheets/sheet1.xml" else old.read(name))
    return out.getvalue()


def test_more_rows_than_that_are_refused_with_the_line():
    many = HEAD.encode() + b"<row/>" * 200_001
    with pytest.raises(FormatError) as caught:
        read_bytes(stored(workbook([1]), many), "f", ReadOptions("Europe/Moscow"))
    assert [(n.code, n.line) for n in caught.value.notices] == [("xlsx_rows", 200_002)]


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.98])
def test_half_a_workbook_is_refused_by_every_reader(kept):
    data = workbook(["41907352"])[: int(len(workbook(["41907352"])) * kept)]
    for read in (lambda: read_bytes(data, "f.xlsx", ReadOptions("Europe/Moscow")), lambda: read_registry(data)):
        with pytest.raises(FormatError) as caught:
            read()
        assert caught.value.notices[0].code in {"xlsx_damaged", "bad_archive", "nested_archive"}


def test_a_damaged_sheet_is_refused_by_every_reader():
    data = repacked(workbook(["41907352"]), sheet=b"<worksheet><sheetData><row><c>")
    for read in (lambda: read_bytes(data, "f.xlsx", ReadOptions("Europe/Moscow")), lambda: read_registry(data)):
        with pytest.raises(FormatError, match="xlsx_damaged"):
            read()


def test_formulas_of_a_registry_are_never_worked_out():
    """Without a kept value there is nothing; with one it is the value, as text."""
    body = HEAD.replace("прибор", "point").replace("дата", "name").replace("показание", "address")
    rows = '<row><c t="str"><v>П1</v></c><c t="str"><f>HYPERLINK("http://e.example")</f><v>=1+1</v></c><c><f>1+1</f></c></row>'
    (row,) = read_registry(repacked(workbook([1]), sheet=sheet((body + rows).encode())))
    assert (row.point, row.get("name"), row.get("address")) == ("П1", "=1+1", "")
