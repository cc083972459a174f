"""Contracts in the sidebar: link by the supplier's login and password, rename, unlink (Н-21…Н-30, Н-41, Н-49, Н-50)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from sqlmodel import Session, col, exists, func, or_, select

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, caller, live_links, service
from energo_cabinet.domain.form_text import text_problem
from energo_cabinet.domain.typed import is_id
from energo_cabinet.errors import CabinetError, InvalidInput, NotFound, Outside, WrongSecret
from energo_cabinet.gateways import supplier as gateways
from energo_cabinet.gateways.supplier import ContractFacts
from energo_cabinet.models import (
    ConsumerClass,
    Contract,
    ContractLink,
    GatewayKind,
    LinkWay,
    MeteringPoint,
    Supplier,
    SupplierAccess,
)
from energo_cabinet.services.contract.customer_block import BLOCKED_REASON
from energo_cabinet.services.contract.login import count_try, settle_try
from energo_cabinet.services.contract.opening import open_contract
from energo_cabinet.services.supplier.adoption import adopt
from energo_cabinet.services.supplier.freshness import Freshness, freshness, with_freshness
from energo_cabinet.services.supplier.gateway import gateway_of
from energo_cabinet.settings import get_settings

TITLE_LENGTH = 100


@dataclass(frozen=True, slots=True)
class SupplierChoice:
    """A line of the dropdown «Поставщик»."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ContractCard:
    """A contract as the caller sees it; `points`: how many metering points it has.

    `blocked`: why its supplier has closed it to new links, "" when it is open.
    `freshness`: how old its data are, None when they are kept here.
    """

    link_id: int
    contract_id: int
    title: str
    supplier_name: str
    number: str
    consumer_class: ConsumerClass
    points: int
    blocked: str = ""
    freshness: Freshness | None = None


@service("customer", "contract.list_suppliers")
def list_suppliers(session: Session, subject: Subject) -> list[SupplierChoice]:
    """Suppliers whose contracts can be linked, by name."""
    connected = exists().where(col(SupplierAccess.supplier_id) == col(Supplier.id))
    reachable = (col(Supplier.is_active).is_(True), or_(col(Supplier.gateway) == GatewayKind.LOCAL, connected))
    found = session.exec(select(Supplier).where(*reachable).order_by(Supplier.name))
    return [SupplierChoice(s.id, s.code, s.name) for s in found]


@service("customer", "contract.list")
def list_contracts(session: Session, subject: Subject) -> list[ContractCard]:
    """The caller's contracts in the order they were linked."""
    return _cards(session, subject)


@service("customer", "contract.link")
def link_contract(
    session: Session, subject: Subject, supplier: int, title: str, login: str, password: str
) -> ContractCard:
    """Open a contract by the supplier's credentials and put it into the caller's sidebar.

    InvalidInput: supplier, title, login, password; every other refusal carries the field it stands beside.
    """
    _check(title=title, login=login, password=password)
    chosen = _supplier(session, supplier)
    rate.take(get_settings().limit_contract_ip, "contract", str(subject.user))
    with _refusals():
        gateway = gateway_of(session, subject, chosen)
        if chosen.gateway == GatewayKind.HTTP:
            count_try(session, subject, chosen.id, login.strip())
            call = partial(_open, gateway, login.strip(), password)
            raise Outside(call, partial(_opened, chosen.id, login.strip(), title.strip()))
        facts = gateway.link(login.strip(), password)
    contract = session.exec(
        select(Contract).where(Contract.supplier_id == chosen.id, Contract.number == facts.number)
    ).one()
    return _link(session, subject, contract, title.strip())


def card_of(session: Session, subject: Subject, link_id: int) -> ContractCard:
    """One of the caller's contracts."""
    return _cards(session, subject, link_id)[0]


@service("customer", "contract.rename")
def rename_contract(session: Session, subject: Subject, link_id: int, title: str) -> ContractCard:
    """Give a contract another name, for the caller only (Н-49, Н-50)."""
    link = _own_link(session, subject, link_id)
    _check(title=title)
    link.title = title.strip()
    session.add(link)
    session.flush()
    return card_of(session, subject, link_id)


