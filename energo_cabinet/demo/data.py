"""Demo data, loaded once: two invented suppliers, their contracts, two people."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, select

from energo_cabinet.database import session_scope
from energo_cabinet.models import Supplier

LOGINS: tuple[str, ...] = ()


def load(now: datetime) -> bool:
    """Load the demo data into an installation that has none; True when loaded."""
    with session_scope() as session:
        if session.exec(select(Supplier).where(Supplier.code == "severogorsk")).first():
            return False
        _add_suppliers(session)
        return True


def _add_suppliers(session: Session) -> None:
    session.add(Supplier(code="severogorsk", name="Северогорск Энергосбыт", email="help@energo.example"))
    session.add(Supplier(code="lugovaya", name="Луговая энергокомпания", email="help@lug.example"))
