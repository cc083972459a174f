"""Several use cases in one pass through the door: each is asked by its own rule (ARCHITECTURE.md, decision 26)."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.door import Ask
from energo_cabinet.errors import NotFound, NotSignedIn, Outside, PermissionDenied
from energo_cabinet.models import AuditEntry
from energo_cabinet.services.contract.contract import list_contracts
from energo_cabinet.services.point.point import point_details
from energo_cabinet.services.staff.audit import verify_journal
from energo_cabinet.services.staff.member import list_members
from energo_cabinet.services.tariff.book import list_tariffs
from energo_cabinet.state.base import tried


def test_each_keeps_its_rule(session, cast, anonymous):
    with pytest.raises(NotFound):
        Ask(session, cast.boris)(point_details, cast.point.id)
    with pytest.raises(NotSignedIn):
        Ask(session, anonymous)(list_contracts)
    with pytest.raises(PermissionDenied):
        Ask(session, cast.anna)(list_members)


def test_a_refusal_of_one_takes_nothing_from_the_others(session, cast):
    ask = Ask(session, cast.boris)
    refused = tried(lambda: ask(point_details, cast.point.id))
    assert tried(lambda: ask(list_contracts))() == []
    with pytest.raises(NotFound):
        refused()


def test_each_has_its_line_in_the_audit(session, cast, system):
    ask = Ask(session, cast.grigory)
    ask(list_members)
    ask(list_tariffs)
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions[-2:] == ["staff.list", "tariff.list"]
    assert verify_journal(session, system).broken_at == 0


def test_what_waits_for_another_system_is_asked_alone(session, cast):
    def abroad(session, subject):
        raise Outside(lambda: None, lambda session, subject, outcome: None)

    with pytest.raises(TypeError, match="asked alone"):
        Ask(session, cast.anna)(abroad)