@service("customer", "contract.unlink")
def unlink_contract(session: Session, subject: Subject, link_id: int) -> None:
    """Take a contract out of the caller's sidebar; the row stays as history and it can be linked again."""
    link = _own_link(session, subject, link_id)
    link.unlinked_at = subject.at
    session.add(link)


def _open(gateway: gateways.SupplierGateway, login: str, password: str) -> ContractFacts | gateways.Refused:
    """Ask another system, outside of any transaction."""
    try:
        return gateway.link(login, password)
    except gateways.Refused as refusal:
        return refusal


def _opened(
    supplier_id: int,
    login: str,
    title: str,
    session: Session,
    subject: Subject,
    outcome: ContractFacts | gateways.Refused,
) -> ContractCard:
    """The other system has answered `link_contract`; the rule is asked anew, the session may have ended meanwhile."""
    subject.require("customer")
    refusal = outcome if isinstance(outcome, gateways.Refused) else None
    try:
        with _refusals():
            if (told := settle_try(session, subject, supplier_id, login, refusal)) is not None:
                raise told
        assert isinstance(outcome, ContractFacts)
        return _link(session, subject, adopt(session, subject, supplier_id, outcome), title)
    except CabinetError as error:
        error.commits = True  # what was counted, and what was taken back
        raise


def _check(**values: object) -> None:
    problems = {name: text_problem(value, TITLE_LENGTH) for name, value in values.items()}
    wrong = {name: code for name, code in problems.items() if code}
    if wrong:
        raise InvalidInput(wrong)


def _supplier(session: Session, supplier_id: object) -> Supplier:
    if not is_id(supplier_id):
        raise InvalidInput({"supplier": "required"})
    supplier = session.get(Supplier, supplier_id)
    if supplier is None or not supplier.is_active:
        raise InvalidInput({"supplier": "required"})
    return supplier


@contextmanager
def _refusals() -> Iterator[None]:
    """The gateway's refusals as messages beside a field."""
    try:
        yield
    except gateways.UnknownLogin:
        raise CabinetError("unknown_contract_login", "login") from None
    except gateways.WrongPassword:
        raise WrongSecret("wrong_contract_password", "password") from None
    except gateways.LoginLocked as locked:
        raise WrongSecret("contract_locked", "login", minutes=locked.minutes) from None
    except gateways.SupplierUnavailable:
        raise CabinetError("supplier_unavailable", "supplier") from None


def _link(session: Session, subject: Subject, contract: Contract, title: str) -> ContractCard:
    link = open_contract(session, subject, contract, subject.user, title, LinkWay.LOGIN, "login")
    return card_of(session, subject, link.id)


def _own_link(session: Session, subject: Subject, link_id: int) -> ContractLink:
    link = session.get(ContractLink, link_id)
    if link is None or link.user_id != subject.user_id or link.unlinked_at is not None:
        raise NotFound
    return link


def _cards(session: Session, subject: Subject, link_id: int | None = None) -> list[ContractCard]:
    rows = session.execute(_CARDS, caller(subject)).all()
    return [
        ContractCard(*(*row[:_FACTS], freshness(row[_FACTS:], subject.at)))
        for row in rows
        if link_id is None or row[0] == link_id
    ]


_FACTS = 8
_POINTS = select(func.count()).where(MeteringPoint.contract_id == Contract.id).scalar_subquery()
_CARDS = with_freshness(  # built once: every page runs it
    select(  # type: ignore[call-overload]
        ContractLink.id,
        ContractLink.contract_id,
        ContractLink.title,
        Supplier.name,
        Contract.number,
        Contract.consumer_class,
        _POINTS,
        BLOCKED_REASON,
    )
    .join(Contract, col(Contract.id) == ContractLink.contract_id)
    .join(Supplier, col(Supplier.id) == Contract.supplier_id)
    .where(*live_links())
    .order_by(col(ContractLink.linked_at), col(ContractLink.id))
)
