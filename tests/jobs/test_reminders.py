"""The hourly job: what is due is told once, and the feed of live events is tidied."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.database import get_engine
from energo_cabinet.jobs.reminders import remind
from energo_cabinet.models import LiveEvent, OutboxLetter
from energo_cabinet.services.notice.choice import choose
from energo_cabinet.services.notice.notification import list_notifications
from tests import cast as make

NOW = datetime.now(UTC)


def test_both_kinds_are_found_and_told_once(installation):
    with Session(get_engine(), expire_on_commit=False) as session:
        flat = make.contract(session, make.supplier(session))
        anna = make.person(session, "anna@example.org", "Анна")
        make.link(session, anna, flat)
        point = make.point(session, flat)
        make.meter(session, point, next_verification_on=NOW.date())
        make.day(session, make.series(session, point), NOW.date() - timedelta(days=10))
        choose(session, anna, "meters", True, True)
        session.add(LiveEvent(user_id=1, topic="old", created_at=NOW - timedelta(hours=2)))
        session.commit()
    assert [asyncio.run(remind()), asyncio.run(remind())] == [2, 0]
    with Session(get_engine()) as session:
        kinds = {item.kind.value for item in list_notifications(session, Subject("customer", NOW, anna.user)).items}
        assert kinds == {"verification_due", "data_missing"}
        assert len(session.exec(select(OutboxLetter)).all()) == 2
        assert "old" not in {event.topic for event in session.exec(select(LiveEvent))}
