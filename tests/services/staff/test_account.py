"""An account's page for administrators: what lets somebody in, and how far the hand reaches."""

from __future__ import annotations

import pytest

from energo_cabinet.errors import NotFound
from energo_cabinet.models import KnownBrowser
from energo_cabinet.services.staff.account import account_card
from energo_cabinet.services.staff.account_power import disable_account
from energo_cabinet.services.staff.factor_reset import ask_factor_reset
from energo_cabinet.services.staff.reach import Reach
from tests import cast as make
from tests.cast import NOW
from tests.services.phone.phones import phone_of
from tests.services.staff.bad_day import root_of, sign_in, with_factor

pytestmark = pytest.mark.usefixtures("surroundings")


def test_it_lists_what_lets_somebody_in(session, cast):
    sign_in(session, with_factor(session, cast.anna))
    phone_of(session, cast.anna)
    session.add(KnownBrowser(user_id=cast.anna.user, token_sha256="b" * 64, created_at=NOW, last_used_at=NOW))
    session.flush()
    card = account_card(session, cast.grigory, cast.anna.user)
    assert (len(card.sessions), len(card.phones), len(card.browsers)) == (1, 1, 1)
    assert (card.contracts, card.factor, card.reach) == (("7638-294-061",), "totp", Reach.OWN)


def test_what_was_done_is_said(session, cast):
    ask_factor_reset(session, cast.grigory, with_factor(session, cast.anna).user)
    assert account_card(session, cast.grigory, cast.anna.user).reset.by == "Громов Григорий"
    disable_account(session, cast.grigory, cast.anna.user, "Кража")
    card = account_card(session, cast.grigory, cast.anna.user)
    assert (card.held.reason, card.held.may_lift, card.reset, card.line.status) == ("Кража", True, None, "disabled")


def test_contracts_of_other_suppliers_are_not_shown(session, cast):
    other = make.contract(session, session.get(make.Supplier, cast.darya.member.supplier_id), "1-1")
    make.link(session, cast.anna, other, "Дача")
    card = account_card(session, cast.grigory, cast.anna.user)
    assert (card.reach, card.contracts) == (Reach.SHARED, ("7638-294-061",))
    assert account_card(session, root_of(session), cast.anna.user).contracts == ("1-1", "7638-294-061")


def test_nobody_else_s_is_opened(session, cast):
    for who, number in ((cast.darya, cast.anna.user), (cast.grigory, cast.boris.user), (cast.grigory, 10**6)):
        with pytest.raises(NotFound):
            account_card(session, who, number)
