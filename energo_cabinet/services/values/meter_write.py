"""A list of meters into the registry: numbers it has not yet are added, the rest is left as it is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from energo_cabinet.domain.values.profile_day import Change
from energo_cabinet.formats.files.content import SerialInFile
from energo_cabinet.models import Meter, Supplier

AT_ONCE = 10_000


def store_meters(session: Session, supplier: Supplier, serials: Sequence[SerialInFile]) -> Change:
    """Add the supplier's meters that are new, in the caller's transaction."""
    known: set[str] = set()
    numbers = [one.serial for one in serials]
    for at in range(0, len(numbers), AT_ONCE):
        query = select(Meter.serial_number).where(
            Meter.supplier_id == supplier.id, col(Meter.serial_number).in_(numbers[at : at + AT_ONCE])
        )
        known |= set(session.exec(query))
    new = [one for one in serials if one.serial not in known]
    session.add_all(Meter(supplier_id=supplier.id, serial_number=one.serial, model=one.model) for one in new)
    session.flush()
    return Change(stored=len(new), unchanged=len(serials) - len(new))
