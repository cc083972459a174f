"""The supplier prints codes on its bills: all of its own contracts', nobody else's, and the others hear of it."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.errors import NotFound, PermissionDenied
from energo_cabinet.models import OutboxLetter, StaffRoleName
from energo_cabinet.services.contract.code import printed_code
from energo_cabinet.services.customers import codes
from energo_cabinet.services.customers.codes import contract_codes
from tests import cast as make

pytestmark = pytest.mark.usefixtures("surroundings")


def test_every_contract_of_the_supplier_and_none_of_another(session, cast, monkeypatch):
    monkeypatch.setattr(codes, "PART", 2)
    own = [cast.contract, *(make.contract(session, cast.supplier, f"40-{n}") for n in range(3))]
    make.staff(session, "second@example.org", "Вторая", cast.supplier)
    taken, after = [], -1
    while after:
        part = contract_codes(session, cast.grigory, max(after, 0))
        taken, after = [*taken, *part.rows], part.after
    assert taken == [(contract.number, printed_code(contract)) for contract in own]
    assert session.exec(select(OutboxLetter.to_email)).all() == ["second@example.org"]
    assert contract_codes(session, cast.darya).rows == []


def test_an_operator_takes_none_and_another_supplier_s_are_not_there(session, cast):
    operator = make.staff(session, "op@example.org", "Оператор", cast.supplier, StaffRoleName.OPERATOR)
    with pytest.raises(PermissionDenied):
        contract_codes(session, operator)
    with pytest.raises(NotFound):
        contract_codes(session, cast.grigory, 0, cast.darya.member.supplier_id)
