"""A disabled account: nothing opens it until it is enabled, and whoever knows its password reads whom to write to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from sqlmodel import Session, col, select, update

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.login_session import revoke
from energo_cabinet.errors import AccountDisabled, Conflict, WrongSecret
from energo_cabinet.models import AccountHold, FactorReset, Supplier, User, UserStatus
from energo_cabinet.services.notice import letter
from energo_cabinet.settings import get_settings


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to write to about a disabled account; `ways`: phone and address, "" for none."""

    name: str
    ways: str

    @property
    def words(self) -> str:
        """Both in one line."""
        return f"{self.name}: {self.ways}" if self.ways else self.name


@service("public", "sign_in.contact")
def contact(session: Session, subject: Subject, code: str) -> Contact:
    """Of a supplier by its code, of the installation for any other."""
    known = code if isinstance(code, str) and 0 < len(code) <= 40 else ""
    supplier = session.exec(select(Supplier).where(Supplier.code == known)).first() if known else None
    return contact_of(supplier)


def contact_of(supplier: Supplier | None) -> Contact:
    """The supplier's phone and address, the installation's where it has none."""
    ways = " · ".join(way for way in (supplier.phone, supplier.email) if way) if supplier else ""
    name = supplier.name if supplier else get_settings().system_name
    return Contact(name, ways or get_settings().support_email)


def hold(session: Session, subject: Subject, user: User, supplier_id: int | None, by: str, reason: str) -> None:
    """Disable an account: sessions and phones end, resets that wait are dropped, a letter says why. Conflict."""
    was = user.status
    mine = update(User).where(col(User.id) == user.id, col(User.status) == was, col(User.status) != UserStatus.DISABLED)
    if session.exec(mine.values(status=UserStatus.DISABLED)).rowcount != 1:
        raise Conflict("account_is_disabled")
    row = AccountHold(user_id=user.id, supplier_id=supplier_id, reason=reason, was=was, by=by[:200], held_at=subject.at)
    session.add(row)
    waiting = (col(FactorReset.user_id) == user.id, col(FactorReset.done_at).is_(None))
    reset = update(FactorReset).where(*waiting, col(FactorReset.stopped_at).is_(None))
    session.exec(reset.values(stopped_at=subject.at, stopped_by=by[:200]))
    revoke(session, user.id, subject.at)
    session.flush()
    tell_disabled(session, subject, user)


def lift(session: Session, subject: Subject, user: User, row: AccountHold, by: str) -> None:
    """Enable it again, as it was; phones are joined anew. Conflict when somebody else was faster."""
    mine = update(AccountHold).where(col(AccountHold.id) == row.id, col(AccountHold.lifted_at).is_(None))
    if session.exec(mine.values(lifted_at=subject.at, lifted_by=by[:200])).rowcount != 1:
        raise Conflict("account_is_enabled")
    session.exec(update(User).where(col(User.id) == user.id).values(status=row.was, failed_sign_ins=0))
    letter.post(session, subject, "account_enabled", user.email, user.language, link=get_settings().base_url)


def live_hold(session: Session, user_id: int) -> AccountHold | None:
    """What keeps an account disabled now."""
    query = select(AccountHold).where(AccountHold.user_id == user_id, col(AccountHold.lifted_at).is_(None))
    return session.exec(query).first()


def refuse_disabled(session: Session, user: User) -> NoReturn:
    """AccountDisabled with whom to write to; WrongSecret for an account that is disabled for good."""
    row = live_hold(session, user.id)
    if row is None:
        raise WrongSecret("wrong_credentials")
    supplier = _holder(session, row)
    raise AccountDisabled(supplier.code if supplier else "", contact_of(supplier).words)


def tell_disabled(session: Session, subject: Subject, user: User) -> None:
    """A letter that says whom to write to and why; none to an account that is disabled for good."""
    row = live_hold(session, user.id)
    if row is None:
        return
    words = contact_of(_holder(session, row)).words
    facts = {"whom": words, "reason": row.reason}
    letter.post(session, subject, "account_disabled", user.email, user.language, **facts)


def _holder(session: Session, row: AccountHold) -> Supplier | None:
    return session.get(Supplier, row.supplier_id) if row.supplier_id is not None else None
