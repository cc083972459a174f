"""«Учетные данные»: who is registered, with which contracts, objects and points (Э-55)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from energo_cabinet.auth.access import Subject, service, visible_contracts, visible_points
from energo_cabinet.errors import NotFound
from energo_cabinet.models import ConsumerClass, Contract, ContractLink, MeteringPoint, Supplier, User

POINTS_SHOWN = 10
"""Points listed with a contract; a company's other points are behind a link."""


@dataclass(frozen=True, slots=True)
class RegisteredPoint:
    """A metering point of a contract."""

    id: int
    number: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class RegisteredContract:
    """A contract as its supplier keeps it; `points` has at most POINTS_SHOWN of `point_count`."""

    contract_id: int
    link_id: int
    title: str
    number: str
    supplier_name: str
    customer_name: str
    address: str
    consumer_class: ConsumerClass
    point_count: int
    points: tuple[RegisteredPoint, ...]


@dataclass(frozen=True, slots=True)
class Registered:
    """Who, and what is registered for them; texts nobody gave are ""."""

    full_name: str
    email: str
    phone: str
    address: str
    contract_number: str
    consumer_class: ConsumerClass | None
    contracts: tuple[RegisteredContract, ...]


@service("customer", "contract.registered")
def registered(session: Session, subject: Subject) -> Registered:
    """What the cabinet and the suppliers keep about the caller."""
    user = session.get(User, subject.user)
    if user is None:
        raise NotFound
    return Registered(
        full_name=user.full_name,
        email=user.email,
        phone=user.phone,
        address=user.address,
        contract_number=user.contract_number,
        consumer_class=user.consumer_class,
        contracts=tuple(_contracts(session, subject)),
    )


def _contracts(session: Session, subject: Subject) -> list[RegisteredContract]:
    seen = visible_contracts(subject).with_only_columns(col(Contract.id))
    query = (
        select(ContractLink, Contract, Supplier.name)
        .join(Contract, col(Contract.id) == ContractLink.contract_id)
        .join(Supplier, col(Supplier.id) == Contract.supplier_id)
        .where(
            col(Contract.id).in_(seen), ContractLink.user_id == subject.user, col(ContractLink.unlinked_at).is_(None)
        )
        .order_by(col(ContractLink.linked_at), col(ContractLink.id))
    )
    rows = session.exec(query).all()
    points = _points(session, subject)
    return [_contract(link, contract, name, *points.get(contract.id, (0, []))) for link, contract, name in rows]


def _points(session: Session, subject: Subject) -> dict[int | None, tuple[int, list[RegisteredPoint]]]:
    """Contract → (how many points, the first of them), in one query however many points there are."""
    place = func.row_number().over(partition_by=col(MeteringPoint.contract_id), order_by=col(MeteringPoint.number))
    count = func.count().over(partition_by=col(MeteringPoint.contract_id))
    columns = (MeteringPoint.contract_id, MeteringPoint.id, MeteringPoint.number, MeteringPoint.name)
    ranked = (
        visible_points(subject)
        .with_only_columns(*columns, MeteringPoint.address, place.label("place"), count.label("count"))  # type: ignore[call-overload]
        .subquery()
    )
    found: dict[int | None, tuple[int, list[RegisteredPoint]]] = {}
    query = select(ranked).where(ranked.c.place <= POINTS_SHOWN).order_by(ranked.c.contract_id, ranked.c.place)
    for contract_id, key, number, name, address, _, many in session.execute(query):
        found.setdefault(contract_id, (many, []))[1].append(RegisteredPoint(key, number, name, address))
    return found


def _contract(
    link: ContractLink, contract: Contract, supplier_name: str, count: int, points: list[RegisteredPoint]
) -> RegisteredContract:
    return RegisteredContract(
        contract_id=contract.id,
        link_id=link.id,
        title=link.title,
        number=contract.number,
        supplier_name=supplier_name,
        customer_name=contract.customer_name,
        address=contract.address,
        consumer_class=contract.consumer_class,
        point_count=count,
        points=tuple(points),
    )
