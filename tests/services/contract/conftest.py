"""A region whose supplier keeps a contract here."""

import pytest

from energo_cabinet.models import ServiceRegion
from tests import cast as make
from tests.services.contract.scene import NUMBER


@pytest.fixture
def region(session):
    """A supplier kept here with the contract of Соколова Анна Викторовна; the id of its region as a form sends it."""
    keeper = make.supplier(session)
    kept = make.contract(session, keeper, NUMBER)
    kept.customer_name = "СОКОЛОВА Анна Викторовна"
    row = ServiceRegion(supplier_id=keeper.id, title="Электроснабжение, г. Северогорск")
    session.add_all([kept, row])
    session.flush()
    return str(row.id)
