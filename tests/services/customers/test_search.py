"""The staff's search box: every field, words in any order, prefixes, folded; kept by every write; one supplier's."""

import pytest

from energo_cabinet.errors import PermissionDenied
from energo_cabinet.models import TermKind, User
from energo_cabinet.services.customers.search import PAGE, search_contracts
from tests.cast import contract, meter


@pytest.fixture
def flat(session, cast):
    """Анна's contract with everything that can be searched for."""
    meter(session, cast.point, serial_number="0041907352")
    anna = session.get(User, cast.anna.user)
    anna.phone, anna.email = "+79123456789", "a.sokolova@example.org"
    cast.contract.customer_name = "Семёнова-Соколова Анна Викторовна"
    cast.contract.address = "г. Северогорск, ул. Лесная, д. 18, кв. 42"
    session.add_all([anna, cast.contract])
    session.commit()
    return cast


TYPED = {
    "соколова анна": TermKind.NAME,
    "АННА СЕМЕНОВА": TermKind.NAME,
    "викт соко": TermKind.NAME,
    "7638-294-061": TermKind.NUMBER,
    "7638 294": TermKind.NUMBER,
    "294061": TermKind.NUMBER,
    "Лесная 18": TermKind.ADDRESS,
    "ул.Лесная,д.18,кв.42": TermKind.ADDRESS,
    "0041907": TermKind.SERIAL,
    "ЛС-061": TermKind.POINT,
    "8 (912) 345-67-89": TermKind.PHONE,
    "+7 912 345": TermKind.PHONE,
    "345-67-89": TermKind.PHONE,
    "6789": TermKind.PHONE,
    "a.sokolova@ex": TermKind.EMAIL,
    "A.Sokol": TermKind.EMAIL,
}


@pytest.mark.parametrize("typed", TYPED)
def test_a_contract_is_found_by(session, flat, typed):
    (row,) = search_contracts(session, flat.grigory, typed).rows
    assert row.contract_id == flat.contract.id
    assert TYPED[typed] in {match.kind for match in row.matches}


@pytest.mark.parametrize("typed", ["", "и", "анна петрова", "99999999", "7639-294", "%", "_%", "а" * 5000, None, 7])
def test_nothing_is_found_by(session, flat, typed):
    assert search_contracts(session, flat.grigory, typed).rows == ()


def test_the_reason_says_what_the_row_does_not_show(session, flat):
    (row,) = search_contracts(session, flat.grigory, "6789").rows
    assert [(m.kind, m.shown) for m in row.matches] == [(TermKind.PHONE, "+79123456789")]


def test_another_supplier_s_staff_find_nothing(session, flat):
    for typed in TYPED:
        assert search_contracts(session, flat.darya, typed).rows == ()
    with pytest.raises(PermissionDenied):
        search_contracts(session, flat.anna, "соколова")


def test_pages_have_every_contract_once(session, cast):
    made = {contract(session, cast.supplier, number=f"9-{n:03}").id for n in range(2 * PAGE + 3)}
    seen, after = [], ""
    while page := search_contracts(session, cast.grigory, "соколова", after):
        seen += [row.contract_id for row in page.rows]
        if not (after := page.after):
            break
    assert len(seen) == len(set(seen)) and set(seen) == made | {cast.contract.id}


@pytest.mark.parametrize("after", ["x", "0~~", "1~я~9999999999", "0~соколова~-1", 7, "9~а~1", "²~а~1"])
def test_a_made_up_place_is_no_error(session, flat, after):
    search_contracts(session, flat.grigory, "соколова", after)
