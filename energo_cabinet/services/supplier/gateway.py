"""The gateway of a supplier, with this installation's database behind a local one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.passwords import verify_password
from energo_cabinet.gateways import supplier as gateways
from energo_cabinet.gateways.supplier import Parcel, Receipt
from energo_cabinet.models import Contract, DeliveryKind, GatewayKind, Supplier
from energo_cabinet.services.supplier.connection import client_for
from energo_cabinet.settings import get_settings

Take = Callable[[Session, Subject, Parcel], Receipt]

TAKES: dict[DeliveryKind, Take] = {}
"""What a local supplier does with a parcel; without an entry it is simply taken."""


def takes(kind: DeliveryKind) -> Callable[[Take], Take]:
    """Register what a local supplier does with parcels of a kind; it must bear the same parcel twice."""

    def register(take: Take) -> Take:
        TAKES[kind] = take
        return take

    return register


def gateway_of(session: Session, subject: Subject, supplier: Supplier) -> gateways.SupplierGateway:
    """The gateway of a supplier; SupplierUnavailable for one over the protocol that cannot be reached from here.

    A gateway over the protocol waits for the network: call it outside of the transaction.
    """
    if supplier.gateway == GatewayKind.HTTP:
        return client_for(session, supplier)
    settings = get_settings()
    return gateways.LocalGateway(
        book=_Book(session, supplier.id),
        verify=verify_password,
        at=subject.at,
        tries=settings.contract_login_tries,
        lock_minutes=settings.contract_lock_minutes,
        inbox=_Inbox(session, subject),
    )


@dataclass(frozen=True, slots=True)
class _Book:
    """The contracts of one local supplier in the database."""

    session: Session
    supplier_id: int

    def find(self, login: str) -> Contract | None:
        query = select(Contract).where(Contract.supplier_id == self.supplier_id, Contract.login == login)
        return self.session.exec(query.execution_options(populate_existing=True)).first()

    def count_try(self, contract: Contract) -> int:
        contract.failed_tries = Contract.failed_tries + 1
        self.session.add(contract)
        self.session.flush()  # UPDATE … SET failed_tries = failed_tries + 1: parallel tries wait for this row
        self.session.refresh(contract)
        return contract.failed_tries

    def lock(self, contract: Contract, until: datetime) -> None:
        contract.locked_until, contract.failed_tries = until, 0
        self.session.add(contract)

    def clear(self, contract: Contract) -> None:
        contract.locked_until, contract.failed_tries = None, 0
        self.session.add(contract)


@dataclass(frozen=True, slots=True)
class _Inbox:
    """The parcels of local suppliers."""

    session: Session
    subject: Subject

    def take_reading(self, parcel: Parcel) -> Receipt:
        return self._take(DeliveryKind.READING, parcel)

    def take_ticket(self, parcel: Parcel) -> Receipt:
        return self._take(DeliveryKind.TICKET, parcel)

    def _take(self, kind: DeliveryKind, parcel: Parcel) -> Receipt:
        take = TAKES.get(kind)
        return take(self.session, self.subject, parcel) if take else Receipt()
