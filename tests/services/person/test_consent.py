"""Consents given and taken back, each to the version of its text (R-37)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.auth import rate
from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import Consent, ConsentWithdrawal, NotificationSource
from energo_cabinet.services.notice.choice import choices_of
from energo_cabinet.services.person.consent import give_consent, my_consents, withdraw_consent
from energo_cabinet.services.person.erasure import pending_erasure
from tests.cast import NOW
from tests.services.person.scene import PASSWORD

pytestmark = pytest.mark.usefixtures("surroundings")


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
