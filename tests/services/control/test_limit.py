"""Limits as they are set and read back (Э-58, Н-95)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from energo_cabinet.errors import InvalidInput
from energo_cabinet.services.control.limit import limits_of
from tests.services.control.scene import limited


@pytest.mark.parametrize(
    ("values", "wrong"),
    [({"hour": "-1"}, {"hour": "limit_negative"}), ({"power": "abc"}, {"power": "limit_not_a_number"}),
     ({"plan": "1001"}, {"plan": "limit_too_large"}), ({"day": "9" * 13}, {"day": "limit_too_large"})],
)  # fmt: skip
def test_limits_below_zero_and_nonsense_are_refused(session, cast, values, wrong):
    with pytest.raises(InvalidInput) as refused:
        limited(session, cast, **values)
    assert refused.value.fields == wrong
    with pytest.raises(InvalidInput) as refused:
        limited(session, cast, after="0", hour="1")
    assert set(refused.value.fields.values()) == {"limit_after"}


def test_limits_are_read_back_beside_those_of_the_passport(session, cast):
    cast.point.norm_hour_kwh = Decimal(2)
    limited(session, cast, after="4", day="6,5", plan="7.5")
    found = {field.kind.value: field for field in limits_of(session, cast.anna, point_id=cast.point.id).fields}
    assert (found["hour"].own, found["hour"].passport) == (None, 2)
    assert (found["day"].own, found["plan"].own, found["day"].after) == (Decimal("6.5"), Decimal("7.5"), 4)
