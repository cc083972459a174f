"""Serial numbers of meters as spreadsheets leave them: 41907352.0 is "41907352", 4,19E+07 is nobody's number."""

from __future__ import annotations

import re

from energo_cabinet.formats.files.number import NumberError

LONGEST = 60
_FLOAT = re.compile(r"(\d+)[.,]0*", re.ASCII)
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?\s?[eEеЕ]\s?[+-]?\d{1,3}", re.ASCII)
_FRACTION = re.compile(r"\d+[.,]\d+", re.ASCII)
_SERIAL = re.compile(r"(?=.*\d)[\w\-./ ]+")


def serial_of(text: str) -> str:
    """The serial number in a cell; NumberError "serial_scientific", "serial_fraction", "serial_invalid"."""
    text = " ".join(text.replace("\u00a0", " ").split()).removeprefix("'").removeprefix("№").strip()
    whole = _FLOAT.fullmatch(text)
    if whole:
        return whole[1]
    if _SCIENTIFIC.fullmatch(text):
        raise NumberError("serial_scientific")
    if _FRACTION.fullmatch(text):
        raise NumberError("serial_fraction")
    if len(text) > LONGEST or not _SERIAL.fullmatch(text):
        raise NumberError("serial_invalid")
    return text


def looks_like_serial(text: str) -> bool:
    """Whether a lone cell is a number of a meter rather than a heading."""
    plain = text.replace("\u00a0", "").strip()
    return bool(re.match(r"\D{0,3}\d{5,}", plain) or _SCIENTIFIC.fullmatch(plain) or _FLOAT.fullmatch(plain))
