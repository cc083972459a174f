"""Who reads a contract besides oneself, and objecting to somebody: by the letter that told, or in the cabinet.

An objection takes the contract out of the new reader's cabinet at once, and the supplier decides. A reader whom the
supplier itself let in stays until it has: a person has decided already.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select, update

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service, visible_contract, visible_contracts
from energo_cabinet.auth.login_session import sha256
from energo_cabinet.domain.masked import masked_email
from energo_cabinet.errors import CabinetError, Conflict, NotFound
from energo_cabinet.models import (
    Contract,
    ContractLink,
    LinkObjection,
    LinkWay,
    NotificationKind,
    ObjectionFate,
    Supplier,
    User,
    UserStatus,
)
from energo_cabinet.services.contract.link_request import REQUESTS
from energo_cabinet.services.notice.sending import Message, tell
from energo_cabinet.services.notice.staff_live import tell_staff
from energo_cabinet.settings import get_settings

MAX_KEY = 100


@dataclass(frozen=True, slots=True)
class ReaderCard:
    """Somebody who reads one of the caller's contracts; `way`: by what they came; `since` local to the supplier.

    `may_object`: they came after the caller.
    """

    link_id: int
    number: str
    name: str
    email: str
    way: LinkWay
    since: datetime
    may_object: bool


@dataclass(frozen=True, slots=True)
class ObjectionCard:
    """What a letter's key is about; `is_open`: whether one may still object."""

    number: str
    supplier: str
    name: str
    email: str
    way: LinkWay
    since: datetime
    fate: ObjectionFate
    is_open: bool


@service("customer", "contract.readers")
def other_readers(session: Session, subject: Subject) -> list[ReaderCard]:
    """Everybody else who reads one of the caller's contracts, newest first."""
    mine = visible_contracts(subject).with_only_columns(col(Contract.id))
    query = (
        select(ContractLink, User, Contract.number, Supplier.zone_name)
        .join(User, col(User.id) == ContractLink.user_id)
        .join(Contract, col(Contract.id) == ContractLink.contract_id)
        .join(Supplier, col(Supplier.id) == Contract.supplier_id)
        .where(col(ContractLink.contract_id).in_(mine), col(ContractLink.unlinked_at).is_(None))
        .where(ContractLink.user_id != subject.user, User.status == UserStatus.ACTIVE)
        .order_by(col(ContractLink.linked_at).desc(), col(ContractLink.id))
        .limit(200)
    )
    live = (ContractLink.user_id == subject.user, col(ContractLink.unlinked_at).is_(None))
    own = {link.contract_id: link.linked_at for link in session.exec(select(ContractLink).where(*live))}
    return [
        ReaderCard(
            link_id=link.id,
            number=number,
            name=user.full_name,
            email=masked_email(user.email),
            way=link.way,
            since=link.linked_at.astimezone(ZoneInfo(zone_name)),
            may_object=link.linked_at > own[link.contract_id],
        )
        for link, user, number, zone_name in session.exec(query).all()
    ]


@service("customer", "contract.object")
def object_to_reader(session: Session, subject: Subject, link_id: int) -> None:
    """«Это не должно быть»: a reader of the same contract who was there before objects. NotFound, Conflict."""
    link = session.get(ContractLink, link_id)
    if link is None or link.unlinked_at is not None or link.user_id == subject.user:
        raise NotFound
    contract = visible_contract(session, subject, link.contract_id)
    mine = (ContractLink.user_id == subject.user, ContractLink.contract_id == contract.id)
    own = session.exec(select(ContractLink).where(*mine, col(ContractLink.unlinked_at).is_(None))).one()
    if own.linked_at >= link.linked_at:
        raise Conflict("reader_is_older")
    rate.take(get_settings().limit_objection_user, "objection", str(subject.user))
    waiting = (LinkObjection.link_id == link.id, LinkObjection.user_id == subject.user)
    row = session.exec(select(LinkObjection).where(*waiting)).first()
    if row is None:  # a reader from before readers were told of one another
        row = LinkObjection(
            link_id=link.id,
            supplier_id=contract.supplier_id,
            contract_id=contract.id,
            user_id=subject.user,
            key_sha256=_no_key(link, subject),
            created_at=subject.at,
            expires_at=subject.at,
        )
        session.add(row)
        session.flush()
    _object(session, subject, row, link)


@service("public", "contract.look_at_objection")
def look_at_objection(session: Session, subject: Subject, key: str) -> ObjectionCard:
    """What the letter's key is about; CabinetError("invalid_code", "key") for no key of ours."""
    row = _by_key(session, key)
    link = session.get_one(ContractLink, row.link_id)
    person, contract = session.get_one(User, link.user_id), session.get_one(Contract, row.contract_id)
    supplier = session.get_one(Supplier, row.supplier_id)
    return ObjectionCard(
        number=contract.number,
        supplier=supplier.name,
        name=person.full_name,
        email=masked_email(person.email),
        way=link.way,
        since=link.linked_at.astimezone(ZoneInfo(supplier.zone_name)),
        fate=row.fate,
        is_open=row.fate is ObjectionFate.TOLD and row.expires_at > subject.at and link.unlinked_at is None,
    )


@service("public", "contract.object_by_letter")
def object_by_letter(session: Session, subject: Subject, key: str) -> None:
    """The one click of the letter; CabinetError("invalid_code", "key"): unknown, used, or too late."""
    row = _by_key(session, key)
    link = session.get_one(ContractLink, row.link_id)
    if row.expires_at <= subject.at or link.unlinked_at is not None:
        raise CabinetError("invalid_code", "key")
    _object(session, subject, row, link)


def _object(session: Session, subject: Subject, row: LinkObjection, link: ContractLink) -> None:
    mine = update(LinkObjection).where(col(LinkObjection.id) == row.id, col(LinkObjection.fate) == ObjectionFate.TOLD)
    if session.exec(mine.values(fate=ObjectionFate.OBJECTED, objected_at=subject.at)).rowcount != 1:
        raise CabinetError("invalid_code", "key")
    if link.way is not LinkWay.STAFF:
        link.unlinked_at = subject.at
        session.add(link)
    contract, supplier = session.get_one(Contract, row.contract_id), session.get_one(Supplier, row.supplier_id)
    facts = {"number": contract.number, "supplier": supplier.name, "out": "" if link.unlinked_at is None else "on"}
    person = session.get_one(User, link.user_id)
    tell(session, subject, [person], Message(NotificationKind.OBJECTED, facts=facts, contract_id=contract.id))
    tell_staff(session, subject, row.supplier_id, "customers", REQUESTS)


def _no_key(link: ContractLink, subject: Subject) -> str:
    """What no letter's key has for its digest, and nobody can find a key to; the same for two clicks at once."""
    named = f"asked in the cabinet|{link.id}|{subject.user}"
    return hmac.digest(get_settings().key, named.encode(), "sha256").hex()


def _by_key(session: Session, key: object) -> LinkObjection:
    known = isinstance(key, str) and 0 < len(key) <= MAX_KEY
    row = (
        session.exec(select(LinkObjection).where(LinkObjection.key_sha256 == sha256(str(key)))).first()
        if known
        else None
    )
    if row is None:
        raise CabinetError("invalid_code", "key")
    return row
