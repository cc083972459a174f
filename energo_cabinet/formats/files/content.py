"""What a file of measured values says, whatever its format; also how it travels from the parsing process."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from typing import Any, NamedTuple

from energo_cabinet.domain.journal.codes import Mark
from energo_cabinet.domain.journal.records import LoggedEvent
from energo_cabinet.domain.values.profile_day import DayRow

REPLACE, MERGE = "replace", "merge"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell about a file: text `import.<code>` with params; `line` 0 when it concerns no single line."""

    code: str
    line: int = 0
    params: Mapping[str, str | int] = field(default_factory=dict)
    member: str = ""


class FormatError(Exception):
    """The file is refused; `notices` say why."""

    def __init__(self, *notices: Notice) -> None:
        super().__init__(notices[0].code if notices else "")
        self.notices = notices


@dataclass(frozen=True, slots=True)
class PointInFile:
    """A metering point as a file names it; `line`: where first, 0 when nobody knows."""

    number: str
    name: str = ""
    serial: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class SeriesInFile:
    """Days of one channel of a point, local to the file's zone."""

    point: str
    channel: str
    description: str
    rows: list[DayRow]


@dataclass(frozen=True, slots=True)
class RegisterInFile:
    """A register reading: Wh on the meter's own register; `read_at`: epoch seconds."""

    point: str
    channel: str
    zone: str
    read_at: int
    register_wh: int
    quality: int


@dataclass(frozen=True, slots=True)
class EventInFile:
    """A journal event of a point."""

    point: str
    event: LoggedEvent


@dataclass(frozen=True, slots=True)
class TransformerInFile:
    """A measuring transformer: `kind` "current" or "voltage", `facts` by column, days and numbers as text or ""."""

    point: str
    phase: int
    kind: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NetworkInFile:
    """Network parameters of a point: `starts` int64 epoch seconds, columns int32, little-endian, MISSING for a gap.

    `step_min` 0: no series, only what was `latest` measured, at `latest_at`.
    """

    point: str
    step_min: int
    starts: bytes
    columns: Mapping[str, bytes]
    latest_at: int
    latest: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class NormInFile:
    """What the voltage of a point is judged by: columns of NetworkNorm, numbers as text or ""."""

    point: str
    facts: Mapping[str, str]


class ReadingInFile(NamedTuple):
    """A row of a table of readings: its meter by `serial`, or its `point`; `read_at`: epoch seconds."""

    line: int
    serial: str
    point: str
    channel: str
    zone: str
    read_at: int
    register_wh: int


class SerialInFile(NamedTuple):
    """A row of a list of meters."""

    line: int
    serial: str
    model: str = ""


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file that was understood. `mode`: a day replaces the stored one, or is merged into it slot by slot.

    `refused`: rows that are left out, the first of `refused_rows`; the rest of the file holds good.
    """

    name: str
    format: str
    sha256: str
    number: int | None
    zone_name: str
    mode: str
    points: list[PointInFile]
    series: list[SeriesInFile]
    registers: list[RegisterInFile]
    warnings: list[Notice]
    events: list[EventInFile] = field(default_factory=list)
    transformers: list[TransformerInFile] = field(default_factory=list)
    network: list[NetworkInFile] = field(default_factory=list)
    norms: list[NormInFile] = field(default_factory=list)
    readings: list[ReadingInFile] = field(default_factory=list)
    serials: list[SerialInFile] = field(default_factory=list)
    refused: list[Notice] = field(default_factory=list)
    refused_rows: int = 0

    def named(self, file: str, name: str) -> FileContent:
        """The same under the name its sender gave, where the file lay under another."""
        return replace(self, name=name + self.name.removeprefix(file)) if self.name.startswith(file) else self


def table_content(
    kind: str, name: str, data: bytes, zone_name: str, warnings: list[Notice], **parts: list[Any] | int
) -> FileContent:
    """What a table says: it has no number of its own, and its days are merged into what is stored."""
    own: dict[str, Any] = {"points": [], "series": [], "registers": [], **parts}
    return FileContent(name, kind, sha256(data).hexdigest(), None, zone_name, MERGE, warnings=warnings, **own)


def to_wire(content: FileContent) -> dict[str, Any]:
    """JSON-ready form."""
    wire = asdict(replace(content, readings=[], serials=[]))
    wire["readings"], wire["serials"] = content.readings, content.serials  # rows by the hundred thousand: no copies
    for series in wire["series"]:
        series["rows"] = [[*row[:4], _text(row[4]), _text(row[5])] for row in series["rows"]]
    for found in wire["network"]:
        found["starts"] = _text(found["starts"])
        found["columns"] = {code: _text(column) for code, column in found["columns"].items()}
    return wire


def from_wire(wire: dict[str, Any]) -> FileContent:
    """What `to_wire` made; TypeError, ValueError or KeyError for anything else."""
    series = [SeriesInFile(**{**found, "rows": [_row(*row) for row in found["rows"]]}) for found in wire["series"]]
    parts: dict[str, Any] = {
        "points": [PointInFile(**point) for point in wire["points"]],
        "series": series,
        "registers": [RegisterInFile(**register) for register in wire["registers"]],
        "warnings": [Notice(**notice) for notice in wire["warnings"]],
        "events": [_event(**sent) for sent in wire["events"]],
        "transformers": [TransformerInFile(**transformer) for transformer in wire["transformers"]],
        "network": [_network(**sent) for sent in wire["network"]],
        "norms": [NormInFile(**norm) for norm in wire["norms"]],
        "readings": [ReadingInFile(*row) for row in wire["readings"]],
        "serials": [SerialInFile(*row) for row in wire["serials"]],
        "refused": [Notice(**notice) for notice in wire["refused"]],
    }
    return FileContent(**{**wire, **parts})


def _row(day: int, step_min: int, n: int, total: int, vals: str, q: str | None) -> DayRow:
    return DayRow(day, step_min, n, total, base64.b64decode(vals), base64.b64decode(q) if q else None)


def _event(point: str, event: dict[str, Any]) -> EventInFile:
    return EventInFile(point, LoggedEvent(**{**event, "mark": Mark(event["mark"])}))


def _network(starts: str, columns: dict[str, str], **rest: Any) -> NetworkInFile:
    blobs = {code: base64.b64decode(column) for code, column in columns.items()}
    return NetworkInFile(starts=base64.b64decode(starts), columns=blobs, **rest)


def _text(blob: bytes | None) -> str | None:
    return base64.b64encode(blob).decode() if blob is not None else None
