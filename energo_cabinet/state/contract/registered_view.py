"""What «Учетные данные» shows, as texts."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from energo_cabinet import routes
from energo_cabinet.formatting import counted, day, dots
from energo_cabinet.i18n import text
from energo_cabinet.services.contract.link_request import LinkRequestCard
from energo_cabinet.services.contract.reader import ReaderCard
from energo_cabinet.services.contract.registered import Registered, RegisteredContract


@dataclass(frozen=True)
class PointLink:
    """A metering point with its address in the cabinet."""

    title: str
    place: str
    address: str


@dataclass(frozen=True)
class ContractView:
    """A contract with its objects; `change` is the address of the ticket that asks for a correction."""

    key: str
    title: str
    supplier: str
    number: str
    customer: str
    place: str
    kind: str
    count: str
    points: list[PointLink]
    has_more: bool
    all_points: str
    change: str


@dataclass(frozen=True)
class RequestView:
    """A request for a contract; `status` is "waiting", "linked" or "refused"."""

    id: int
    number: str
    supplier: str
    status: str
    reason: str
    asked_on: str


@dataclass(frozen=True)
class ReaderView:
    """Somebody else who reads one of the contracts; `how` in words, `way` as the database names it."""

    link_id: str
    name: str
    email: str
    number: str
    since: str
    how: str
    way: str
    may_object: bool


def person_view(found: Registered) -> dict[str, str]:
    """Who; "—" for what was not given."""
    shown = {
        "full_name": found.full_name,
        "email": found.email,
        "phone": found.phone,
        "address": found.address,
        "contract_number": found.contract_number,
    }
    filled = {name: value or "—" for name, value in shown.items()}
    return filled | {"consumer_class": found.consumer_class.value if found.consumer_class else ""}


def contract_view(contract: RegisteredContract, language: str) -> ContractView:
    """A contract in the user's language."""
    return ContractView(
        key=str(contract.link_id),
        title=contract.title,
        supplier=contract.supplier_name,
        number=contract.number,
        customer=contract.customer_name or "—",
        place=contract.address or "—",
        kind=contract.consumer_class.value,
        count=counted(contract.point_count, "registered.points_count", language),
        points=[PointLink(p.name, dots([p.number, p.address]), routes.point(p.id)) for p in contract.points],
        has_more=contract.point_count > len(contract.points),
        all_points=f"{routes.POINTS}?contract={contract.link_id}",
        change=_change(contract, language),
    )


def request_view(request: LinkRequestCard) -> RequestView:
    """A request with the day it was made."""
    return RequestView(
        id=request.id,
        number=request.contract_number,
        supplier=request.supplier_name,
        status=request.status.value,
        reason=request.reason,
        asked_on=day(request.created_at.date()),
    )


def reader_view(card: ReaderCard, language: str) -> ReaderView:
    """A reader, with the day since when."""
    return ReaderView(
        link_id=str(card.link_id),
        name=card.name,
        email=card.email,
        number=card.number,
        since=day(card.since.date()),
        how=text(f"reader.way.{card.way.value}", language),
        way=card.way.value,
        may_object=card.may_object,
    )


def _change(contract: RegisteredContract, language: str) -> str:
    facts = {"number": contract.number, "customer": contract.customer_name, "address": contract.address}
    asked = {
        "contract": str(contract.link_id),
        "category": "other",
        "theme": text("registered.change_theme", language, number=contract.number),
        "text": text("registered.change_text", language, **facts).strip(),
    }
    return f"{routes.TICKET_NEW}?{urlencode(asked)}"
