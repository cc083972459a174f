"""What a sender may say about a file: how a foreign table is to be read, and whether unknown points are created."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from energo_cabinet.errors import InvalidInput
from energo_cabinet.formats.files.options import UNITS, ReadOptions
from energo_cabinet.models import Channel
from energo_cabinet.services.supplier.supplier import check_zone

TEXTS = ("point", "point_column", "time_column", "value_column")
CHOICES = {"stamp": {"", "start", "end"}, "unit": {"", *UNITS}, "kind": {"", "readings"}, "create": {"", "1"}}
NAMES = (*TEXTS, *CHOICES, "zone")
LONGEST = 120


def options_of(given: Mapping[str, str]) -> dict[str, Any]:
    """The options among a form's fields, empty ones left out; InvalidInput for what is none."""
    texts = {name: given[name].strip() for name in NAMES if given.get(name, "").strip()}
    wrong = {name: "import_option" for name, value in texts.items() if _is_wrong(name, value)}
    if wrong:
        raise InvalidInput(wrong)
    if "zone" in texts:
        check_zone(texts["zone"])
    return dict(texts)


def read_options(options: Mapping[str, Any], zone_name: str) -> ReadOptions:
    """How a job's file is read; `zone_name`: of local times, unless the sender said another."""
    values: dict[str, str] = {}
    for pair in filter(None, str(options.get("value_column", "")).split(";")):
        channel, _, column = pair.rpartition("=")
        is_readings = options.get("kind") == "readings"
        values[channel.strip() or ("T0" if is_readings else Channel.A_PLUS)] = column.strip()
    return ReadOptions(
        zone_name=str(options.get("zone", "")) or zone_name,
        stamp=str(options.get("stamp", "")),
        unit=str(options.get("unit", "")) or "kwh",
        time_column=str(options.get("time_column", "")),
        value_columns=values,
        point_column=str(options.get("point_column", "")),
        point=str(options.get("point", "")),
        kind=str(options.get("kind", "")),
    )


def _is_wrong(name: str, value: str) -> bool:
    if name in CHOICES:
        return value not in CHOICES[name]
    return len(value) > LONGEST or not value.isprintable()
