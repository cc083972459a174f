"""The feed of live events between processes: after the commit, nothing twice, nothing overlooked, Redis or not."""

from __future__ import annotations

import threading

import pytest
from redis import Redis
from sqlmodel import Session

from energo_cabinet import door
from energo_cabinet.auth.access import Subject
from energo_cabinet.database import get_engine
from energo_cabinet.live import bell, feed
from energo_cabinet.models import LiveEvent
from energo_cabinet.services.notice.live_event import forget_changes
from tests.cast import NOW
from tests.servers import redis_server


def event(user_id=1, topic="notifications", at=NOW):
    return LiveEvent(user_id=user_id, topic=topic, created_at=at)


def publish(*events):
    with Session(get_engine()) as session:
        session.add_all(events)
        session.commit()


@pytest.fixture
def reader(installation):
    """A feed that starts behind what there was before."""
    publish(event(9))
    return feed.open_feed()


def read(reader):
    """Users and topics that have changed since the last look."""
    return reader.take(reader.look())


@pytest.fixture
def rings():
    """How often this process's bell rang."""
    counted = []
    listener = lambda: counted.append(1)  # noqa: E731
    bell.listeners.add(listener)
    yield counted
    bell.listeners.discard(listener)


def test_each_change_is_read_once(reader):
    publish(event(1), event(1), event(1, "tickets"), event(2))
    assert read(reader) == {1: {"notifications", "tickets"}, 2: {"notifications"}}
    assert read(reader) == {}


def test_what_came_without_gaps_is_read_once_and_not_remembered(reader):
    """A broadcast tells thousands: each look would read all of the last half minute again."""
    publish(*(event(user) for user in range(1, 301)))
    assert len(read(reader)) == 300
    assert (reader._seen, read(reader)) == ({}, {})


def test_nothing_is_told_before_the_commit_or_after_a_rollback(reader, rings):
    with Session(get_engine()) as session:
        session.add(event())
        session.flush()
        if get_engine().dialect.name != "sqlite":  # there a second connection would wait for this one
            assert read(reader) == {}
        session.rollback()
    assert (read(reader), rings) == ({}, [])
    publish(event())
    assert (read(reader), rings) == ({1: {"notifications"}}, [1])


@pytest.mark.parametrize("dialect", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_a_lower_id_that_commits_later_is_not_overlooked(reader):
    """PostgreSQL gives ids out before the commit: the first to draw one may be the last to commit."""
    with Session(get_engine()) as slow:
        slow.add(event(1))
        slow.flush()
        publish(event(2))
        assert read(reader) == {2: {"notifications"}}
        slow.commit()
    assert read(reader) == {1: {"notifications"}}


def test_settled_ids_are_left_behind(reader, monkeypatch):
    publish(event(1))
    read(reader)
    monkeypatch.setattr(feed, "SETTLED_S", -1.0)
    publish(event(2))
    assert read(reader) == {2: {"notifications"}}
    assert read(reader) == {} and len(reader._seen) == 0


def test_old_events_go_and_their_ids_are_not_given_again(reader):
    """A watcher that stands behind them would take new events for old ones."""
    publish(event(1))
    read(reader)
    later = Subject("system", NOW.replace(hour=23))
    with Session(get_engine()) as session:
        assert forget_changes(session, later) == 2
        session.commit()
    publish(event(3))
    assert read(reader) == {3: {"notifications"}}


@pytest.mark.redis
def test_a_commit_rings_through_redis_and_redis_away_breaks_no_commit(installation, rings):
    with redis_server() as url:
        installation.set(redis_url=url)
        heard = threading.Event()
        with Redis.from_url(url).pubsub() as channel:
            channel.subscribe(**{bell.CHANNEL: lambda _: heard.set()})
            listening = channel.run_in_thread(0.05, daemon=True)
            publish(event())
            assert heard.wait(5)
            listening.stop()
            listening.join()
    publish(event())
    assert len(rings) == 2


def test_what_writes_no_event_rings_nothing(installation, rings):
    door.run_as_system(forget_changes)
    assert rings == []
