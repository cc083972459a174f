"""What has not reached a supplier behind the protocol is shown as such, nothing of ours is (F-5, Н-4)."""

from energo_cabinet.gateways.supplier import Receipt
from energo_cabinet.services.supplier.delivery import delivery_arrived
from energo_cabinet.services.ticket.ticket import TicketForm, open_ticket
from tests.services.supplier.scene import newest, ways


def test_ticket_waits_until_the_supplier_has_it(session, system, remote, ticket):
    assert ways(session, remote, ticket) == (["waiting"], True)
    delivery_arrived(session, system, newest(session), Receipt("waiting"))
    assert ways(session, remote, ticket) == ([""], False)


def test_with_a_supplier_of_ours_nothing_waits(session, cast):
    ticket = open_ticket(session, cast.anna, cast.contract.id, TicketForm("other", "Тема", "Текст", "a@example.org"))
    assert ways(session, cast, ticket) == ([""], False)
