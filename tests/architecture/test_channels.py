"""Channels have names: the letters of a channel stand in models/values/meter_reading.py alone."""

from __future__ import annotations

import ast

from tests.architecture.sources import modules

CHANNELS = {"A+", "A-", "R+", "R-"}
MAY_SPELL = {
    "formats/table/csv_read.py": "headings of foreign tables; what parses files loads no tables of the database",
    "formats/values/maket_80020.py": "codes of the 80020 message; the same",
    "formats/values/reading_table.py": "cells of foreign tables; the same",
    "gateways/supplier_fields.py": "words of the supplier protocol: a Literal is spelt out",
    "models/values/meter_reading.py": "where they are named",
}


def test_channels_are_spelt_where_they_are_named():
    found = {}
    for module in modules():
        texts = (node for node in ast.walk(module.tree) if isinstance(node, ast.Constant))
        if lines := [node.lineno for node in texts if isinstance(node.value, str) and _tells(node.value)]:
            found[str(module.path).partition("energo_cabinet/")[2]] = lines
    assert {name: lines for name, lines in found.items() if name not in MAY_SPELL} == {}
    assert set(MAY_SPELL) == set(found), "a reason that is no longer needed"


def _tells(value: str) -> bool:
    return value in CHANNELS or any(f"'{channel}'" in value for channel in CHANNELS)
