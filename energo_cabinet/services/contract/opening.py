"""The one way in which somebody comes to read a contract: all who read it already are told, and may object."""

from __future__ import annotations

import secrets
from datetime import timedelta
from urllib.parse import quote

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from energo_cabinet import routes
from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.login_session import sha256
from energo_cabinet.domain.masked import masked_email
from energo_cabinet.errors import CabinetError, Conflict
from energo_cabinet.models import (
    Contract,
    ContractLink,
    LinkObjection,
    LinkWay,
    NotificationKind,
    ObjectionFate,
    Supplier,
    User,
)
from energo_cabinet.services.contract.customer_block import refuse_blocked
from energo_cabinet.services.notice import letter
from energo_cabinet.services.notice.sending import Message, readers_of, tell
from energo_cabinet.settings import get_settings


def open_contract(
    session: Session, subject: Subject, contract: Contract, user_id: int, title: str, way: LinkWay, field: str
) -> ContractLink:
    """Put a contract into a person's cabinet, and tell its other readers and the supplier's own address.

    `field` is what a refusal stands beside: Conflict("already_linked"), CabinetError("objected"), blocks.
    """
    refuse_blocked(session, contract, user_id, field)
    if way is LinkWay.STAFF:
        _answer(session, subject, contract.id, user_id)
    elif is_objected(session, contract.id, user_id):
        raise CabinetError("objected", field)
    link = ContractLink(user_id=user_id, contract_id=contract.id, title=title, way=way, linked_at=subject.at)
    try:
        with session.begin_nested():
            session.add(link)  # the partial unique index decides, also between two tabs
    except IntegrityError:
        raise Conflict("already_linked", field) from None
    _tell(session, subject, contract, link)
    return link


def open_again(session: Session, subject: Subject, contract: Contract, gone: ContractLink) -> None:
    """Give back what an objection took, by the supplier's decision: whoever reads the contract knows of it already."""
    _answer(session, subject, contract.id, gone.user_id)
    live = (ContractLink.user_id == gone.user_id, ContractLink.contract_id == contract.id)
    if session.exec(select(ContractLink.id).where(*live, col(ContractLink.unlinked_at).is_(None))).first() is None:
        again = gone.model_dump(exclude={"id", "unlinked_at"}) | {"linked_at": subject.at, "way": LinkWay.STAFF}
        session.add(ContractLink(**again))


def is_objected(session: Session, contract_id: int, user_id: int) -> bool:
    """Whether a reader has objected to this person and the supplier has not let them in since."""
    return session.exec(_objections(contract_id, user_id)).first() is not None


def _objections(contract_id: int, user_id: int) -> SelectOfScalar[LinkObjection]:
    query = select(LinkObjection).join(ContractLink, col(ContractLink.id) == LinkObjection.link_id)
    out = col(LinkObjection.fate).in_((ObjectionFate.OBJECTED, ObjectionFate.KEPT_OUT))
    return query.where(LinkObjection.contract_id == contract_id, ContractLink.user_id == user_id, out)


def _answer(session: Session, subject: Subject, contract_id: int, user_id: int) -> None:
    """The supplier lets the person in: whatever was objected is decided."""
    for row in session.exec(_objections(contract_id, user_id)).all():
        row.fate, row.decided_at = ObjectionFate.LET_IN, subject.at
        session.add(row)


def _tell(session: Session, subject: Subject, contract: Contract, link: ContractLink) -> None:
    supplier, person = session.get_one(Supplier, contract.supplier_id), session.get_one(User, link.user_id)
    others = [user for user in readers_of(session, contract.id) if user.id != link.user_id]
    facts = {"number": contract.number, "supplier": supplier.name, "who": person.full_name, "way": link.way.value}
    message = Message(NotificationKind.READER_ADDED, facts=facts, contract_id=contract.id, has_own_letter=True)
    tell(session, subject, others, message)
    for user in others:
        _post(session, subject, contract, link, person, user.email, user.language, user.id)
    known = contract.contact_email
    if known and known not in {person.email, *(user.email for user in others)}:
        _post(session, subject, contract, link, person, known, "ru", None)


def _post(
    session: Session,
    subject: Subject,
    contract: Contract,
    link: ContractLink,
    person: User,
    email: str,
    language: str,
    user_id: int | None,
) -> None:
    """The letter, and the key that objects, which is in it and nowhere else."""
    key, supplier = secrets.token_urlsafe(32), session.get_one(Supplier, contract.supplier_id)
    days = get_settings().objection_days
    session.add(
        LinkObjection(
            link_id=link.id,
            supplier_id=contract.supplier_id,
            contract_id=contract.id,
            user_id=user_id,
            email="" if user_id else email,
            key_sha256=sha256(key),
            created_at=subject.at,
            expires_at=subject.at + timedelta(days=days),
        )
    )
    letter.post(
        session,
        subject,
        "reader_added",
        email,
        language,
        number=contract.number,
        supplier=supplier.name,
        who=person.full_name,
        email=masked_email(person.email),
        way=letter.Word(f"reader.way.{link.way.value}"),
        days=days,
        link=f"{get_settings().base_url}{routes.OBJECT}?key={quote(key, safe='')}",
    )
