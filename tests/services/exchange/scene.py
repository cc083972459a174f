"""What the tests of the exchange ask about a supplier."""

from datetime import timedelta

from energo_cabinet.auth.access import Subject
from energo_cabinet.models import SupplierSync
from tests.cast import NOW

LATER = Subject("system", NOW + timedelta(hours=2))


def state(session, cast):
    session.expire_all()
    return session.get_one(SupplierSync, cast.supplier.id)
