"""What a phone keeps, and a reading written down without a network (F-21)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from energo_cabinet.auth.login_session import find_session, open_session
from energo_cabinet.errors import PermissionDenied
from energo_cabinet.models import User
from energo_cabinet.services.home.offline import snapshot
from energo_cabinet.services.phone.pairing_claim import keep_browser_device
from energo_cabinet.settings import get_settings
from tests import cast as make

pytestmark = pytest.mark.usefixtures("surroundings")
LAST = datetime(2026, 10, 21, 9, tzinfo=UTC)


@pytest.fixture
def house(session, cast):
    """Анна's plain meter, last 4 500 kWh on 21 October; today is 21 November, the window is open."""
    make.meter(session, cast.point, is_smart=False)
    make.readings(session, cast.point, "T0", [(LAST - timedelta(days=30), 4_400_000), (LAST, 4_500_000)])
    return cast


def on_phone(session, who):
    """The same person in the browser of a paired phone."""
    token = open_session(session, who, session.get(User, who.user), True, get_settings())
    keep_browser_device(session, who, token, "Телефон")
    return replace(who, session_id=find_session(session, token, make.NOW)[0].id)


def test_only_a_phone_keeps_anything(session, house):
    with pytest.raises(PermissionDenied):
        snapshot(session, house.anna)


def test_the_phone_keeps_points_readings_and_what_is_due(session, house):
    kept = snapshot(session, on_phone(session, house.anna))
    (point,) = kept.points
    assert (kept.user_id, point.readings[0].value_kwh, point.is_due) == (house.anna.user, Decimal(4500), True)
    assert point.due_on == date(2026, 11, 25)
    assert [contract.title for contract in kept.contracts] == ["Квартира на Лесной"]


def test_charts_of_the_newest_month_and_day(session, cast):
    line = make.series(session, cast.point)
    for day in (19, 20):
        make.day(session, line, date(2026, 11, day))
    (point,) = snapshot(session, on_phone(session, cast.anna)).points
    assert [day.kwh for day in point.days][-2:] == [Decimal("4.8"), Decimal("4.8")]
    assert (point.profile_on, len(point.kwh)) == (date(2026, 11, 20), 48)


def test_nothing_of_anybody_else(session, house):
    kept = snapshot(session, on_phone(session, house.boris))
    assert (kept.contracts, kept.points, kept.notices) == ((), (), ())
