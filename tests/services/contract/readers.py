"""A contract that Анна reads already, and the ways by which Борис comes to read it too."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from energo_cabinet.models import OutboxLetter, ServiceRegion
from energo_cabinet.services.contract.code import link_by_code, printed_code
from energo_cabinet.services.contract.contract import link_contract, list_contracts
from energo_cabinet.services.contract.link_request import request_link
from energo_cabinet.services.customers.request import accept_link
from tests.cast import CONTRACT_PASSWORD, NOW

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def second(cast):
    """Борис, five minutes after Анна has come."""
    return replace(cast.boris, at=LATER)


@pytest.fixture
def region(session, cast):
    row = ServiceRegion(supplier_id=cast.supplier.id, title="Электроснабжение, г. Северогорск")
    session.add(row)
    session.flush()
    return str(row.id)


WAYS = {
    "login": lambda s, c, who, region: link_contract(s, who, c.supplier.id, "x", c.contract.login, CONTRACT_PASSWORD),
    "code": lambda s, c, who, region: link_by_code(s, who, region, c.contract.number, printed_code(c.contract)),
}


def asked(session, cast, who, region):
    card = request_link(session, who, region, cast.contract.number)
    accept_link(session, replace(cast.grigory, at=LATER), card.id)


WAYS["staff"] = asked


def letter(session, to):
    query = select(OutboxLetter).where(OutboxLetter.to_email == to).order_by(OutboxLetter.id.desc())
    return session.exec(query).first()


def key(session, to):
    return re.search(r"/object\?key=([\w-]+)", letter(session, to).text)[1]


def reads(session, who):
    return bool(list_contracts(session, who))
