"""A contract behind the protocol: just linked, and loaded."""

import pytest

from energo_cabinet.services.exchange.sync import note_changes
from energo_cabinet.services.exchange.turn import sync_succeeded
from energo_cabinet.services.supplier.sync_due import RESOURCES
from tests import supplier_pages as sent
from tests.supplier_pages import METER, POINT, take


@pytest.fixture
def flat(session, system, cast):
    cast.point.contract_id = None
    sent.remote(session, system, cast.supplier, cast.contract)
    return cast


@pytest.fixture
def loaded(session, system, flat):
    """Everything of the contract is here."""
    note_changes(session, system, flat.supplier.id, "", sent.changes(cursor="c0"))
    for resource in RESOURCES:
        take(session, system, flat.contract, resource, *{"points": (POINT,), "meters": (METER,)}.get(resource, ()))
    sync_succeeded(session, system, flat.supplier.id)
    return flat
