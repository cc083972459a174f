"""«Всё завершить»: everybody of one supplier, nobody of another, and only after its code was typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import select

from energo_cabinet.auth.login_session import sha256
from energo_cabinet.errors import CabinetError, InvalidInput, NotFound, NotSignedIn, PermissionDenied, StepUpNeeded
from energo_cabinet.models import AuditEntry, LiveEvent, PairedDevice, StaffRoleName
from energo_cabinet.services.imports.token import sender_of
from energo_cabinet.services.staff.incident import end_all, end_all_by_command, incident, withdraw_token
from tests import imports
from tests.services.person.scene import at_desk
from tests.services.phone.phones import phone_of
from tests.services.staff.bad_day import letters_to, member_of, root_of, sessions_of, sign_in

pytestmark = pytest.mark.usefixtures("surroundings")


@pytest.fixture
def everybody(session, cast):
    """Signed in: Анна, an operator of her supplier, Григорий twice; Борис and Дарья, who are others'."""
    operator = member_of(session, cast.supplier, "op@example.org", StaffRoleName.OPERATOR)
    for who in (cast.anna, operator, cast.grigory, cast.boris, cast.darya):
        sign_in(session, who)
    phone_of(session, cast.anna)
    desk = at_desk(session, cast.grigory)
    return replace(cast.grigory, session_id=desk.session_id), operator


def test_it_ends_readers_and_staff_but_for_the_one_who_does_it(session, cast, everybody):
    grigory, operator = everybody
    ended = end_all(session, grigory, " nekta ")
    assert (ended.sessions, ended.phones) == (3, 1)
    assert [sessions_of(session, who) for who in (cast.anna, operator, grigory)] == [0, 0, 1]
    assert [sessions_of(session, who) for who in (cast.boris, cast.darya)] == [1, 1]
    session.expire_all()
    assert session.exec(select(PairedDevice.revoked_at)).one() is not None
    told = set(session.exec(select(LiveEvent.user_id).where(LiveEvent.topic == "sessions")))
    assert {cast.anna.user, operator.user} <= told
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "incident.end_all")).one()
    assert '"sessions": 3' in entry.details


@pytest.mark.parametrize("typed", ["", "NEKT", "NeKta!", None, 7])
def test_another_word_ends_nothing(session, cast, everybody, typed):
    with pytest.raises(InvalidInput, match="incident_typed"):
        end_all(session, everybody[0], typed)
    assert sessions_of(session, cast.anna) == 1


def test_strangers_end_nothing(session, cast, everybody):
    grigory, operator = everybody
    stale = replace(grigory, proved_at=None)
    for who, error in ((operator, PermissionDenied), (stale, StepUpNeeded), (cast.anna, PermissionDenied)):
        with pytest.raises(error):
            end_all(session, who, "NEKTA")
    for supplier_id in (None, cast.supplier.id):
        with pytest.raises(CabinetError):
            end_all(session, cast.darya, "NEKTA", supplier_id)
    assert sessions_of(session, cast.anna) == 1


def test_root_names_the_supplier_and_its_administrators_are_told(session, cast, everybody):
    root = root_of(session)
    with pytest.raises(NotFound):
        end_all(session, root, "NEKTA")
    seen = incident(session, root, cast.supplier.id)
    assert (seen.code, seen.readers, seen.members, seen.sessions, seen.phones) == ("NEKTA", 1, 2, 4, 1)
    assert end_all(session, root, "NEKTA", cast.supplier.id).sessions == 4
    assert "NeKta" in letters_to(session, "grigory@example.org")[-1]


def test_the_command_line_ends_all_of_them(session, cast, everybody, system):
    assert end_all_by_command(session, system, "NEKTA").sessions == 4
    with pytest.raises(CabinetError):
        end_all_by_command(session, system, "NONE")


def test_a_token_that_is_withdrawn_opens_nothing(session, cast, anonymous):
    token = imports.token(session, cast.supplier, sha256("imp_x"))
    assert sender_of(session, anonymous, "imp_x").token_id == token.id
    assert [entry.id for entry in incident(session, cast.grigory).tokens] == [token.id]
    with pytest.raises(NotFound):
        withdraw_token(session, cast.darya, token.id)
    withdraw_token(session, cast.grigory, token.id)
    assert incident(session, cast.grigory).tokens == ()
    with pytest.raises(NotSignedIn):
        sender_of(session, anonymous, "imp_x")
