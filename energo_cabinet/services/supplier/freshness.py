"""How old the data of a contract are whose supplier is behind the protocol: «данные поставщика на 10:30»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, exists, select
from sqlmodel import Session, col

from energo_cabinet.models import Contract, ContractSync, Supplier, SupplierSync, SyncCursor

LONG = timedelta(minutes=30)
"""A supplier that has not answered for so long is told of."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """Instants in the supplier's zone; `at`: the moment of the call. `is_loading`: linked a moment ago.

    `as_of` None: nothing has come yet.
    """

    as_of: datetime | None
    failing_since: datetime | None
    is_loading: bool
    at: datetime

    @property
    def is_stale(self) -> bool:
        """Whether the supplier has not answered for long."""
        return self.failing_since is not None and self.at - self.failing_since >= LONG


def freshness_of(session: Session, contract_id: int, at: datetime) -> Freshness | None:
    """None for a contract whose data are kept here. The caller has checked whose contract it is."""
    row = session.execute(_ONE, {"contract": contract_id}).first()
    return None if row is None else freshness(row, at)


def freshness(columns: Sequence[Any], at: datetime) -> Freshness | None:
    """What COLUMNS of a row say; None for a contract whose data are kept here."""
    contract_id, zone_name, loaded_at, own_as_of, as_of, failing_since, waits = columns
    if contract_id is None:
        return None
    zone = ZoneInfo(zone_name)
    shown = own_as_of if waits else as_of
    return Freshness(
        as_of=shown.astimezone(zone) if shown else None,
        failing_since=failing_since.astimezone(zone) if failing_since else None,
        is_loading=loaded_at is None,
        at=at.astimezone(zone),
    )


def with_freshness(query: Select[Any]) -> Select[Any]:
    """A query of contracts and their suppliers, with COLUMNS at the end."""
    joined = query.outerjoin(ContractSync, col(ContractSync.contract_id) == Contract.id)
    joined = joined.outerjoin(SupplierSync, col(SupplierSync.supplier_id) == ContractSync.supplier_id)
    return joined.add_columns(*COLUMNS)


_WAITS = exists().where(
    col(SyncCursor.contract_id) == col(ContractSync.contract_id), col(SyncCursor.due_at).is_not(None)
)
COLUMNS: tuple[Any, ...] = (
    ContractSync.contract_id,
    Supplier.zone_name,
    ContractSync.loaded_at,
    ContractSync.as_of,
    SupplierSync.as_of,
    SupplierSync.failing_since,
    _WAITS,
)
_ONE = (  # built once: pages ask at every visit
    select(*COLUMNS)
    .select_from(ContractSync)
    .join(Supplier, col(Supplier.id) == ContractSync.supplier_id)
    .join(SupplierSync, col(SupplierSync.supplier_id) == ContractSync.supplier_id)
    .where(col(ContractSync.contract_id) == bindparam("contract"))
)
