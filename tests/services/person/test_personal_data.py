"""What the law lets a person demand: consents, the export, erasure (F-22, R-35…R-37; SECURITY 2.4)."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import SQLModel, select

from energo_cabinet.auth import rate
from energo_cabinet.auth.passwords import hash_password
from energo_cabinet.errors import Conflict, InvalidInput, NotFound, WrongSecret
from energo_cabinet.models import (
    Consent,
    ConsentWithdrawal,
    ContractLink,
    DataExport,
    Erasure,
    LoginSession,
    Notification,
    NotificationKind,
    NotificationSource,
    OutboxLetter,
    User,
    UserStatus,
)
from energo_cabinet.services.notice.choice import choices_of
from energo_cabinet.services.person.consent import give_consent, my_consents, withdraw_consent
from energo_cabinet.services.person.erasure import ask_erasure, cancel_erasure, erase_due, erasure_term, pending_erasure
from energo_cabinet.services.person.export import (
    ask_export,
    claim_export,
    export_done,
    export_file,
    my_export,
    remove_old_exports,
    write_export,
)
from energo_cabinet.services.person.personal_data import (
    KEPT,
    NOT_EXPORTED,
    OF_CONTRACTS,
    personal_tables,
    shown_columns,
)
from tests.cast import NOW
from tests.services.person.test_person import at_desk

PASSWORD, CANARY = "Синий трактор 7", "Канарейка"
pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.fixture(scope="module")
def stored():
    return hash_password(PASSWORD)


@pytest.fixture
def anna(session, cast, stored):
    """Анна, everything about whom says «Канарейка»; Борис has a notification too."""
    user = session.get(User, cast.anna.user)
    user.password_hash, user.full_name, user.phone, user.address = stored, f"{CANARY} Анна", "+79120001842", CANARY
    cast.link.title = f"{CANARY} дом"
    for who, title in ((cast.anna, f"{CANARY} долг"), (cast.boris, "чужое")):
        session.add(Notification(user_id=who.user, kind=NotificationKind.DEBT, title=title, created_at=NOW))
    for purpose in ("terms", "personal_data"):
        give_consent(session, cast.anna, purpose)
    return at_desk(session, replace(cast.anna, ip="192.0.2.1"), CANARY)


def exported(session, who, system):
    ask_export(session, who, PASSWORD)
    session.flush()
    due, heard = claim_export(session, system), []
    name = write_export(session, system, due.user_id, heard.append)
    assert heard == sorted(heard) and heard[0] == 0
    export_done(session, system, due.id, name)
    session.expire_all()
    return due.id


def everything(session):
    session.flush()
    return {t.name: str(session.execute(t.select()).all()) for t in SQLModel.metadata.sorted_tables}


def test_the_export_holds_what_there_is_on_the_person_and_nothing_of_others(session, anna, cast, system):
    path = export_file(session, anna, exported(session, anna, system))
    with zipfile.ZipFile(path) as archive:
        told = json.loads(archive.read("json/notification.json"))
        whole = "".join(archive.read(name).decode() for name in archive.namelist())
    assert [row["title"] for row in told] == [f"{CANARY} долг"]
    assert all(word in whole for word in ("ЛС-061-01", "7638-294-061", "+79120001842", "192.0.2.1"))
    assert not any(word in whole for word in ("чужое", "Борис", "argon2", "sha256", "Соколова А. В.", "login-"))


def test_every_table_of_a_person_is_covered_or_left_out_with_a_reason():
    """A new table with a reference to the account comes in by itself; leaving it out needs a sentence."""
    tables = SQLModel.metadata.tables
    with_user = {t.name for t in tables.values() if "user_id" in t.columns}
    with_key = {
        t.name
        for t in tables.values()
        for c in t.columns
        for k in c.foreign_keys
        if "user_account" in k.target_fullname
    }
    covered = set(personal_tables())
    assert with_user | with_key | {"user_account", "ticket_message"} <= covered
    assert set(NOT_EXPORTED) | set(KEPT) <= covered and set(OF_CONTRACTS) <= set(tables)
    assert all(NOT_EXPORTED.values()) and all(KEPT.values())


def test_no_secret_column_is_shown():
    shown = {c.name for t in SQLModel.metadata.sorted_tables for c in shown_columns(t)}
    assert not [name for name in shown if "hash" in name or "sha256" in name or "secret" in name]


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


def test_erasure_waits_for_its_term_and_can_be_cancelled(session, anna, system):
    ask_erasure(session, anna, PASSWORD)
    assert pending_erasure(session, anna).due_at == NOW + timedelta(days=30)
    assert erase_due(session, replace(system, at=NOW + timedelta(days=29))) == 0
    with pytest.raises(Conflict):
        ask_erasure(session, anna, PASSWORD)
    cancel_erasure(session, anna)
    assert pending_erasure(session, anna) is None
    assert erase_due(session, replace(system, at=NOW + timedelta(days=31))) == 0
    assert [row.subject.partition(":")[0] for row in session.exec(select(OutboxLetter))] == [
        "Учетная запись будет удалена",
        "Удаление отменено",
    ]


def test_the_term_is_the_laws_and_says_so(session, anna):
    term = erasure_term(session, anna)
    assert term.days == 30 and "152-ФЗ" in term.source


def test_erasure_leaves_nothing_of_the_person(session, anna, cast, system):
    exported(session, anna, system)
    ask_erasure(session, anna, PASSWORD)
    assert erase_due(session, replace(system, at=NOW + timedelta(days=30))) == 1
    session.expire_all()
    left = everything(session)
    words = (CANARY, "anna@example.org", "+79120001842", "192.0.2.1")
    assert {name: word for name, text in left.items() for word in words if word in text} == {}
    assert "чужое" in left["notification"] and "boris@example.org" in left["user_account"]


def test_an_erased_account_is_closed_and_the_act_names_nobody(session, anna, system):
    ask_erasure(session, anna, PASSWORD)
    erase_due(session, replace(system, at=NOW + timedelta(days=30)))
    session.expire_all()
    user = session.get(User, anna.user)
    assert (user.status, user.password_hash) == (UserStatus.DISABLED, "")
    assert session.exec(select(LoginSession).where(LoginSession.user_id == anna.user)).all() == []
    assert all(link.unlinked_at for link in session.exec(select(ContractLink)))
    act = session.exec(select(Erasure)).one()
    assert act.done_at and act.erased["notification"] == 1


def test_erasing_takes_the_files_of_exports_too(session, anna, system):
    exported(session, anna, system)
    ask_erasure(session, anna, PASSWORD)
    erase_due(session, replace(system, at=NOW + timedelta(days=30)))
    session.expire_all()
    assert session.exec(select(DataExport)).all() == []
    assert remove_old_exports(session, system) == 1


def test_consents_are_listed_with_version_and_date(session, anna):
    shown = my_consents(session, anna)
    assert [(c.purpose, c.version, c.given_at, c.is_outdated) for c in shown] == [
        ("terms", "2026-11-21", NOW, False),
        ("personal_data", "2026-11-22", NOW, False),
    ]


def test_a_newer_text_wants_a_new_row_and_keeps_the_old(session, anna):
    old = session.exec(select(Consent).where(Consent.purpose == "terms")).one()
    old.text_version = "2020-01-01"
    session.flush()
    assert my_consents(session, anna)[0].is_outdated
    give_consent(session, anna, "terms")
    session.flush()
    assert [
        c.text_version for c in session.exec(select(Consent).where(Consent.purpose == "terms").order_by(Consent.id))
    ] == ["2020-01-01", "2026-11-21"]


def test_withdrawal_stops_processing_at_once_and_begins_the_term(session, anna, cast):
    withdraw_consent(session, anna, "personal_data", PASSWORD)
    session.flush()
    assert my_consents(session, anna)[1].withdrawn_at == NOW
    assert pending_erasure(session, anna).reason == "consent"
    chosen = choices_of(session, [anna.user, cast.boris.user], NotificationSource.SUPPLIER)
    assert (chosen[anna.user].in_cabinet, chosen[anna.user].by_email, chosen[cast.boris.user].in_cabinet) == (
        False,
        False,
        True,
    )
    give_consent(session, replace(anna, at=NOW + timedelta(days=1)), "personal_data")
    assert pending_erasure(session, anna) is None
    assert len(session.exec(select(ConsentWithdrawal)).all()) == 1


@pytest.mark.parametrize("purpose", ["", "x", None, 7, ["terms"]])
def test_unknown_consents_are_refused(session, anna, purpose):
    rate.forget_all()
    with pytest.raises(InvalidInput):
        give_consent(session, anna, purpose)
    with pytest.raises(InvalidInput):
        withdraw_consent(session, anna, purpose, PASSWORD)
