"""Erasing an account (R-37): asked for with the password, cancelled within the term, then done by a job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete as delete_core
from sqlalchemy import update as update_core
from sqlmodel import Session, SQLModel, col, select, update

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import revoke
from energo_cabinet.auth.supplier_access import ERASED_HOST
from energo_cabinet.errors import Conflict
from energo_cabinet.models import ContractLink, Erasure, User, UserStatus
from energo_cabinet.services.contract.search_index import index_contracts
from energo_cabinet.services.notice import letter
from energo_cabinet.services.person.personal_data import BLANKED, KEPT, owned_tables, rows_of
from energo_cabinet.services.sign_in.account import waiting_for
from energo_cabinet.services.sign_in.reauthentication import confirm_password, signed_in_user
from energo_cabinet.settings import Settings, get_settings

AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class PendingErasure:
    """When the account will be erased, and why: "asked" or "consent"."""

    due_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ErasureTerm:
    """The term in days and the norm it comes from."""

    days: int
    source: str


@service("customer", "erasure.pending")
def pending_erasure(session: Session, subject: Subject) -> PendingErasure | None:
    """What awaits the caller's account."""
    row = waiting_for(session, subject.user)
    return PendingErasure(row.due_at, row.reason) if row else None


@service("customer", "erasure.term")
def erasure_term(session: Session, subject: Subject) -> ErasureTerm:
    """How long it takes and why so long."""
    extra = Settings.model_fields["erasure_days"].json_schema_extra
    return ErasureTerm(get_settings().erasure_days, str(extra["source"]) if isinstance(extra, dict) else "")


@service("customer", "erasure.ask")
def ask_erasure(session: Session, subject: Subject, password: str) -> None:
    """Have the account erased after the term; the owner is told by letter. Errors of `confirm_password`, Conflict."""
    begin_erasure(session, subject, confirm_password(session, subject, password), "asked")


@service("customer", "erasure.cancel")
def cancel_erasure(session: Session, subject: Subject) -> None:
    """Stay; nothing happens when nothing awaits the account."""
    row = waiting_for(session, subject.user)
    if row is None:
        return
    row.cancelled_at = subject.at
    session.add(row)
    user = signed_in_user(session, subject)
    letter.post(session, subject, "erasure_cancelled", user.email, user.language)


@service("system", "erasure.carry_out")
def erase_due(session: Session, subject: Subject) -> int:
    """Erase the accounts whose term is over; how many."""
    due = (col(Erasure.done_at).is_(None), col(Erasure.cancelled_at).is_(None), col(Erasure.due_at) <= subject.at)
    rows = session.exec(select(Erasure).where(*due).order_by(col(Erasure.due_at)).limit(AT_ONCE)).all()
    for row in rows:
        row.erased = _erase(session, subject, row.user_id)
        row.done_at = subject.at
        session.add(row)
    session.flush()
    return len(rows)


def begin_erasure(session: Session, subject: Subject, user: User, reason: str) -> None:
    """Start the term."""
    if waiting_for(session, subject.user) is not None:
        raise Conflict("erasure_waiting")
    due_at = subject.at + timedelta(days=get_settings().erasure_days)
    session.add(Erasure(user_id=subject.user, reason=reason, asked_at=subject.at, due_at=due_at))
    letter.post(session, subject, "erasure_asked", user.email, user.language, date=f"{due_at:%d.%m.%Y}")


def _erase(session: Session, subject: Subject, user_id: int) -> dict[str, int]:
    """Rows erased by table: an act that names nobody."""
    user = session.get(User, user_id, populate_existing=True)
    if user is None:
        return {}
    letters = SQLModel.metadata.tables["outbox_letter"]
    erased = {"outbox_letter": session.execute(delete_core(letters).where(letters.c.to_email == user.email)).rowcount}  # type: ignore[attr-defined]
    revoke(session, user_id, subject.at)
    live = (col(ContractLink.user_id) == user_id, col(ContractLink.unlinked_at).is_(None))
    linked = session.exec(select(ContractLink.contract_id).where(*live)).all()
    session.exec(update(ContractLink).where(*live).values(unlinked_at=subject.at))
    session.flush()
    for table in reversed(owned_tables()):
        mine = rows_of(table, user_id)
        if table.name not in KEPT:
            erased[table.name] = session.execute(delete_core(table).where(mine)).rowcount  # type: ignore[attr-defined]
        elif table.name in BLANKED:
            session.execute(update_core(table).where(mine).values(**BLANKED[table.name]))
    _anonymise(session, subject, user)
    index_contracts(session, linked)
    return {name: count for name, count in erased.items() if count}


def _anonymise(session: Session, subject: Subject, user: User) -> None:
    """The row stays for what points to it, without anything of the person."""
    user.email, user.status, user.password_hash = f"erased-{user.id}@{ERASED_HOST}", UserStatus.DISABLED, ""
    user.full_name = user.phone = user.address = user.contract_number = ""
    user.consumer_class, user.password_changed_at = None, subject.at
    session.add(user)
    session.flush()
