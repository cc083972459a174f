"""A session left open moves neither money nor power (RC-1 1d): proof, its term, its limits; whom each use tells."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import timedelta

import pytest

import energo_cabinet.services as services
from energo_cabinet.auth.access import SERVICES, STEPPED_UP
from energo_cabinet.errors import InvalidInput, NotFound, StepUpNeeded, TooManyAttempts, WrongSecret
from energo_cabinet.models import LoginSession
from energo_cabinet.services.sign_in.step_up import is_proved, prove
from tests.architecture.sources import of_layer
from tests.services.person.scene import at_desk
from tests.services.sign_in.scene import PASSWORD, later
from tests.walk import import_all

pytestmark = pytest.mark.usefixtures("surroundings")
POWER = {"supplier.save_payee", "staff.add", "staff.change_role", "staff.remove", "change.decide"}
POWER |= {"import_token.issue", "contract.print_sheet", "contract.set_contact", "contract.codes", "sign_in.proved"}

POWER |= {f"account.{what}" for what in ("disable", "enable", "unlock", "end_sessions", "end_session", "reset_factor")}
POWER |= {"account.withdraw_phone", "account.forget_browser", "incident.end_all", "incident.revoke_token"}
POWER |= {"look.report"}


@pytest.fixture
def desk(session, anna):
    return at_desk(session, anna)


def test_what_moves_money_or_power_is_listed():
    import_all(services)
    assert STEPPED_UP == POWER


def test_every_use_is_told_to_the_other_administrators():
    silent = []
    for module in of_layer("services"):
        for function in module.functions():
            steps = [d for d in function.decorator_list if isinstance(d, ast.Call) and _is_stepped(d)]
            called = {c.func.id for c in ast.walk(function) if isinstance(c, ast.Call) and isinstance(c.func, ast.Name)}
            if steps and not called & {"tell_administrators", "ask_change"} and function.name != "is_proved":
                silent.append(f"{module.name} {function.name}")
    assert silent == []


def _is_stepped(call: ast.Call) -> bool:
    return any(word.arg == "step_up" for word in call.keywords)


@pytest.mark.parametrize("action", sorted(POWER))
@pytest.mark.parametrize("proved", [None, timedelta(minutes=5, seconds=1), timedelta(days=1)])
def test_without_fresh_proof_it_is_refused_before_anything(session, cast, action, proved):
    import_all(services)
    service, _ = SERVICES[action]
    stale = replace(cast.grigory, proved_at=None if proved is None else cast.grigory.at - proved)
    with pytest.raises(StepUpNeeded):
        service(session, stale)


def test_a_password_covers_the_next_minutes_of_this_session(session, desk):
    login = session.get(LoginSession, desk.session_id)
    login.proved_at = None
    prove(session, replace(desk, at=later()), PASSWORD)
    assert login.proved_at == later()


@pytest.mark.parametrize("secret", ["", " ", None, 7])
def test_nothing_is_no_proof(session, desk, secret):
    with pytest.raises(InvalidInput):
        prove(session, desk, secret)


def test_guesses_are_counted(session, desk):
    for number in range(5):
        with pytest.raises(WrongSecret):
            prove(session, desk, f"{number:06d}")
    with pytest.raises(TooManyAttempts):
        prove(session, desk, PASSWORD)


def test_a_paired_phone_proves_nothing(session, desk):
    with pytest.raises(NotFound):
        prove(session, replace(desk, session_id=None, device_id=1), PASSWORD)


def test_a_code_of_the_authenticator_proves_once(session, totp, desk):
    who = replace(desk, at=later(90))
    prove(session, who, totp.at(later(90)))
    with pytest.raises(WrongSecret):
        prove(session, who, totp.at(later(90)))


def test_proof_of_one_session_is_not_another_s(session, cast):
    is_proved(session, cast.grigory)
    with pytest.raises(StepUpNeeded):
        is_proved(session, replace(cast.grigory, proved_at=None))
