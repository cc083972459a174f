"""The `http` gateway (DESIGN 1.8): the supplier protocol's calls, answered by typed documents or by refusals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import quote

from energo_cabinet.gateways import supplier_protocol as protocol
from energo_cabinet.gateways.supplier import (
    ContractFacts,
    LoginLocked,
    Parcel,
    ParcelRefused,
    Receipt,
    Refused,
    SupplierUnavailable,
    UnknownLogin,
    WrongPassword,
)
from energo_cabinet.gateways.supplier_client import PAGE, ContractGone, CursorExpired, Fresh
from energo_cabinet.gateways.supplier_protocol import Document
from energo_cabinet.gateways.supplier_wire import Declined, Wire

D = TypeVar("D", bound=Document)


class HttpSupplier:
    """See `SupplierClient`; one thread at a time. Close it, or leave it to the garbage collector."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def close(self) -> None:
        """Close its connections."""
        self._wire.close()

    def info(self) -> protocol.SupplierInfo:
        """Who answers."""
        return self._get(protocol.SupplierInfo, "/info")

    def link(self, login: str, password: str) -> ContractFacts:
        """See `SupplierGateway.link`; asked once, because every wrong password counts."""
        try:
            found = self._wire.post(protocol.ContractData, "/links", {"login": login, "password": password})
        except Declined as error:
            raise _no_entry(error) from None
        names = ("number", "login", "customer_name", "address", "consumer_class")
        return ContractFacts(**{name: getattr(found, name) for name in names}, ref=found.id)

    def changes(self, cursor: str = "") -> protocol.ChangePage:
        """What is new of all contracts we have opened."""
        return self._get(protocol.ChangePage, "/changes", _after(cursor))

    def contract(self, contract: str, etag: str = "") -> Fresh[protocol.ContractData]:
        """Contract data."""
        return self._fresh(protocol.ContractData, contract, "", etag)

    def balance(self, contract: str, etag: str = "") -> Fresh[protocol.BalanceData]:
        """Balance."""
        return self._fresh(protocol.BalanceData, contract, "/balance", etag)

    def points(self, contract: str, etag: str = "") -> Fresh[protocol.Listed[protocol.PointData]]:
        """Metering points."""
        return self._fresh(protocol.Listed[protocol.PointData], contract, "/points", etag)

    def meters(self, contract: str, etag: str = "") -> Fresh[protocol.Listed[protocol.MeterData]]:
        """Meters."""
        return self._fresh(protocol.Listed[protocol.MeterData], contract, "/meters", etag)

    def bills(self, contract: str, cursor: str = "") -> protocol.Page[protocol.BillData]:
        """Bills after a cursor."""
        return self._page(protocol.Page[protocol.BillData], contract, "bills", cursor)

    def payments(self, contract: str, cursor: str = "") -> protocol.Page[protocol.PaymentData]:
        """Payments after a cursor."""
        return self._page(protocol.Page[protocol.PaymentData], contract, "payments", cursor)

    def readings(self, contract: str, cursor: str = "") -> protocol.Page[protocol.ReadingData]:
        """Register readings after a cursor."""
        return self._page(protocol.Page[protocol.ReadingData], contract, "readings", cursor)

    def profile(self, contract: str, cursor: str = "") -> protocol.Page[protocol.ProfileDayData]:
        """Days of the load profile after a cursor."""
        return self._page(protocol.Page[protocol.ProfileDayData], contract, "profile", cursor)

    def events(self, contract: str, cursor: str = "") -> protocol.Page[protocol.EventData]:
        """Records of the meters' journals after a cursor."""
        return self._page(protocol.Page[protocol.EventData], contract, "events", cursor)

    def notifications(self, contract: str, cursor: str = "") -> protocol.Page[protocol.NoticeData]:
        """The supplier's notifications after a cursor."""
        return self._page(protocol.Page[protocol.NoticeData], contract, "notifications", cursor)

    def ticket_updates(self, contract: str, cursor: str = "") -> protocol.Page[protocol.TicketUpdate]:
        """Answers of the supplier's staff after a cursor."""
        return self._page(protocol.Page[protocol.TicketUpdate], contract, "ticket_updates", cursor)

    def decisions(self, contract: str, cursor: str = "") -> protocol.Page[protocol.Decision]:
        """Decisions about submitted readings after a cursor."""
        return self._page(protocol.Page[protocol.Decision], contract, "decisions", cursor)

    def submit_reading(self, parcel: Parcel) -> Receipt:
        """See `SupplierGateway.submit_reading`."""
        given = parcel.payload
        body = {name: given[name] for name in ("number", "point", "read_at", "registers_wh", "doubts")}
        return self._submit(parcel, "readings", body | {"serial_number": given["serial"]})

    def submit_ticket(self, parcel: Parcel) -> Receipt:
        """See `SupplierGateway.submit_ticket`."""
        given = parcel.payload
        plain = ("number", "category", "theme", "point", "email", "phone", "text", "status", "written_at")
        body = {name: given[name] for name in plain}
        body |= {"ticket": str(given["ticket_id"]), "line": str(given["message_id"])}
        body["files"] = [{name: file[name] for name in ("name", "size", "media_type")} for file in given["files"]]
        return self._submit(parcel, "tickets", body)

    def _get(self, shape: type[D], path: str, query: Mapping[str, str] | None = None) -> D:
        with _refusals():
            found, _ = self._wire.fetch(shape, path, query or {})
        assert found is not None
        return found

    def _fresh(self, shape: type[D], contract: str, path: str, etag: str) -> Fresh[D]:
        with _refusals():
            return Fresh(*self._wire.fetch(shape, _path(contract) + path, {}, etag))

    def _page(self, shape: type[D], contract: str, path: str, cursor: str) -> D:
        return self._get(shape, f"{_path(contract)}/{path}", _after(cursor))

    def _submit(self, parcel: Parcel, path: str, body: Mapping[str, Any]) -> Receipt:
        if not parcel.contract_ref:
            raise SupplierUnavailable("the contract is not linked with the supplier's system")
        try:
            where = f"{_path(parcel.contract_ref)}/{path}"
            answer = self._wire.post(protocol.ReceiptData, where, body, parcel.key)
        except Declined as error:
            raise _not_taken(error) from None
        return Receipt(answer.status, answer.reason)


@contextmanager
def _refusals() -> Iterator[None]:
    """Problems of a read."""
    try:
        yield
    except Declined as error:
        kinds: dict[int, type[Refused]] = {404: ContractGone, 410: CursorExpired}
        raise kinds.get(error.status, SupplierUnavailable)(f"HTTP {error.status}") from None


def _no_entry(error: Declined) -> Refused:
    """Problems of opening a contract."""
    if error.status == 423:
        return LoginLocked(max(1, -(-int(error.retry_after_s) // 60)))
    kinds: dict[int, type[Refused]] = {403: WrongPassword, 404: UnknownLogin}
    return kinds.get(error.status, SupplierUnavailable)(f"HTTP {error.status}")


def _not_taken(error: Declined) -> Refused:
    """Problems of a submission: final ones, and those that somebody has to repair before it arrives."""
    if error.status == 422:
        return ParcelRefused(error.words)
    final = error.status in (404, 409)
    return (ParcelRefused if final else SupplierUnavailable)(f"HTTP {error.status}")


def _path(contract: str) -> str:
    return f"/contracts/{quote(contract, safe='')}"


def _after(cursor: str) -> dict[str, str]:
    return {"limit": str(PAGE)} | ({"cursor": cursor} if cursor else {})
