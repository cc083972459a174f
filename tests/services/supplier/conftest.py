"""A supplier added by a script; another behind the protocol, with a ticket on its way."""

import pytest

from energo_cabinet.models import GatewayKind
from energo_cabinet.services.supplier.supplier import add_supplier
from energo_cabinet.services.ticket.ticket import TicketForm, open_ticket
from tests.services.supplier.scene import SYSTEM


@pytest.fixture
def nekta(session):
    add_supplier(session, SYSTEM, "nekta", "NeKta", "Europe/Moscow")
    session.flush()


@pytest.fixture
def remote(session, cast):
    cast.supplier.gateway = GatewayKind.HTTP
    session.add(cast.supplier)
    session.flush()
    return cast


@pytest.fixture
def ticket(session, remote):
    return open_ticket(session, remote.anna, remote.contract.id, TicketForm("other", "Тема", "Текст", "a@example.org"))
