"""An account as administrators see it: what lets somebody in, and what has been done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, or_, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.second_factor import active_factor, needs_second_step
from energo_cabinet.auth.supplier_access import of_supplier, visible_account
from energo_cabinet.models import Contract, ContractLink, FactorReset, KnownBrowser, LoginSession, PairedDevice, User
from energo_cabinet.services.sign_in.hold import live_hold
from energo_cabinet.services.staff.account_search import AccountLine, account_line
from energo_cabinet.services.staff.reach import Reach, reach_of
from energo_cabinet.settings import get_settings

MOST = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """What lets somebody in: a login session, a paired phone, a known browser. `device`, `ip` "" for what has none."""

    id: int
    device: str
    ip: str
    since: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """Why and by whom an account is disabled; `may_lift`: by the caller, too."""

    reason: str
    by: str
    at: datetime
    may_lift: bool


@dataclass(frozen=True, slots=True)
class WaitingReset:
    """A second factor that goes at `due_at` unless somebody stops that; `by` "" for the command line."""

    by: str
    asked_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class AccountCard:
    """An account with everything that lets somebody into it; times in the default zone. `factor` "" for none."""

    line: AccountLine
    reach: Reach
    contracts: tuple[str, ...]
    failed_sign_ins: int
    factor: str
    held: Held | None
    reset: WaitingReset | None
    sessions: tuple[Entry, ...]
    phones: tuple[Entry, ...]
    browsers: tuple[Entry, ...]


@service("staff:admin", "account.open")
def account_card(session: Session, subject: Subject, account_id: int) -> AccountCard:
    """One of the accounts that the caller may see. NotFound for any other."""
    user = visible_account(session, subject, account_id)
    zone = ZoneInfo(get_settings().default_zone)
    return AccountCard(
        line=account_line(session, subject, user),
        reach=reach_of(session, subject, user),
        contracts=tuple(_contracts(session, subject, user)),
        failed_sign_ins=user.failed_sign_ins,
        factor=_factor(session, user.id),
        held=_held(session, subject, user, zone),
        reset=_reset(session, user, zone),
        sessions=tuple(_sessions(session, subject, user, zone)),
        phones=tuple(_phones(session, subject, user, zone)),
        browsers=tuple(_browsers(session, user, zone)),
    )


def _factor(session: Session, user_id: int) -> str:
    """Its kind, "passkey" where a passkey alone is asked for, "" for none."""
    if factor := active_factor(session, user_id):
        return factor.kind.value
    return "passkey" if needs_second_step(session, user_id) else ""


def waiting_reset(session: Session, user_id: int) -> FactorReset | None:
    """The reset that an account's second factor waits for, the first of several."""
    waits = (col(FactorReset.stopped_at).is_(None), col(FactorReset.done_at).is_(None))
    query = select(FactorReset).where(FactorReset.user_id == user_id, *waits)
    return session.exec(query.order_by(col(FactorReset.due_at), col(FactorReset.id))).first()


def _contracts(session: Session, subject: Subject, user: User) -> list[str]:
    query = (
        select(Contract.number)
        .join(ContractLink, col(ContractLink.contract_id) == Contract.id)
        .where(ContractLink.user_id == user.id, col(ContractLink.unlinked_at).is_(None))
        .where(of_supplier(subject, Contract.supplier_id))
    )
    return list(session.exec(query.order_by(Contract.number).limit(MOST)))


def _held(session: Session, subject: Subject, user: User, zone: ZoneInfo) -> Held | None:
    row = live_hold(session, user.id)
    if row is None:
        return None
    mine = None if subject.kind == "system" else subject.member.supplier_id
    return Held(row.reason, row.by, row.held_at.astimezone(zone), mine is None or row.supplier_id == mine)


def _reset(session: Session, user: User, zone: ZoneInfo) -> WaitingReset | None:
    row = waiting_reset(session, user.id)
    if row is None:
        return None
    return WaitingReset(row.asked_name, row.asked_at.astimezone(zone), row.due_at.astimezone(zone))


def _sessions(session: Session, subject: Subject, user: User, zone: ZoneInfo) -> list[Entry]:
    """Live ones; what a phone's browser holds is among the phones."""
    query = select(LoginSession).where(
        LoginSession.user_id == user.id,
        col(LoginSession.revoked_at).is_(None),
        col(LoginSession.idle_until) > subject.at,
        col(LoginSession.expires_at) > subject.at,
    )
    rows = session.exec(query.order_by(col(LoginSession.last_seen_at).desc(), col(LoginSession.id)).limit(MOST))
    return [_entry(row, row.device, row.ip, row.created_at, row.last_seen_at, zone) for row in rows]


def _phones(session: Session, subject: Subject, user: User, zone: ZoneInfo) -> list[Entry]:
    alive = or_(
        col(PairedDevice.login_session_id).is_(None),
        col(LoginSession.revoked_at).is_(None) & (col(LoginSession.idle_until) > subject.at),
    )
    query = (
        select(PairedDevice)
        .join(LoginSession, col(LoginSession.id) == PairedDevice.login_session_id, isouter=True)
        .where(PairedDevice.user_id == user.id, col(PairedDevice.revoked_at).is_(None), alive)
    )
    rows = session.exec(query.order_by(col(PairedDevice.id).desc()).limit(MOST))
    return [_entry(row, row.name, row.ip, row.paired_at, row.last_seen_at, zone) for row in rows]


def _browsers(session: Session, user: User, zone: ZoneInfo) -> list[Entry]:
    query = select(KnownBrowser).where(KnownBrowser.user_id == user.id)
    rows = session.exec(query.order_by(col(KnownBrowser.last_used_at).desc(), col(KnownBrowser.id)).limit(MOST))
    return [_entry(row, "", "", row.created_at, row.last_used_at, zone) for row in rows]


def _entry(
    row: LoginSession | PairedDevice | KnownBrowser,
    device: str,
    ip: str,
    since: datetime,
    seen: datetime,
    zone: ZoneInfo,
) -> Entry:
    return Entry(row.id, device, ip, since.astimezone(zone), seen.astimezone(zone))
