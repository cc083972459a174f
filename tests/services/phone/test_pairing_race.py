"""Fifty phones on one code, fifty hands on one confirmation: exactly one succeeds, on both databases (plan 10)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from energo_cabinet import door
from energo_cabinet.auth.device_token import find_device
from energo_cabinet.database import session_scope
from energo_cabinet.errors import CabinetError, NotSignedIn
from energo_cabinet.services.phone import device as paired_device
from energo_cabinet.services.phone import pairing, pairing_claim
from energo_cabinet.services.sign_in import account
from energo_cabinet.services.sign_in.user_entry import add_user
from energo_cabinet.settings import get_settings
from tests.api.browser import PASSWORD

HANDS = 50


@pytest.fixture
def desk(installation) -> door.Caller:
    """Анна's browser at the computer."""
    installation.set(limit_pairing_claim="1000/hour", limit_pairing_user="1000/hour")
    door.run_as_system(add_user, "anna@example.org", PASSWORD, "Соколова Анна")
    return door.Caller(sid=door.run(door.Caller(), account.sign_in, "anna@example.org", PASSWORD, False))


def at_once(call):
    """What fifty callers got: results, and how often each refusal came."""

    def once(number):
        try:
            return call(number)
        except CabinetError as error:
            return error

    with ThreadPoolExecutor(HANDS) as hands:
        found = list(hands.map(once, range(HANDS)))
    codes = [one.code for one in found if isinstance(one, CabinetError)]
    return [one for one in found if not isinstance(one, CabinetError)], {code: codes.count(code) for code in codes}


def phone(number: int) -> door.Caller:
    return door.Caller(ip=f"192.0.2.{number}")


def test_one_of_fifty_claims_wins_and_its_name_is_the_one_shown(desk):
    shown = door.run(desk, pairing.show_code)
    name = "Телефон {}".format
    claims, refusals = at_once(
        lambda n: (n, door.run(phone(n), pairing_claim.claim_pairing, shown.code if n % 2 else shown.typed, name(n)))
    )
    ((winner, _),) = claims
    assert refusals == {"pairing_used": HANDS - 1}
    assert door.run(desk, pairing.shown_pairing).device_name == name(winner)


def test_one_of_fifty_confirmations_counts(desk):
    shown = door.run(desk, pairing.show_code)
    door.run(phone(1), pairing_claim.claim_pairing, shown.code, "")
    done, refusals = at_once(lambda n: door.run(desk, pairing.confirm_pairing, shown.pairing_id))
    assert (len(done), refusals) == (1, {"pairing_expired": HANDS - 1})


@pytest.fixture
def claim(desk) -> str:
    """A confirmed claim, not collected yet."""
    shown = door.run(desk, pairing.show_code)
    got = door.run(phone(1), pairing_claim.claim_pairing, shown.code, "Телефон")
    door.run(desk, pairing.confirm_pairing, shown.pairing_id)
    return got.claim


def test_one_of_fifty_entries_gets_in(desk, claim):
    """By cookie and by token mixed: one device in all."""
    ways = (pairing_claim.enter_by_claim, pairing_claim.token_by_claim)
    done, refusals = at_once(lambda n: door.run(phone(n), ways[n % 2], claim))
    assert (len(done), refusals) == (1, {"pairing_used": HANDS - 1})
    assert len(door.run(desk, paired_device.list_devices)) == 1


def test_a_token_is_its_owner_until_it_is_revoked(desk, claim):
    device = door.run(phone(1), pairing_claim.token_by_claim, claim)
    caller = door.Caller(bearer=device.token)
    assert door.run(caller, account.current_user).email == "anna@example.org"
    door.run(desk, paired_device.revoke_device, device.device_id)
    with pytest.raises(NotSignedIn) as revoked:
        door.run(caller, account.current_user)
    assert revoked.value.code == "device_revoked"


@pytest.mark.parametrize("token", ["x", "x" * 5000, "\x00", "токен"])
def test_a_made_up_token_is_nobody_even_beside_a_good_cookie(desk, token):
    with pytest.raises(NotSignedIn) as unknown:
        door.run(door.Caller(sid=desk.sid, bearer=token), account.current_user)
    assert unknown.value.code == "not_signed_in"


def test_a_token_unused_for_ninety_days_has_ended(desk, claim, installation):
    device = door.run(phone(1), pairing_claim.token_by_claim, claim)
    with session_scope() as session, pytest.raises(NotSignedIn):
        find_device(session, device.token, datetime.now(UTC) + timedelta(days=91), get_settings())
