"""CSV downloads: what is shown, for whom it is, in words of the caller's language."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime

import pytest
from starlette.testclient import TestClient

from energo_cabinet import database, settings
from energo_cabinet.api import make_api
from energo_cabinet.auth.login_session import open_session
from energo_cabinet.domain.journal.records import JournalRow, place
from energo_cabinet.models import User
from energo_cabinet.services.journal import query
from energo_cabinet.services.values.event_write import store_events
from tests import cast as make

READINGS = "/points/{}/readings.csv?by=days&first=2026-11-01&last=2026-11-02"
PROFILE = "/points/{}/load-profile.csv?first=2026-11-01&last=2026-11-01&step=60"


@pytest.fixture
def client(engine, monkeypatch):
    """The REST application on the test's database."""
    monkeypatch.setenv("ENERGO_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    for cached in (settings.get_settings, database.get_engine):
        cached.cache_clear()
    yield TestClient(make_api(), base_url="http://localhost:3000", raise_server_exceptions=False)
    database.get_engine().dispose()
    for cached in (settings.get_settings, database.get_engine):
        cached.cache_clear()


@pytest.fixture
def as_person(session, client):
    """Sign somebody in."""

    def sign_in(who):
        now = type(who)("customer", datetime.now(UTC), user_id=who.user_id)
        token = open_session(session, now, session.get(User, who.user_id), False, settings.get_settings())
        session.commit()
        client.cookies.set("sid", token)
        return client

    return sign_in


@pytest.fixture
def flat(session, cast):
    """A day of 100 Wh, then one of 200 Wh a half-hour with a gap."""
    series = make.series(session, cast.point)
    make.day(session, series, date(2026, 11, 1))
    make.day(session, series, date(2026, 11, 2), [200] * 47 + [None])
    session.commit()
    return cast


def table(answer):
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_readings_as_shown(as_person, flat):
    answer = as_person(flat.anna).get(READINGS.format(flat.point.id))
    rows = table(answer)
    assert rows[0][:4] == ["Начало", "Конец", "T1, кВт·ч", "Всего, кВт·ч"]
    assert rows[1][:4] == ["2026-11-01", "2026-11-01", "4,8", "4,8"]
    assert rows[2][-2:] == ["97,9", "Измеренное"]
    assert "attachment" in answer.headers["content-disposition"] and "no-store" in answer.headers["cache-control"]


def test_load_profile_in_english_with_the_gap_left_empty(as_person, flat):
    client = as_person(flat.anna)
    client.cookies.set("lang", "en")
    rows = table(client.get(PROFILE.format(flat.point.id).replace("11-01", "11-02")))
    assert rows[0] == ["Interval start", "Time zone", "Energy, kWh", "Average power, kW", "Quality"]
    assert rows[1] == ["2026-11-02 00:00", "UTC+0300", "0,4", "0,4", "Measured"]
    assert rows[24] == ["2026-11-02 23:00", "UTC+0300", "", "", "No data"]


@pytest.mark.parametrize("path", [READINGS, PROFILE])
def test_anonymous_and_strangers_get_nothing(as_person, client, flat, path):
    assert client.get(path.format(flat.point.id)).status_code == 401
    assert as_person(flat.boris).get(path.format(flat.point.id)).status_code == 404
    assert client.get(path.format(2**70)).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        "readings.csv",
        "readings.csv?by=days&first=2026-11-02&last=2026-11-01",
        "readings.csv?by=years&first=2026-11-01&last=2026-11-01",
        "readings.csv?by=days&first=9999-12-31&last=9999-12-31",
        "readings.csv?by=days&first=2026-11-01&last=2026-11-01'--",
        "readings.csv?by=days&first=2026-11-01&last=2026-11-01&compare=perhaps",
        "load-profile.csv?first=2026-11-01&last=2028-11-01",
        "load-profile.csv?first=2026-11-01&last=2026-11-01&step=7",
        "load-profile.csv?first=2026-11-01&last=2026-11-01&channel=%00",
    ],
)
def test_bad_parameters_are_named_not_traced(as_person, flat, wrong):
    answer = as_person(flat.anna).get(f"/points/{flat.point.id}/{wrong}")
    assert answer.status_code == 422 and answer.json()["code"] and "Traceback" not in answer.text


JOURNAL = "/points/{}/events.csv?first=2026-11-01&last=2026-11-30"


@pytest.fixture
def events(session, cast, monkeypatch):
    """Five corrections of the clock, one of which says a formula; parts of two rows."""
    monkeypatch.setattr(query, "PART", 2)
    at = int(datetime(2026, 11, 3, 20, tzinfo=UTC).timestamp())
    rows = [JournalRow("m23x.02", "point", "=1+1" if n == 4 else "", at + n * 3600) for n in range(5)]
    store_events(session, {cast.point.id: place(rows, "UTC")}, {cast.point.id: "Europe/Moscow"}, None)
    session.commit()


def test_journal_comes_in_parts_and_whole(as_person, cast, events):
    answer = as_person(cast.anna).get(JOURNAL.format(cast.point.id))
    head, *rows = table(answer)
    assert (answer.status_code, len(rows)) == (200, 5)
    assert head[:2] == ["Дата и время", "Смещение"]
    assert [row[0] for row in rows] == sorted((row[0] for row in rows), reverse=True)
    assert rows[0][1] == "UTC+0300" and rows[0][-1] == "'=1+1"


def test_journal_obeys_the_filters_of_the_address(as_person, cast, events):
    client = as_person(cast.anna)
    assert len(table(client.get(JOURNAL.format(cast.point.id) + "&severity=3"))) == 1
    assert client.get(JOURNAL.format(cast.point.id) + "&severity=9").status_code == 422
    assert client.get(JOURNAL.format(cast.point.id).replace("2026-11-01", "x")).status_code == 422


def test_journal_of_a_strangers_point_is_not_found(as_person, cast, events):
    assert as_person(cast.boris).get(JOURNAL.format(cast.point.id)).status_code == 404
