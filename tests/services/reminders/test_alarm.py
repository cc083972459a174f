"""Important meter events reach the users of the point: once an import, not history, as they chose (Н-135)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.domain.journal.codes import Severity, kinds
from energo_cabinet.domain.journal.records import JournalRow, place
from energo_cabinet.models import LiveEvent, Notification, NotificationKind, OutboxLetter
from energo_cabinet.services.notice.choice import choose
from energo_cabinet.services.reminders.alarm import tell_of_alarms
from energo_cabinet.services.values.event_write import store_events
from tests.cast import NOW

ALARM = next(code for code, kind in kinds().items() if kind.severity == Severity.HIGH and kind.mark == "point")
QUIET = next(code for code, kind in kinds().items() if kind.severity == Severity.INFO and kind.mark == "point")


@pytest.fixture
def arrives(session, cast, system):
    """A file with events so many hours ago comes in; what was told."""

    def come(*hours_ago: float, code: str = ALARM) -> list[Notification]:
        seconds = [int((NOW - timedelta(hours=h)).timestamp()) for h in hours_ago]
        events = place([JournalRow(code, "point", "", at) for at in seconds], "UTC")
        store_events(session, {cast.point.id: events}, {cast.point.id: "Europe/Moscow"}, None)
        tell_of_alarms(session, system, [cast.point], None)
        return list(session.exec(select(Notification)))

    return come


def test_many_of_one_import_make_one_notification(session, cast, arrives):
    (told,) = arrives(3, 2, 1)
    assert (told.kind, told.point_id, told.contract_id) == (
        NotificationKind.METER_EVENT,
        cast.point.id,
        cast.contract.id,
    )
    assert (told.facts["count"], told.facts["code"], told.facts["at"]) == ("3", ALARM, "21.11.2026, 11:00")
    assert [event.user_id for event in session.exec(select(LiveEvent))] == [cast.anna.user]


def test_the_same_again_is_not_told_again(arrives):
    assert len(arrives(1)) == len(arrives(1)) == 1


def test_history_and_unimportant_events_are_silent(arrives):
    assert arrives(24 * 8) == arrives(1, code=QUIET) == []


def test_the_switch_for_meters_is_obeyed(session, cast, arrives):
    choose(session, cast.anna, "meters", in_cabinet=False, by_email=True)
    assert [told.is_shown for told in arrives(1)] == [False]
    letter = session.exec(select(OutboxLetter)).one()
    assert kinds()[ALARM].words["ru"].name in letter.subject
    assert not list(session.exec(select(LiveEvent)))
