"""A supplier that speaks the protocol, as services and jobs see it; `supplier_http` is the real one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from energo_cabinet.gateways.supplier import Refused, SupplierGateway, SupplierUnavailable
from energo_cabinet.gateways.supplier_protocol import (
    BalanceData,
    BillData,
    ChangePage,
    ContractData,
    Decision,
    Document,
    EventData,
    Listed,
    MeterData,
    NoticeData,
    Page,
    PaymentData,
    PointData,
    ProfileDayData,
    ReadingData,
    SupplierInfo,
    TicketUpdate,
)

PAGE = 500
"""So many items the cabinet asks for at once; a supplier may send fewer."""

T = TypeVar("T")
D = TypeVar("D", bound=Document)


class CursorExpired(Refused):
    """The supplier has forgotten this cursor: begin again with an empty one."""


class ContractGone(Refused):
    """The supplier does not show this contract to the cabinet (any more)."""


class AccessRefused(SupplierUnavailable):
    """The supplier does not accept our token: its administrator has to look."""


@dataclass(frozen=True, slots=True)
class Fresh(Generic[T]):
    """A document and its ETag; `document` None: unchanged since the ETag that was sent."""

    document: T | None
    etag: str


class SupplierClient(SupplierGateway, Protocol):
    """A supplier that speaks the protocol. Calls block (15 s at most, tries included); keep them out of transactions.

    SupplierUnavailable (AccessRefused: our token is refused), ContractGone for a contract that is not shown to us,
    CursorExpired for a cursor that is too old. `contract` is `ContractData.id`.
    """

    def info(self) -> SupplierInfo: ...  # noqa: D102
    def changes(self, cursor: str = "") -> ChangePage: ...  # noqa: D102
    def contract(self, contract: str, etag: str = "") -> Fresh[ContractData]: ...  # noqa: D102
    def balance(self, contract: str, etag: str = "") -> Fresh[BalanceData]: ...  # noqa: D102
    def points(self, contract: str, etag: str = "") -> Fresh[Listed[PointData]]: ...  # noqa: D102
    def meters(self, contract: str, etag: str = "") -> Fresh[Listed[MeterData]]: ...  # noqa: D102
    def bills(self, contract: str, cursor: str = "") -> Page[BillData]: ...  # noqa: D102
    def payments(self, contract: str, cursor: str = "") -> Page[PaymentData]: ...  # noqa: D102
    def readings(self, contract: str, cursor: str = "") -> Page[ReadingData]: ...  # noqa: D102
    def profile(self, contract: str, cursor: str = "") -> Page[ProfileDayData]: ...  # noqa: D102
    def events(self, contract: str, cursor: str = "") -> Page[EventData]: ...  # noqa: D102
    def notifications(self, contract: str, cursor: str = "") -> Page[NoticeData]: ...  # noqa: D102
    def ticket_updates(self, contract: str, cursor: str = "") -> Page[TicketUpdate]: ...  # noqa: D102
    def decisions(self, contract: str, cursor: str = "") -> Page[Decision]: ...  # noqa: D102


def parse(shape: type[D], body: bytes) -> D:
    """A document out of an answer's body; SupplierUnavailable for anything else, without its values."""
    try:
        return shape.model_validate_json(body)
    except (ValueError, RecursionError) as error:
        raise SupplierUnavailable(f"answer is no {shape.__name__}: {_where(error)}") from None


def _where(error: Any) -> str:
    """Which fields are wrong; never what stood in them."""
    wrong = (
        error.errors(include_input=False, include_url=False, include_context=False) if hasattr(error, "errors") else []
    )
    return (
        "; ".join(f"{'.'.join(map(str, one['loc']))[:60]} {one['type']}" for one in wrong[:3]) or type(error).__name__
    )
