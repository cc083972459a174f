"""An account's page in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from energo_cabinet import routes
from energo_cabinet.domain.sign_in.browser_name import browser_name
from energo_cabinet.formatting import moment
from energo_cabinet.i18n import text
from energo_cabinet.services.staff.account import AccountCard, Entry
from energo_cabinet.services.staff.reach import Reach


@dataclass(frozen=True)
class EntryRow:
    """What lets somebody in; `href`: what it has looked at, "" for a browser, whose looks are its sessions'."""

    id: int
    name: str
    note: str
    href: str


@dataclass(frozen=True)
class AccountView:
    """What the page shows; `held`, `reset` "" when there is none; `may_…`: which buttons there are."""

    id: int = 0
    name: str = ""
    email: str = ""
    status: str = ""
    role: str = ""
    works_for: str = ""
    contracts: str = ""
    failures: int = 0
    factor: str = ""
    reach: str = ""
    held: str = ""
    reset: str = ""
    reset_by: str = ""
    may_disable: bool = False
    may_enable: bool = False
    may_end: bool = False
    may_unlock: bool = False
    may_reset: bool = False
    looks_href: str = ""
    sessions: list[EntryRow] = field(default_factory=list)
    phones: list[EntryRow] = field(default_factory=list)
    browsers: list[EntryRow] = field(default_factory=list)


def account_view(card: AccountCard, language: str) -> AccountView:
    """The page of an account."""
    line, is_own = card.line, card.reach is Reach.OWN
    is_shared = is_own or card.reach is Reach.SHARED
    held, reset = card.held, card.reset
    return AccountView(
        id=line.account_id,
        name=line.name or line.email,
        email=line.email,
        status=line.status,
        role=line.role,
        works_for=line.supplier,
        contracts=", ".join(card.contracts),
        failures=card.failed_sign_ins,
        factor=card.factor,
        reach=card.reach.value,
        held=_held(card, language),
        reset=text("accounts.waits", language, at=moment(reset.due_at, language=language)) if reset else "",
        reset_by=text("accounts.waits_text", language, by=_by(reset.by, language)) if reset else "",
        may_disable=is_own and line.status != "disabled",
        may_enable=is_shared and held is not None and held.may_lift,
        may_end=is_shared and line.status != "disabled",
        may_unlock=is_shared and card.failed_sign_ins > 0,
        may_reset=is_own and bool(card.factor) and reset is None and line.status != "disabled",
        looks_href=looks_href("account", line.email),
        sessions=[_entry(row, "session", language) for row in card.sessions],
        phones=[_entry(row, "phone", language) for row in card.phones],
        browsers=[_entry(row, "browser", language) for row in card.browsers],
    )


def looks_href(by: str, value: str) -> str:
    """The report about an account or a device."""
    return f"{routes.STAFF_LOOKS}?{urlencode({'by': by, 'value': value})}"


def _held(card: AccountCard, language: str) -> str:
    held = card.held
    if held is None:
        return ""
    facts = {"by": _by(held.by, language), "at": moment(held.at, language=language), "reason": held.reason}
    return text("accounts.held_by", language, **facts)


def _by(name: str, language: str) -> str:
    return text("staff.command_line", language) if name in ("", "command line") else name


def _entry(row: Entry, kind: str, language: str) -> EntryRow:
    number = text(f"accounts.{kind}", language, number=row.id)
    times = {"since": moment(row.since, language=language), "last": moment(row.last_seen_at, language=language)}
    note = " · ".join(part for part in (row.ip, text("accounts.seen", language, **times)) if part)
    called = ", ".join(filter(None, browser_name(row.device))) if kind == "session" else row.device
    name = f"{called} · {number}" if called else number
    return EntryRow(row.id, name, note, looks_href(kind, str(row.id)) if kind != "browser" else "")
