"""What should be true of three people and two contracts of one supplier, in as few words as possible.

The machine (tests/soak/machine.py) asks it for every step: what must come of that. Money and readings are the
contract's own; who sees them is a matter of links alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

PEOPLE = ("anna", "boris", "vera")
CONTRACTS = (0, 1)
Pair = tuple[str, int]
"""A person and a contract."""


@dataclass
class Link:
    """A contract in a person's cabinet: since when, by the supplier's decision or not, under which title."""

    since: datetime
    by_staff: bool
    title: str
    row_id: int = 0


@dataclass
class Sent:
    """A reading on its way: Wh, whether it was doubted, and its status."""

    key: str
    by: str
    wh: int
    at: datetime
    is_doubted: bool
    number: str
    status: str = "sent"
    has_arrived: bool = False


@dataclass
class Objection:
    """Somebody objected to a link; "objected" until the supplier decides."""

    pair: Pair
    link_id: int
    by: str
    by_staff: bool
    title: str
    fate: str = "objected"


@dataclass
class Model:
    """The whole of it."""

    links: dict[Pair, Link] = field(default_factory=dict)
    objections: list[Objection] = field(default_factory=list)
    waiting: set[Pair] = field(default_factory=set)
    readings: dict[int, list[Sent]] = field(default_factory=lambda: {c: [] for c in CONTRACTS})
    bills: dict[tuple[int, str], Decimal] = field(default_factory=dict)
    payments: dict[tuple[int, str], Decimal] = field(default_factory=dict)
    codes_used: dict[int, int] = field(default_factory=lambda: dict.fromkeys(CONTRACTS, 0))
    signed_in: set[str] = field(default_factory=lambda: set(PEOPLE))

    def is_out(self, pair: Pair) -> bool:
        """A reader objected to this person, and the supplier has not let them in since."""
        return any(one.pair == pair and one.fate in ("objected", "kept_out") for one in self.objections)

    def refusal_of_link(self, pair: Pair) -> str:
        """Why a secret of the supplier does not open the contract to this person, "" when it does."""
        if pair[0] not in self.signed_in:
            return "not_signed_in"
        if self.is_out(pair):
            return "objected"
        return "already_linked" if pair in self.links else ""

    def let_in(self, pair: Pair, now: datetime, title: str) -> None:
        """The supplier decided for the person: whatever was objected is over."""
        for one in self.objections:
            if one.pair == pair and one.fate in ("objected", "kept_out"):
                one.fate = "let_in"
        self.links.setdefault(pair, Link(now, True, title))

    def access(self, pair: Pair) -> str:
        """What a look at the contract's own pages is answered with, "" when it is shown."""
        if pair[0] not in self.signed_in:
            return "not_signed_in"
        return "" if pair in self.links else "not_found"

    def last_wh(self, contract: int, first: int) -> tuple[int, datetime | None]:
        """The newest register that nobody rejected, and its instant."""
        good = [one for one in self.readings[contract] if one.status != "rejected"]
        newest = max(good, key=lambda one: one.at, default=None)
        return (newest.wh, newest.at) if newest else (first, None)

    def balance(self, contract: int) -> Decimal | None:
        """Paid minus charged; None before anything was booked."""
        charged = [amount for (of, _), amount in self.bills.items() if of == contract]
        paid = [amount for (of, _), amount in self.payments.items() if of == contract]
        return sum(paid, Decimal(0)) - sum(charged, Decimal(0)) if charged or paid else None

    def cards(self, person: str) -> list[tuple[int, str]]:
        """The sidebar: contracts with their titles, as they were linked."""
        own = [(link.since, link.row_id, of, link.title) for (who, of), link in self.links.items() if who == person]
        return [(of, title) for _, _, of, title in sorted(own)]

    def others(self, person: str) -> set[tuple[str, int, bool]]:
        """Who else reads the person's contracts, and whether the person may object to them."""
        own = {of: link.since for (who, of), link in self.links.items() if who == person}
        return {
            (who, of, link.since > own[of]) for (who, of), link in self.links.items() if who != person and of in own
        }
