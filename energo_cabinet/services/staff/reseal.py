"""Moving what is sealed at rest to the newest key, and telling which old keys nothing needs any more."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.sealed import CannotUnseal, key_ids, seal, unseal
from energo_cabinet.models import AuditEntry, SecondFactor, SupplierAccess


@dataclass(frozen=True, slots=True)
class Resealed:
    """`moved`: sealed anew; `unreadable`: key id → how many are sealed with a key that is not there.

    `needed`: ids of keys that something still needs, the audit journal among it; `not_needed` may be taken away.
    """

    moved: int
    unreadable: dict[str, int]
    needed: list[str]
    not_needed: list[str]


@service("system", "installation.reseal")
def reseal(session: Session, subject: Subject) -> Resealed:
    """Seal everything with the first of the keys; what cannot be read stays as it is."""
    moved, lost, newest = 0, Counter[str](), key_ids()[0]
    for row, column, bound in _sealed(session):
        key_id = str(getattr(row, column)).partition(":")[0]
        if key_id == newest:
            continue
        try:
            setattr(row, column, seal(unseal(getattr(row, column), bound), bound))
        except CannotUnseal:
            lost[key_id] += 1
            continue
        session.add(row)
        moved += 1
    journal = set(session.exec(select(AuditEntry.key_id).distinct())) - {""}
    needed = [newest, *sorted((journal | lost.keys()) - {newest})]
    return Resealed(moved, dict(lost), needed, [key for key in key_ids() if key not in needed])


def _sealed(session: Session) -> list[tuple[Any, str, str]]:
    """Rows with a sealed column, and what it is bound to."""
    factors = session.exec(select(SecondFactor).where(SecondFactor.sealed_secret != "")).all()
    found: list[tuple[Any, str, str]] = [(f, "sealed_secret", f"second_factor:{f.user_id}") for f in factors]
    for access in session.exec(select(SupplierAccess)).all():
        found.append((access, "sealed_token", f"supplier_access:{access.supplier_id}"))
    return found
