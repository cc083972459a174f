"""The archive of everything there is on a person (R-35; SECURITY 2.4)."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest

from energo_cabinet.errors import Conflict, NotFound, WrongSecret
from energo_cabinet.services.person.export import (
    ask_export,
    claim_export,
    export_done,
    export_file,
    my_export,
    remove_old_exports,
)
from tests.cast import NOW
from tests.services.person.scene import CANARY, PASSWORD, exported

pytestmark = pytest.mark.usefixtures("surroundings")


def test_the_export_holds_what_there_is_on_the_person_and_nothing_of_others(session, anna, cast, system):
    path = export_file(session, anna, exported(session, anna, system))
    with zipfile.ZipFile(path) as archive:
        told = json.loads(archive.read("json/notification.json"))
        whole = "".join(archive.read(name).decode() for name in archive.namelist())
    assert [row["title"] for row in told] == [f"{CANARY} долг"]
    assert all(word in whole for word in ("ЛС-061-01", "7638-294-061", "+79120001842", "192.0.2.1"))
    assert not any(word in whole for word in ("чужое", "Борис", "argon2", "sha256", "Соколова А. В.", "login-"))


def test_the_export_is_for_its_owner_only_and_for_some_days(session, anna, cast, system):
    number = exported(session, anna, system)
    late = replace(anna, at=NOW + timedelta(days=8))
    for who, key in ((cast.boris, number), (late, number), (anna, number + 1), (anna, "1"), (anna, 2**40)):
        with pytest.raises(NotFound):
            export_file(session, who, key)
    assert my_export(session, anna).state == "ready" and my_export(session, late) is None
    assert remove_old_exports(session, replace(system, at=late.at)) == 1


def test_an_export_asks_the_password_and_one_at_a_time(session, anna):
    with pytest.raises(WrongSecret):
        ask_export(session, anna, "x")
    ask_export(session, anna, PASSWORD)
    with pytest.raises(Conflict):
        ask_export(session, anna, PASSWORD)


def test_a_failed_export_is_said_and_may_be_asked_again(session, anna, system):
    ask_export(session, anna, PASSWORD)
    session.flush()
    export_done(session, system, claim_export(session, system).id, "")
    session.expire_all()
    assert my_export(session, anna).state == "failed"
    ask_export(session, anna, PASSWORD)
    assert claim_export(session, system) and claim_export(session, system) is None
