"""The staff's search box: every field, words in any order, prefixes, folded; kept by every write; one supplier's."""

import pytest
from sqlmodel import select, update

from energo_cabinet.errors import PermissionDenied
from energo_cabinet.models import Contract, ContractLink, Meter, MeteringPoint, SearchTerm, TermKind, User
from energo_cabinet.services.contract.search_index import index_contracts, rebuild_search
from energo_cabinet.services.customers.search import PAGE, search_contracts
from tests.cast import contract, link, meter, supplier


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


def found(session, cast, query, after=""):
    return [row.contract_id for row in search_contracts(session, cast.grigory, query, after).rows]


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


def test_a_new_meter_a_moved_point_and_a_new_phone_are_found_at_once(session, flat):
    other = contract(session, flat.supplier, number="55-1")
    flat.point.contract_id = other.id
    session.get(User, flat.anna.user).phone = "+79990000001"
    session.exec(select(Meter)).one().serial_number = "777123"
    assert found(session, flat, "777123") == found(session, flat, "лс-061-01") == [other.id]
    assert found(session, flat, "0041907352") == found(session, flat, "9123456789") == []
    assert found(session, flat, "9990000001") == [flat.contract.id]


def test_who_has_left_is_not_found_any_more(session, flat):
    flat.link.unlinked_at = flat.link.linked_at
    session.add(flat.link)
    assert found(session, flat, "a.sokolova") == []


def test_a_rolled_back_write_leaves_no_words(session, flat):
    contract(session, flat.supplier, number="66-1")
    session.rollback()
    session.commit()
    assert found(session, flat, "66-1") == []


def test_bulk_writes_are_indexed_by_hand_and_the_rebuild_repairs_them(session, flat, system):
    session.exec(update(Contract).values(number="88-1"))
    assert found(session, flat, "88-1") == []
    index_contracts(session, [flat.contract.id])
    assert found(session, flat, "88-1") == [flat.contract.id]
    session.exec(update(MeteringPoint).values(number="99-1"))
    assert rebuild_search(session, system, 0) >= flat.contract.id
    assert found(session, flat, "99-1") == [flat.contract.id]


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


def test_words_of_another_supplier_are_its_own(session, cast):
    stranger = contract(session, supplier(session, "OTHER"), number="44-1")
    link(session, cast.boris, stranger)
    session.commit()
    suppliers = session.exec(select(SearchTerm.supplier_id).where(SearchTerm.contract_id == stranger.id)).all()
    assert set(suppliers) == {stranger.supplier_id}
    assert session.exec(select(ContractLink)).all()
