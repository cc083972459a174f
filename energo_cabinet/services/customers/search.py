"""One search box over the contracts of the member's supplier: name, number, address, meter, point, phone, e-mail.

Every word is a range of `search_term`; the rarest drives, the others are looked up per contract.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import TextClause, text
from sqlmodel import Session

from energo_cabinet.auth import rate
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.looks import looked_at
from energo_cabinet.domain.contract.search_term import LONGEST_QUERY, LONGEST_TERM, Word, readings_of
from energo_cabinet.domain.typed import MAX_ID, whole_number
from energo_cabinet.models import ConsumerClass, TermKind
from energo_cabinet.services.contract.search_index import index_pending
from energo_cabinet.settings import get_settings

PAGE, COUNTED = 20, 500
_SHOWN = TermKind.SERIAL | TermKind.POINT | TermKind.PERSON | TermKind.PHONE | TermKind.EMAIL


@dataclass(frozen=True, slots=True)
class Match:
    """Why a contract was found: the field, and what stands there when the row does not show it anyway ("")."""

    kind: TermKind
    shown: str


@dataclass(frozen=True, slots=True)
class FoundContract:
    """A line of the results."""

    contract_id: int
    number: str
    customer_name: str
    address: str
    consumer_class: ConsumerClass
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """At most PAGE contracts; `after` continues behind them ("" at the end)."""

    rows: tuple[FoundContract, ...]
    after: str = ""


@service("staff:customers", "customer.search")
def search_contracts(session: Session, subject: Subject, query: str, after: str = "") -> SearchPage:
    """Contracts for what was typed; `after` is an earlier page's."""
    if not isinstance(query, str):
        return SearchPage(())
    rate.take(get_settings().limit_search_member, "staff-search", str(subject.member.user_id))
    index_pending(session)
    audit_note(session, query=query[:LONGEST_QUERY])
    return find_contracts(session, subject.member.supplier_id or 0, query, after)


def find_contracts(session: Session, supplier_id: int, query: str, after: str = "") -> SearchPage:
    """The search itself: the first meaning of the words that some contract has."""
    first, term, number = _place(after)
    for i, words in enumerate(readings_of(query)):
        if i < first:
            continue
        words = _rarest_first(session, supplier_id, words)
        if not words:
            continue
        begin = (term, number) if words[0].takes(term) else (words[0].low, 0)
        found = _drive(session, supplier_id, words, *begin)
        if found:
            return _page(session, words, found, i)
    return SearchPage(())


def _place(after: object) -> tuple[int, str, int]:
    """Where a page begins: reading, term, contract."""
    parts = after.split("~") if isinstance(after, str) else []
    if len(parts) != 3:
        return 0, "", 0
    reading, contract = whole_number(parts[0], 10), whole_number(parts[2], 10)
    if reading is None or contract is None:
        return 0, "", 0
    return reading, parts[1][:LONGEST_TERM], min(contract, MAX_ID)


def _rarest_first(session: Session, supplier_id: int, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The word to drive by in front, () when one of them is nowhere; counting stops at COUNTED."""
    if len(words) == 1:
        return words
    counts = session.connection().execute(_count(len(words)), _bound(supplier_id, words)).one()
    known = dict(zip(words, counts, strict=True))
    if not all(counts):
        return ()
    return tuple(sorted(words, key=lambda word: (known[word], -len(word.low))))


def _drive(
    session: Session, supplier_id: int, words: tuple[Word, ...], term: str, number: int
) -> list[tuple[str, int]]:
    params = _bound(supplier_id, words) | {"term": term, "number": number}
    return [(row[0], row[1]) for row in session.connection().execute(_driven(len(words)), params)]


def _bound(supplier_id: int, words: Sequence[Word]) -> dict[str, Any]:
    lows = {f"low{i}": word.low for i, word in enumerate(words)}
    return {"supplier": supplier_id, **lows, **{f"high{i}": word.high for i, word in enumerate(words)}}


def _page(session: Session, words: tuple[Word, ...], found: list[tuple[str, int]], reading: int) -> SearchPage:
    shown = found[:PAGE]
    rows = _rows(session, words, [key for _, key in shown])
    after = f"{reading}~{shown[-1][0]}~{shown[-1][1]}" if len(found) > PAGE else ""
    return SearchPage(tuple(rows[key] for _, key in shown if key in rows), after)


def _rows(session: Session, words: tuple[Word, ...], ids: list[int]) -> dict[int, FoundContract]:
    if not ids:
        return {}
    params = _bound(0, words) | {f"id{i}": key for i, key in enumerate(ids)}
    details: dict[int, tuple[str, str, str, ConsumerClass]] = {}
    matches: dict[int, dict[Match, None]] = {}
    for key, number, name, address, cls, kinds, shown in session.connection().execute(
        _told(len(words), len(ids)), params
    ):
        details[key] = (number, name, address, ConsumerClass(cls))
        matches.setdefault(key, {}).update(dict.fromkeys(_matches(kinds, shown)))
    for key in details:
        looked_at(contract=key)
    return {key: FoundContract(key, *told, tuple(matches[key])) for key, told in details.items()}


def _matches(kinds: int, shown: str) -> list[Match]:
    return [Match(kind, shown if is_shown else "") for kind, is_shown in _kinds(kinds)]


@lru_cache(maxsize=256)
def _kinds(kinds: int) -> tuple[tuple[TermKind, bool], ...]:
    """The fields in a sum of them, and whether what stands there is told."""
    return tuple((kind, bool(kind & _SHOWN)) for kind in TermKind if kind & kinds)


@lru_cache(maxsize=16)
def _count(words: int) -> TextClause:
    one = (
        "(SELECT count(*) FROM (SELECT 1 FROM search_term WHERE supplier_id = :supplier"
        " AND term >= :low{i} AND term < :high{i} LIMIT {most}) w{i})"
    )
    return text("SELECT " + ", ".join(one.format(i=i, most=COUNTED) for i in range(words)))


@lru_cache(maxsize=16)
def _driven(words: int) -> TextClause:
    """A contract once, under its first word in the range; all other words are its own too.

    Scalar subqueries, not EXISTS: PostgreSQL would hash whole ranges instead of reading the index up to the limit.
    """
    own = "SELECT 1 FROM search_term w WHERE w.contract_id = t.contract_id AND w.term >= :low{i} AND w.term < "
    once = "AND (" + own.format(i=0) + "t.term LIMIT 1) IS NULL"
    others = "".join(f" AND ({own.format(i=i)}:high{i} LIMIT 1) IS NOT NULL" for i in range(1, words))
    return text(
        "SELECT t.term, t.contract_id FROM search_term t WHERE t.supplier_id = :supplier"  # noqa: S608  constants
        " AND (t.term, t.contract_id) > (:term, :number) AND t.term < :high0 "
        f"{once}{others} ORDER BY t.term, t.contract_id LIMIT {PAGE + 1}"
    )


@lru_cache(maxsize=64)
def _told(words: int, ids: int) -> TextClause:
    ranges = " OR ".join(f"(m.term >= :low{i} AND m.term < :high{i})" for i in range(words))
    among = ", ".join(f":id{i}" for i in range(ids))
    return text(
        "SELECT c.id, c.number, c.customer_name, c.address, c.consumer_class, m.kinds, m.shown"  # noqa: S608
        f" FROM contract c JOIN search_term m ON m.contract_id = c.id WHERE c.id IN ({among}) AND ({ranges})"
        " ORDER BY c.id, m.term"
    )
