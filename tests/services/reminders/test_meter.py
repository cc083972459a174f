"""What the data themselves give reason to tell: verification due, values that stopped coming (Н-128)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from energo_cabinet.models import NotificationKind
from energo_cabinet.services.notice.notification import list_notifications
from energo_cabinet.services.reminders.meter import remind_of_missing_data, remind_of_verification
from tests import cast as make
from tests.cast import NOW

TODAY = NOW.date()


def found(session, cast):
    return list_notifications(session, cast.anna).items


@pytest.mark.parametrize(("days", "count"), [(61, 0), (60, 1), (0, 1), (-400, 1)])
def test_verification_is_announced_in_time(session, cast, system, days, count):
    make.meter(session, cast.point, next_verification_on=TODAY + timedelta(days=days))
    assert remind_of_verification(session, system) == count
    assert [item.kind for item in found(session, cast)] == [NotificationKind.VERIFICATION_DUE] * count


def test_it_leads_to_the_point_and_is_told_once_for_a_date(session, cast, system):
    meter = make.meter(session, cast.point, next_verification_on=date(2026, 12, 1))
    assert [remind_of_verification(session, system) for _ in range(2)] == [1, 0]
    (item,) = found(session, cast)
    assert (item.point_id, item.facts["date"], item.facts["serial"]) == (cast.point.id, "01.12.2026", "41907352")
    meter.next_verification_on = date(2026, 12, 20)
    assert remind_of_verification(session, system) == 1


def test_a_meter_without_a_date_or_a_reader_says_nothing(session, cast, system):
    make.meter(session, cast.point)
    nobodys = make.point(session, make.contract(session, cast.supplier, "2"), "x")
    make.meter(session, nobodys, serial_number="2", next_verification_on=TODAY)
    assert remind_of_verification(session, system) == 0


def test_silence_is_told_after_the_hours_and_once_for_a_gap(session, cast, system):
    """The newest value ends on 19 November at 06:00 local; 48 hours later it is told, with that moment."""
    make.meter(session, cast.point)
    values = make.series(session, cast.point)
    make.day(session, values, date(2026, 11, 18))
    make.day(session, values, date(2026, 11, 19), [100] * 12 + [None] * 36)
    make.day(session, values, date(2026, 11, 20), [None] * 48)
    end = NOW.replace(day=19, hour=3)
    early, due = (replace(system, at=end + timedelta(hours=48, minutes=m)) for m in (-1, 0))
    assert [remind_of_missing_data(session, at) for at in (early, due, due, system)] == [0, 1, 0, 0]
    (item,) = found(session, cast)
    assert (item.facts["since"], item.point_id) == ("19.11.2026, 06:00", cast.point.id)


def test_a_new_gap_is_a_new_occasion(session, cast, system):
    values = make.series(session, cast.point)
    make.day(session, values, date(2026, 11, 10))
    assert remind_of_missing_data(session, system) == 1
    make.day(session, values, date(2026, 11, 12))
    assert remind_of_missing_data(session, system) == 1


def test_fresh_values_and_points_that_never_had_any_say_nothing(session, cast, system):
    make.series(session, make.point(session, cast.contract, "x"))
    make.day(session, make.series(session, cast.point), TODAY - timedelta(days=1))
    assert remind_of_missing_data(session, system) == 0
