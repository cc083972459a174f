"""The supplier decides on an objection to a reader: both hear it, and what it decides holds (RC-1 of the audit)."""

from __future__ import annotations

import pytest

from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound
from energo_cabinet.models import NotificationKind
from energo_cabinet.services.contract.reader import object_by_letter
from energo_cabinet.services.customers.objection import decide_objection, list_objections
from tests.services.contract.readers import LATER, WAYS, asked, key, reads
from tests.services.contract.readers import region as region
from tests.services.contract.readers import second as second
from tests.services.customers.scene import WHY, entry, kinds
from tests.services.sign_in.test_registration import visitor

pytestmark = pytest.mark.usefixtures("surroundings")


def test_the_supplier_decides_and_both_hear_it(session, cast, second, region):
    WAYS["login"](session, cast, second, region)
    object_by_letter(session, visitor(LATER), key(session, "anna@example.org"))
    (row,) = list_objections(session, cast.grigory)
    assert (row.reader, row.objector, row.is_out) == ("Чужой Борис Борисович", "Соколова Анна Викторовна", True)
    with pytest.raises(NotFound):
        decide_objection(session, cast.darya, row.id, True, WHY)
    with pytest.raises(InvalidInput):
        decide_objection(session, cast.grigory, row.id, True, "")
    decide_objection(session, cast.grigory, row.id, True, WHY)
    assert WHY in entry(session).details
    assert reads(session, second) and list_objections(session, cast.grigory) == []
    assert kinds(session, second)[-1] == NotificationKind.UNBLOCKED
    assert NotificationKind.OBJECTION_DONE in kinds(session, cast.anna)
    with pytest.raises(Conflict):
        decide_objection(session, cast.grigory, row.id, False, WHY)


def test_kept_out_is_out_until_the_supplier_lets_in(session, cast, second, region):
    WAYS["login"](session, cast, second, region)
    object_by_letter(session, visitor(LATER), key(session, "anna@example.org"))
    decide_objection(session, cast.grigory, list_objections(session, cast.grigory)[0].id, False, WHY)
    with pytest.raises(CabinetError, match="objected"):
        WAYS["code"](session, cast, second, region)
    asked(session, cast, second, region)
    assert reads(session, second)


def test_whom_the_supplier_let_in_stays_until_it_decides(session, cast, second, region):
    asked(session, cast, second, region)
    object_by_letter(session, visitor(LATER), key(session, "anna@example.org"))
    assert reads(session, second) and not list_objections(session, cast.grigory)[0].is_out
    decide_objection(session, cast.grigory, list_objections(session, cast.grigory)[0].id, False, WHY)
    assert not reads(session, second)
