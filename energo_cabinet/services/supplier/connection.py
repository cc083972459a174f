"""The connection to a supplier over the protocol: address, sealed token; only `ask_name` waits for the network."""

from __future__ import annotations

import re

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.sealed import CannotUnseal, seal, unseal
from energo_cabinet.errors import CabinetError, Conflict
from energo_cabinet.gateways.circuit import circuit_of
from energo_cabinet.gateways.safe_wire import AddressRefused, Reach
from energo_cabinet.gateways.supplier import Refused, SupplierUnavailable
from energo_cabinet.gateways.supplier_http import HttpSupplier
from energo_cabinet.gateways.supplier_wire import Wire
from energo_cabinet.models import Contract, GatewayKind, Supplier, SupplierAccess
from energo_cabinet.services.supplier.supplier import SupplierEntry, entry_of, supplier_of
from energo_cabinet.settings import get_settings

TOKEN = re.compile(r"[!-~]{8,500}")


def ask_name(base_url: str, token: str) -> str:
    """What the supplier at this address calls itself; CabinetError when it does not answer as it should.

    Waits for the network: not for use in a transaction.
    """
    check(base_url, token)
    try:
        return _client("", base_url, token).info().name
    except Refused as error:
        raise CabinetError("supplier_silent", "url", reason=str(error) or type(error).__name__) from None


def check(base_url: str, token: str) -> str:
    """The base address as it is kept; CabinetError for one that is not to be reached, or for what is no token."""
    if not TOKEN.fullmatch(token):
        raise CabinetError("supplier_token", "token")
    try:
        return _reach().check_url(base_url.strip())
    except (AddressRefused, ValueError) as error:
        raise CabinetError("supplier_address", "url", reason=str(error)) from None


@service("system", "supplier.connect")
def connect_supplier(session: Session, subject: Subject, code: str, base_url: str, token: str) -> SupplierEntry:
    """Reach a supplier over the protocol from now on; again with another address or token.

    CabinetError: unknown_supplier, supplier_address, supplier_token; Conflict when contracts of it are kept here.
    """
    address, supplier = check(base_url, token), supplier_of(session, code)
    kept = select(Contract.id).where(Contract.supplier_id == supplier.id, col(Contract.supplier_ref) == "")
    if session.exec(kept.limit(1)).first() is not None:
        raise Conflict("supplier_keeps_contracts", "code", supplier=supplier.code)
    key = supplier.id
    row = session.get(SupplierAccess, key) or SupplierAccess(
        supplier_id=key, base_url="", sealed_token="", connected_at=subject.at
    )
    row.base_url, row.sealed_token, row.connected_at = address, seal(token, _row(key)), subject.at
    supplier.gateway = GatewayKind.HTTP
    session.add_all([row, supplier])
    return entry_of(supplier)


def client_for(session: Session, supplier: Supplier) -> HttpSupplier:
    """The supplier's client, good outside of the transaction; SupplierUnavailable when it cannot be made."""
    access = session.get(SupplierAccess, supplier.id)
    if access is None:
        raise SupplierUnavailable("no address")
    try:
        token = unseal(access.sealed_token, _row(access.supplier_id))
    except CannotUnseal:
        raise SupplierUnavailable("the token was sealed with another key") from None
    return _client(supplier.code, access.base_url, token)


def _client(code: str, base_url: str, token: str) -> HttpSupplier:
    return HttpSupplier(Wire(base_url, token, _reach(), circuit_of(f"{code} {base_url}")))


def _reach() -> Reach:
    settings = get_settings()
    hosts = frozenset(filter(None, (host.strip().lower() for host in settings.supplier_hosts.split(","))))
    return Reach(hosts, settings.is_demo, str(settings.supplier_ca_file or ""))


def _row(supplier_id: int) -> str:
    return f"supplier_access:{supplier_id}"
