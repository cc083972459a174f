"""The words contracts are found by follow every write, and can all be written anew."""

import pytest
from sqlmodel import select, update

from energo_cabinet.models import Contract, ContractLink, Meter, MeteringPoint, SearchTerm, User
from energo_cabinet.services.contract import search_index
from energo_cabinet.services.contract.search_index import index_contracts, rebuild_search
from energo_cabinet.services.customers.search import search_contracts
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


def test_words_of_another_supplier_are_its_own(session, cast):
    stranger = contract(session, supplier(session, "OTHER"), number="44-1")
    link(session, cast.boris, stranger)
    session.commit()
    suppliers = session.exec(select(SearchTerm.supplier_id).where(SearchTerm.contract_id == stranger.id)).all()
    assert set(suppliers) == {stranger.supplier_id}
    assert session.exec(select(ContractLink)).all()


def test_the_rebuild_goes_on_until_there_is_nothing_left(session, cast, system, monkeypatch):
    monkeypatch.setattr(search_index, "AT_ONCE", 2)
    made = [cast.contract.id] + [contract(session, cast.supplier, number=f"5-{n}").id for n in range(3)]
    session.exec(update(SearchTerm).values(shown="устарело"))
    session.exec(update(Contract).values(customer_name="Новикова Н."))
    seen, after = [], 0
    while after is not None:
        seen.append(after)
        after = rebuild_search(session, system, after)
    assert seen == [0, made[1], made[3]]
    assert sorted(found(session, cast, "новикова")) == made
    assert found(session, cast, "соколова") == [cast.contract.id]  # Анна herself, in whose cabinet it is
    assert "устарело" not in session.exec(select(SearchTerm.shown)).all()
