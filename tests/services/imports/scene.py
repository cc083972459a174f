"""Files of values, and what the journal says of them."""

from __future__ import annotations

from tests.formats.maket_writer import Channel, maket

OWN = "ЛС-061-01"


def points(*numbers: str) -> bytes:
    return maket({number: [Channel()] for number in numbers})
