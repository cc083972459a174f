"""The document of макет 80020 and 80020* as it is written: points, channels, periods, before their meaning.

Children come in any order (the day may follow the values), so everything is collected first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from energo_cabinet.formats.files.content import FormatError, Notice
from energo_cabinet.formats.files.notices import Notices, short

POINTS = frozenset({"measuringpoint", "accountpoint", "deliverypoint"})
GROUPS = frozenset({"deliverygroup", "peretok"})
_ALLOWED: Mapping[str, frozenset[str]] = {
    "": frozenset({"message"}),
    "message": frozenset({"datetime", "sender", "area", "comment", "testonly"}),
    "datetime": frozenset({"timestamp", "daylightsavingtime", "day"}),
    "sender": frozenset({"inn", "name"}),
    "area": frozenset({"inn", "name"}) | POINTS | GROUPS,
    **{tag: frozenset({"measuringchannel"}) for tag in POINTS},
    **{tag: frozenset({"measuringchannel", "period"}) for tag in GROUPS},
    "measuringchannel": frozenset({"period"}),
    "period": frozenset({"value", "timestamp"}),
}
_STRICT = POINTS | GROUPS | {"", "measuringchannel", "period"}  # a misspelt tag here would lose values silently
_GREEN_BUTTON = frozenset({"http://www.w3.org/2005/Atom", "http://naesb.org/espi"})
_TEXTS = frozenset({"timestamp", "daylightsavingtime", "day", "value", "testonly"})


@dataclass(slots=True)
class RawChannel:
    """One channel: parallel lists over its periods, values as text."""

    point: str
    code: str
    description: str
    line: int
    lines: list[int] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    summers: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    statuses: list[str] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)


@dataclass(slots=True)
class RawPoint:
    """One metering point or group."""

    number: str
    name: str
    serial: str
    line: int


class MaketDocument:
    """Handler of `parse_xml`; after it, what the document says. `errors` collects structural faults."""

    def __init__(self, notices: Notices) -> None:
        self.line: Callable[[], int] = lambda: 0
        self.notices = notices
        self.attributes: Mapping[str, str] = {}
        self.message_line = 0
        self.datetime: dict[str, str] = {}
        self.is_test = False
        self.points: list[RawPoint] = []
        self.channels: list[RawChannel] = []
        self._path: list[str] = [""]
        self._skipped = 0
        self._parts: list[str] = []
        self._has_value = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._skipped or tag not in _ALLOWED.get(self._path[-1], ()):
            self._skip(tag)
            return
        self._path.append(tag)
        if tag == "period":
            self._period(attributes)
        elif tag == "value":
            self._value(attributes)
        elif tag in POINTS or tag in GROUPS:
            self._point(tag, attributes)
        elif tag == "measuringchannel":
            self._channel(attributes.get("code", "").strip(), attributes.get("desc", ""))
        elif tag == "message":
            self.attributes, self.message_line = dict(attributes), self.line()
        if tag in _TEXTS:
            self._parts.clear()

    def text(self, data: str) -> None:
        """Characters between tags."""
        if self._path[-1] in _TEXTS and not self._skipped:
            self._parts.append(data)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
            return
        self._path.pop()
        if tag not in _TEXTS:
            return
        text, parent = "".join(self._parts).strip(), self._path[-1]
        if tag == "value":
            self.channels[-1].values[-1] = text
        elif parent == "period":
            self.channels[-1].stamps[-1] = text
        elif tag == "testonly":
            self.is_test = text not in ("", "0")
        else:
            self._header(tag, text)

    def _header(self, tag: str, text: str) -> None:
        if self.datetime.setdefault(tag, text) != text:
            self.notices.error("repeated_element", self.line(), tag=tag)

    def _skip(self, tag: str) -> None:
        if len(self._path) == 1:
            self._refuse_document(tag)
        if not self._skipped:
            if self._path[-1] in _STRICT:
                self.notices.error("unknown_element", self.line(), tag=tag, parent=self._path[-1])
            else:
                self.notices.warn("ignored_element", self.line(), tag=tag, parent=self._path[-1])
        self._skipped += 1

    def _refuse_document(self, root: str) -> None:
        """Another XML altogether: its own name instead of the list of what is no 80020 about it."""
        space, _, tag = root.rpartition("}")
        code = "green_button" if space in _GREEN_BUTTON else "not_maket"
        raise FormatError(Notice(code, self.line(), {"tag": short(tag)}))

    def _point(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "peretok":  # a flow between two grid sections has two codes and no number of its own
            number = f"{attributes.get('codefrom', '').strip()}-{attributes.get('codeto', '').strip()}".strip("-")
        else:
            number = attributes.get("code", "").strip() or attributes.get("serial", "").strip()
        if not number or len(number) > 60:
            self.notices.error("point_number", self.line(), number=number)
        name, serial = attributes.get("name", "").strip(), attributes.get("serial", "").strip()
        self.points.append(RawPoint(number, (name or number)[:200], serial[:60], self.line()))
        if tag in GROUPS:
            self._channel("01", "")

    def _channel(self, code: str, description: str) -> None:
        if not code or len(code) > 8:
            self.notices.error("channel_code", self.line(), channel=code)
        self.channels.append(RawChannel(self.points[-1].number, code, description.strip()[:200], self.line()))

    def _period(self, attributes: Mapping[str, str]) -> None:
        channel = self.channels[-1]
        channel.lines.append(self.line())
        channel.starts.append(attributes.get("start", ""))
        channel.ends.append(attributes.get("end", ""))
        channel.summers.append(attributes.get("summer", ""))
        channel.values.append("")
        channel.statuses.append("")
        channel.stamps.append("")
        self._has_value = False

    def _value(self, attributes: Mapping[str, str]) -> None:
        if self._has_value:
            self.notices.error("repeated_element", self.line(), tag="value")
        self._has_value = True
        self.channels[-1].statuses[-1] = attributes.get("status", "0")
