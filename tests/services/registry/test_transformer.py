"""Transformers of a point, by phase (Н-149…Н-154)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlmodel import select

from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import Transformer
from energo_cabinet.services.registry.transformer import remove_transformer, save_transformer
from tests.services.registry.scene import card


def test_transformers_by_phase(session, cast):
    fields = {
        "serial_number": "8812.0",
        "primary_current_a": "200",
        "secondary_current_a": "5",
        "accuracy_class": "0,5S",
    }
    save_transformer(session, cast.grigory, cast.point.id, 1, "current", fields, "")
    row = session.exec(select(Transformer)).one()
    assert (row.serial_number, row.primary_current_a, row.accuracy_class) == ("8812", Decimal(200), "0,5S")
    with pytest.raises(InvalidInput):
        save_transformer(session, cast.grigory, cast.point.id, 1, "current", fields, "")
    (shown,) = card(session, cast).transformers
    save_transformer(session, cast.grigory, cast.point.id, 1, "current", shown.facts | {"model": "Т-0,66"}, shown.seen)
    remove_transformer(session, cast.grigory, cast.point.id, 1, "current")
    assert session.exec(select(Transformer)).all() == [] and len(card(session, cast).changes) == 3
