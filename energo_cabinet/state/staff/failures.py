"""`/staff/failures`: what did not reach people or the supplier, in words, newest first."""

from __future__ import annotations

import re
from dataclasses import dataclass

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.formatting import counted, moment
from energo_cabinet.i18n import text
from energo_cabinet.services.staff.failure import KINDS, Failure, FailurePage, failures
from energo_cabinet.state.base import PageState

MAIL_CODES = ({"550", "551", "553", "510", "511"}, "address"), ({"552"}, "full"), ({"554"}, "spam")


@dataclass(frozen=True)
class FailureLine:
    """A line; `href` "" where no customer's page is known."""

    key: str
    kind: str
    what: str
    whom: str
    error: str
    meta: str
    href: str


@dataclass(frozen=True)
class FailureChoice:
    """A choice above the list: words, how many, where it leads."""

    words: str
    count: str
    href: str
    is_on: bool


@access("staff:dashboard")
class StaffFailuresState(PageState, rx.State):
    """`status` "loading", "ready", "empty", "failed"; `kind`: the filter in the address, "" for everything."""

    kind: str = ""
    rows: list[FailureLine] = []
    choices: list[FailureChoice] = []
    has_more: bool = False
    _next: int | None = None

    @rx.event
    async def load(self):
        """Read the newest; `?kind=…` filters."""
        asked = self.router.url.query_parameters.get("kind", "")
        self.kind, self.rows = asked if asked in KINDS else "", []
        return await self._load(self._read(0))

    @rx.event
    async def more(self):
        """Append the next page."""
        if self._next is not None:
            await self._read(self._next)

    @rx.event
    async def leave(self):
        """Forget the people with the page."""
        self.reset()

    async def _read(self, skip: int) -> None:
        page = await self._ask(failures, self.kind, skip)
        self.rows = [*self.rows, *(line_of(item, self._language) for item in page.items)]
        self.choices = _choices(page, self.kind, self._language)
        self._next, self.has_more = page.next, page.next is not None
        self.status = "ready" if self.rows else "empty"


def line_of(item: Failure, language: str) -> FailureLine:
    """What, whom, why, when and how often."""
    to = text("failures.to_contract", language, number=item.to) if item.kind == "delivery" else item.to
    tries = counted(item.attempts, "failures.tries", language)
    return FailureLine(
        key=f"{item.kind}-{item.id}",
        kind=text(f"failures.kind.{item.kind}", language),
        what=_what(item, language),
        whom=to,
        error=error_words(item, language),
        meta=text("failures.meta", language, at=moment(item.at, language=language), tries=tries),
        href=routes.staff_customer(item.contract_id) if item.contract_id else "",
    )


def error_words(item: Failure, language: str) -> str:
    """Why, for somebody who knows no mail server."""
    if item.kind == "sms":
        return text("failures.error.sms", language)
    if item.kind == "delivery":
        known = item.error not in ("", "unknown reading")
        return text("failures.error.delivery" if known else "failures.error.delivery_plain", language, error=item.error)
    codes = set(re.findall(r"\b5\d\d\b", item.error))
    kind = next((kind for known, kind in MAIL_CODES if codes & known), "letter" if codes else "mail_away")
    return text(f"failures.error.{kind}", language)


def _what(item: Failure, language: str) -> str:
    if item.kind == "letter":
        return item.about
    key = "sms_about" if item.kind == "sms" else f"{item.what}_about"
    return text(f"failures.{key}", language, theme=item.about)


def _choices(page: FailurePage, kind: str, language: str) -> list[FailureChoice]:
    every = FailureChoice(
        text("failures.all", language), str(sum(page.counts.values())), routes.STAFF_FAILURES, kind == ""
    )
    rest = (
        FailureChoice(
            text(f"failures.plural.{name}", language),
            str(page.counts[name]),
            f"{routes.STAFF_FAILURES}?kind={name}",
            kind == name,
        )
        for name in KINDS
    )
    return [every, *rest]
