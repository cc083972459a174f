"""Who of the staff has looked at a person's data, told to that person (152-ФЗ, ст. 14)."""

from sqlmodel import select

from energo_cabinet.models import ContractLink
from energo_cabinet.services.customers.customer import customer_page
from energo_cabinet.services.person.access_journal import PAGE, my_access_journal
from tests.cast import link


def test_people_read_in_pages_who_looked_at_their_contracts(session, cast):
    for _ in range(PAGE + 2):
        customer_page(session, cast.grigory, cast.contract.id)
    first = my_access_journal(session, cast.anna)
    rest = my_access_journal(session, cast.anna, first.before)
    assert (len(first.lines), len(rest.lines), rest.before) == (PAGE, 2, None)
    assert {line.contract_number for line in first.lines} == {cast.contract.number}
    link_of_boris = link(session, cast.boris, cast.contract)
    link_of_boris.linked_at = link_of_boris.linked_at.replace(year=2027)
    assert my_access_journal(session, cast.boris).lines == ()
    assert session.exec(select(ContractLink)).all()
