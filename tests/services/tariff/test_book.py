"""The supplier's tariffs as they are listed and read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from energo_cabinet.auth.staff import PERMISSIONS
from energo_cabinet.errors import PermissionDenied
from energo_cabinet.models import StaffRoleName
from energo_cabinet.services.tariff.book import list_tariffs, tariff_card
from energo_cabinet.services.tariff.price import set_prices
from energo_cabinet.services.tariff.writing import add_tariff
from tests.services.tariff.scene import NEXT, TYPED


def test_a_tariff_with_two_zones_is_added_and_listed(session, cast):
    key = add_tariff(session, cast.grigory, TYPED)
    (line,) = list_tariffs(session, cast.grigory).lines
    assert (line.id, line.code, line.points) == (key, "2З-26", 0)
    assert line.periods == ((0, 420, "T2"), (420, 1380, "T1"), (1380, 1440, "T2"))
    assert [(z.zone, z.hours, z.price, z.since) for z in line.zones] == [
        ("T1", ((420, 1380),), Decimal("6.17"), date(2026, 7, 1)),
        ("T2", ((1380, 420),), Decimal("3.08"), date(2026, 7, 1)),
    ]


def test_an_engineer_reads_and_does_not_change(session, cast, used):
    role = StaffRoleName.ENGINEER
    engineer = replace(cast.grigory, staff=replace(cast.grigory.member, role=role, permissions=PERMISSIONS[role]))
    assert tariff_card(session, engineer, used).line.points == 1
    with pytest.raises(PermissionDenied):
        set_prices(session, engineer, used, NEXT, "x")
