"""A point of the registry added by hand: checked like one that is changed or comes from a file."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import own_supplier
from energo_cabinet.errors import InvalidInput
from energo_cabinet.models import MeteringPoint, Tariff
from energo_cabinet.services.point.facts import POINT_FIELDS, checked, note_change, put
from energo_cabinet.services.registry.point import contract_named, tariff_named

NEW_FIELDS = ("point", *POINT_FIELDS)
"""`point` is the number of the point."""
RATIOS = ("current_ratio", "voltage_ratio")


@service("staff:registry", "registry.list_tariffs", audited=False)
def point_tariffs(session: Session, subject: Subject) -> list[tuple[str, str]]:
    """(code, name) of what a new point may be charged by."""
    query = select(Tariff).where(Tariff.supplier_id == own_supplier(session, subject).id).order_by(Tariff.name)
    return [(tariff.code, tariff.name) for tariff in session.exec(query)]


@service("staff:registry", "registry.add_point")
def add_point(session: Session, subject: Subject, fields: Mapping[str, str]) -> int:
    """A new point of the member's supplier, without a meter yet; its id. InvalidInput beside the fields.

    Ratios nobody typed are 1; days are local to the supplier's zone.
    """
    supplier = own_supplier(session, subject)
    given = checked(NEW_FIELDS, fields, ("point", "name"))
    given |= {name: given[name] or "1" for name in RATIOS}
    number = given.pop("point")
    point = MeteringPoint(supplier_id=supplier.id, number=number, name="", zone_name=supplier.zone_name)
    point.contract_id = contract_named(session, point, given["contract"])
    point.tariff_id = tariff_named(session, point, given["tariff"])
    put(point, {name: text for name, text in given.items() if name not in ("contract", "tariff")})
    try:
        with session.begin_nested():
            session.add(point)
    except IntegrityError:
        raise InvalidInput({"point": "registry_point_taken"}) from None
    key = point.id
    audit_note(session, point_id=key, contract_id=point.contract_id, number=number)
    note_change(session, subject, key, "new", [[name, "", text] for name, text in given.items() if text])
    return key
