"""A path to what its files say: tells formats apart, opens archives within limits (SECURITY 5.2.3)."""

from __future__ import annotations

import gzip
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import IO

from energo_cabinet.formats.files.content import FileContent, FormatError, Notice
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.table.csv_read import header_of
from energo_cabinet.formats.table.sheet_to_csv import is_workbook, sheet_csv
from energo_cabinet.formats.values.event_csv_read import is_journal, read_journal
from energo_cabinet.formats.values.interval_csv_read import read_intervals
from energo_cabinet.formats.values.maket_80020 import read_maket
from energo_cabinet.formats.values.network_csv_read import is_network, read_network
from energo_cabinet.formats.values.network_norm_csv_read import is_norms, read_norms
from energo_cabinet.formats.values.reading_table import is_readings, read_readings
from energo_cabinet.formats.values.serial_list import is_serials, read_serials
from energo_cabinet.formats.values.transformer_csv_read import is_transformers, read_transformers

LARGEST_FILE = 64 << 20
LARGEST_ARCHIVE = 1 << 30
MOST_MEMBERS = 4096
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"

Progress = Callable[[int, int], None]


def read_path(path: Path, options: ReadOptions, progress: Progress) -> Iterator[FileContent]:
    """Every file at `path`: itself, or the members of a zip in order of name. FormatError when one is refused.

    `progress(done, total)` is called with bytes read.
    """
    try:
        with path.open("rb") as file:
            magic = file.read(4)
            file.seek(0)
            if magic in (_ZIP, b"PK\x05\x06") and not _is_workbook_file(file):
                yield from _members(file, path.name, options, progress)
                return
            yield read_bytes(_whole(file, magic), path.name, options)
            progress(1, 1)
    except (OSError, EOFError, zlib.error) as error:
        if isinstance(error, gzip.BadGzipFile) or not isinstance(error, OSError):
            raise FormatError(Notice("bad_archive")) from error
        raise FormatError(Notice("unreadable", 0, {"reason": error.strerror or "?"})) from error


def read_bytes(data: bytes, name: str, options: ReadOptions) -> FileContent:
    """One file already in memory; FormatError when it is refused."""
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf"):
        raise FormatError(Notice("empty_file"))
    if is_workbook(data):
        content = read_bytes(sheet_csv(data), name, options)
        return replace(content, sha256=sha256(data).hexdigest())
    if data[:4] == _ZIP or data[:2] == _GZIP:
        raise FormatError(Notice("nested_archive"))
    head = data[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if head.startswith(b"<"):
        return read_maket(data, name, options.zone_name)
    return _table_reader(data, options)(data, name, options)


def _table_reader(data: bytes, options: ReadOptions) -> Callable[[bytes, str, ReadOptions], FileContent]:
    """Which kind of table it is, by its header."""
    header = header_of(data, options.delimiter)
    if options.kind == "readings":
        return read_readings
    if is_journal(header):
        return read_journal
    if is_network(header, options):
        return read_network
    if is_norms(header):
        return read_norms
    if is_transformers(header):
        return read_transformers
    if is_readings(header, options):
        return read_readings
    return read_serials if is_serials(header) and not options.value_columns else read_intervals


def _is_workbook_file(file: IO[bytes]) -> bool:
    """An XLSX is a zip too; FormatError for a zip that cannot be opened."""
    try:
        with zipfile.ZipFile(file) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError) as error:
        raise FormatError(Notice("bad_archive")) from error
    finally:
        file.seek(0)


def _whole(file: IO[bytes], magic: bytes) -> bytes:
    source: IO[bytes] = gzip.GzipFile(fileobj=file) if magic[:2] == _GZIP else file  # type: ignore[assignment]
    data = source.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise FormatError(Notice("file_too_large", 0, {"megabytes": LARGEST_FILE >> 20}))
    return data


def _members(file: IO[bytes], name: str, options: ReadOptions, progress: Progress) -> Iterator[FileContent]:
    try:
        with zipfile.ZipFile(file) as archive:
            members = _checked(archive)
            total, done = sum(info.file_size for info in members), 0
            for info in members:
                with archive.open(info) as opened:
                    data = opened.read(LARGEST_FILE + 1)
                yield _member(data, name, info.filename, options)
                done += info.file_size
                progress(done, total)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError) as error:
        raise FormatError(Notice("bad_archive")) from error


def _checked(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of an archive, after looking at their sizes and before unpacking any."""
    members = [info for info in archive.infolist() if not info.is_dir() and not info.filename.startswith("__MACOSX/")]
    if not members:
        raise FormatError(Notice("empty_archive"))
    if len(members) > MOST_MEMBERS:
        raise FormatError(Notice("archive_members", 0, {"most": MOST_MEMBERS}))
    if sum(info.file_size for info in members) > LARGEST_ARCHIVE:
        raise FormatError(Notice("file_too_large", 0, {"megabytes": LARGEST_ARCHIVE >> 20}))
    for info in members:
        if info.file_size > LARGEST_FILE:
            raise FormatError(Notice("file_too_large", 0, {"megabytes": LARGEST_FILE >> 20}, info.filename[:200]))
        if info.flag_bits & 1:
            raise FormatError(Notice("encrypted", 0, {}, info.filename[:200]))
    return sorted(members, key=lambda info: info.filename)


def _member(data: bytes, archive: str, name: str, options: ReadOptions) -> FileContent:
    if len(data) > LARGEST_FILE:
        raise FormatError(Notice("file_too_large", 0, {"megabytes": LARGEST_FILE >> 20}, name[:200]))
    try:
        content = read_bytes(data, f"{archive}/{name}", options)
    except FormatError as error:
        raise FormatError(*(replace(notice, member=name[:200]) for notice in error.notices)) from error
    return replace(content, warnings=[replace(notice, member=name[:200]) for notice in content.warnings])
