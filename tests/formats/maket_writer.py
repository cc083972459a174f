"""Writes макет 80020 as programs in the field do: the project's own fixtures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

PERIOD = tuple[str, str, str]


@dataclass
class Channel:
    """Values of a channel as text; `marks`: index → attributes of <value>; `periods` overrides the plain ones."""

    code: str = "01"
    values: Sequence[object] = field(default_factory=lambda: [1] * 48)
    desc: str = "счетчик, акт. прием"
    marks: dict[int, str] = field(default_factory=dict)
    periods: Sequence[tuple[int, int, str]] | None = None


def hhmm(minute: int) -> str:
    """Minute of the day as the layout writes it."""
    return f"{minute // 60 % 24:02}{minute % 60:02}"


def plain_periods(count: int) -> list[tuple[int, int, str]]:
    """(start, end, summer) of an ordinary day."""
    step = 1440 // count
    return [(i * step, (i + 1) * step, "") for i in range(count)]


def autumn_periods(half_hour: int = 30, back_at: int = 120, hours: int = 1) -> list[tuple[int, int, str]]:
    """A day whose clock goes back by `hours` when it shows `back_at`; summer ones are marked."""
    summer = [(m, m + half_hour, "1") for m in range(0, back_at, half_hour)]
    return summer + [(m, m + half_hour, "") for m in range(back_at - hours * 60, 1440, half_hour)]


def channel_xml(channel: Channel) -> str:
    """One <measuringchannel>."""
    periods = channel.periods or plain_periods(len(channel.values))
    lines = [f"<measuringchannel code={quoteattr(channel.code)} desc={quoteattr(channel.desc)}>"]
    for index, ((start, end, summer), value) in enumerate(zip(periods, channel.values, strict=True)):
        flag = f' summer="{summer}"' if summer else ""
        mark = channel.marks.get(index, "")
        lines.append(f'<period start="{hhmm(start)}" end="{hhmm(end)}"{flag}><value{mark}>{value}</value></period>')
    return "\n".join([*lines, "</measuringchannel>"])


def maket(
    points: dict[str, Iterable[Channel]] | None = None,
    day: str = "20240612",
    number: int = 1,
    encoding: str = "windows-1251",
    head: str | None = None,
    body: str | None = None,
    kind: str = "80020",
    dst: int = 0,
) -> bytes:
    """A whole message."""
    given = points if points is not None else {"500000000000001": [Channel()]}
    content = body if body is not None else "\n".join(point_xml(code, channels) for code, channels in given.items())
    declared = f'<?xml version="1.0" encoding="{encoding}"?>\n' if head is None else head
    return (
        f'{declared}<message class="{kind}" version="2" number="{number}">\n'
        f"<datetime><timestamp>20240613081503</timestamp><daylightsavingtime>{dst}</daylightsavingtime>"
        f"<day>{day}</day></datetime>\n"
        "<sender><name>ООО &quot;Энергосбыт&quot;</name><inn>7700000000</inn></sender>\n"
        f'<area timezone="1"><inn>7700000000</inn><name>Сбыт</name>\n{content}\n</area>\n</message>\n'
    ).encode(encoding)


def point_xml(code: str, channels: Iterable[Channel], tag: str = "measuringpoint") -> str:
    """One metering point."""
    inside = "\n".join(channel_xml(channel) for channel in channels)
    return f'<{tag} code="{code}" name="{escape("Ввод")} &lt;{code}&gt;">\n{inside}\n</{tag}>'


def register_xml(serial: str, readings: Sequence[tuple[str, str, str]], code: str = "") -> str:
    """A point of the 80020* variant; readings: (desc, timestamp, value)."""
    channels = "\n".join(
        f'<measuringchannel code="01" desc="{desc}"><period start="0000" end="0000">'
        f"<timestamp>{stamp}</timestamp><value>{value}</value></period></measuringchannel>"
        for desc, stamp, value in readings
    )
    return f'<measuringpoint code="{code}" name="{serial}" serial="{serial}">{channels}</measuringpoint>'


def large_maket(day: str = "20240612", number: int = 1, shift: int = 0) -> bytes:
    """28 points, 78 channels, 48 half-hours, as a file of the field is."""
    counts = [3] * 22 + [2] * 6
    return maket(
        {
            f"5230700051{n:05}": [
                Channel(f"{c + 1:02}", [(n * 7 + i * c + shift) % 900 for i in range(48)]) for c in range(many)
            ]
            for n, many in enumerate(counts)
        },
        day,
        number,
    )
