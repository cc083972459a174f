"""Suppliers, contracts and users set up by scripts."""

from __future__ import annotations

import pytest
from sqlmodel import select

from energo_cabinet.auth.passwords import verify_password
from energo_cabinet.errors import PermissionDenied
from energo_cabinet.models import Contract, MeteringPoint
from energo_cabinet.services.sign_in.user_entry import add_user
from energo_cabinet.services.supplier.supplier import add_contract, add_supplier, find_supplier
from tests.services.supplier.scene import refused


@pytest.fixture
def supplier(session, system):
    """The supplier E with points 1 and 2."""
    entry = add_supplier(session, system, "E", "Энергосбыт", "Europe/Samara")
    for number in ("1", "2"):
        session.add(MeteringPoint(supplier_id=entry.id, number=number, name=number))
    session.flush()
    return entry


def test_a_supplier_is_found_by_its_code(session, system, supplier):
    assert find_supplier(session, system, "E") == supplier
    assert supplier.zone == "Europe/Samara"


def test_supplier_refusals(session, system, supplier):
    assert refused(add_supplier, session, system, "E", "x", "Europe/Moscow") == ("supplier_exists", "code")
    assert refused(add_supplier, session, system, "F", "x", "Mars/Base") == ("unknown_zone", "zone")
    assert refused(add_supplier, session, system, "F", "x", "../etc/passwd") == ("unknown_zone", "zone")
    assert refused(add_supplier, session, system, " ", "x", "UTC") == ("field_required", "code")
    assert refused(add_supplier, session, system, "F", "x" * 201, "UTC") == ("field_too_long", "name")
    assert refused(find_supplier, session, system, "nobody") == ("unknown_supplier", "supplier")


def test_a_contract_gets_its_points_and_an_argon2id_hash(session, system, supplier):
    """Н-29; SECURITY test 9."""
    entry = add_contract(session, system, "E", "100-1", "login", "пароль 12", ["1", "2"], name="Анна")
    contract = session.exec(select(Contract)).one()
    assert (entry.points, contract.customer_name) == (2, "Анна")
    assert contract.password_hash.startswith("$argon2id$")
    assert verify_password("пароль 12", contract.password_hash)
    assert {p.contract_id for p in session.exec(select(MeteringPoint))} == {contract.id}


def test_contract_refusals(session, system, supplier):
    add_contract(session, system, "E", "100-1", "login", "p", ["1"])
    again = (session, system, "E")
    assert refused(add_contract, *again, "100-1", "other", "p", []) == ("contract_number_exists", "number")
    assert refused(add_contract, *again, "100-2", "login", "p", []) == ("contract_login_exists", "login")
    assert refused(add_contract, *again, "100-2", "other", "p", ["1"]) == ("points_taken", "points")
    assert refused(add_contract, *again, "100-2", "other", "p", ["3"]) == ("unknown_points", "points")
    assert refused(add_contract, *again, "100-2", "other", "", []) == ("field_required", "password")


def test_nobody_else_may(session, anonymous):
    for call, args in ((add_supplier, "abc"), (add_user, "abc"), (find_supplier, "a")):
        with pytest.raises(PermissionDenied):
            call(session, anonymous, *args)
