"""Keeps the search terms of contracts: after every write of the session, before its commit; or all of them anew.

Writes past the session's unit of work (bulk UPDATE and INSERT) call `index_contracts` themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import delete, event, insert, inspect
from sqlalchemy import select as core_select
from sqlalchemy.orm import Session as OrmSession
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.contract.search_term import keys_of, phone_keys_of, whole_of, words_of
from energo_cabinet.models import (
    Contract,
    ContractLink,
    Meter,
    MeteringPoint,
    MeterInstallation,
    SearchTerm,
    TermKind,
    User,
)

AT_ONCE = 1000
_CHANGED = "search_index"
_CONTRACT: Any = Contract.__table__  # type: ignore[attr-defined]
_CONTRACTS = core_select(*(_CONTRACT.c[name] for name in ("id", "supplier_id", "number", "customer_name", "address")))
_FIELDS: dict[type, tuple[str, ...]] = {
    Contract: ("supplier_id", "number", "customer_name", "address"),
    ContractLink: ("contract_id", "user_id", "unlinked_at"),
    MeteringPoint: ("contract_id", "number", "address"),
    Meter: ("serial_number",),
    MeterInstallation: ("point_id", "meter_id", "removed_on"),
    User: ("email", "phone", "full_name"),
}
"""What terms are made of; other changes of these rows cost nothing."""

Terms = dict[str, tuple[int, str]]
"""Term → (kinds, what to show)."""


@service("system", "search.rebuild")
def rebuild_search(session: Session, subject: Subject, after: int = 0) -> int | None:
    """Write the terms of the next AT_ONCE contracts after an id anew; the last id, None when there are no more."""
    ids = session.exec(select(Contract.id).where(col(Contract.id) > after).order_by(col(Contract.id)).limit(AT_ONCE))
    found = [key for key in ids if key is not None]
    index_contracts(session, found)
    return found[-1] if found else None


def index_contracts(session: OrmSession, contract_ids: Collection[int]) -> None:
    """Bring the terms of these contracts in line with what is stored now."""
    ids = sorted(set(contract_ids))
    for start in range(0, len(ids), AT_ONCE):
        _index(session, ids[start : start + AT_ONCE])


def index_pending(session: OrmSession) -> None:
    """What this session has changed so far; the commit does it too."""
    session.flush()
    changed: dict[type, set[int]] = session.info.pop(_CHANGED, {})
    if changed:
        index_contracts(session, _contracts_of(session, changed))


def terms_of(session: OrmSession, ids: Collection[int]) -> dict[int, tuple[int, Terms]]:
    """Contract → (supplier, its terms) as the tables say now."""
    found: dict[int, tuple[int, Terms]] = {}
    for key, supplier_id, number, name, address in session.execute(_CONTRACTS.where(_CONTRACT.c.id.in_(ids))):
        terms: Terms = {}
        _add(terms, TermKind.NUMBER, keys_of(number))
        _add(terms, TermKind.NAME, words_of(name))
        _add(terms, TermKind.ADDRESS, words_of(address))
        found[key] = supplier_id, terms
    for key, kind, words, shown in (*_of_points(session, ids), *_of_people(session, ids)):
        _add(found[key][1], kind, words, shown)
    return found


def _add(terms: Terms, kind: TermKind, words: Iterable[str], shown: str = "") -> None:
    for word in words:
        kinds, known = terms.get(word, (0, ""))
        terms[word] = kinds | kind, known or shown[:254]


Found = Iterator[tuple[int, TermKind, list[str], str]]


def _of_points(session: OrmSession, ids: Collection[int]) -> Found:
    points = select(MeteringPoint.contract_id, MeteringPoint.number, MeteringPoint.address)
    for key, number, address in session.execute(points.where(col(MeteringPoint.contract_id).in_(ids))):
        yield key, TermKind.POINT, keys_of(number), number
        yield key, TermKind.ADDRESS, words_of(address), ""
    serials = (
        select(MeteringPoint.contract_id, Meter.serial_number)
        .join(MeterInstallation, col(MeterInstallation.point_id) == MeteringPoint.id)
        .join(Meter, col(Meter.id) == MeterInstallation.meter_id)
        .where(col(MeteringPoint.contract_id).in_(ids), col(MeterInstallation.removed_on).is_(None))
    )
    for key, serial in session.execute(serials):
        yield key, TermKind.SERIAL, keys_of(serial), serial


def _of_people(session: OrmSession, ids: Collection[int]) -> Found:
    linked = (
        select(ContractLink.contract_id, User.full_name, User.phone, User.email)
        .join(User, col(User.id) == ContractLink.user_id)
        .where(col(ContractLink.contract_id).in_(ids), col(ContractLink.unlinked_at).is_(None))
    )
    for key, name, phone, email in session.execute(linked):
        yield key, TermKind.PERSON, words_of(name), name
        yield key, TermKind.PHONE, phone_keys_of(phone), phone
        yield key, TermKind.EMAIL, whole_of(email), email


def _index(session: OrmSession, ids: list[int]) -> None:
    rows = [
        {"supplier_id": supplier_id, "term": term, "contract_id": key, "kinds": int(kinds), "shown": shown}
        for key, (supplier_id, terms) in terms_of(session, ids).items()
        for term, (kinds, shown) in terms.items()
    ]
    session.connection().execute(delete(SearchTerm).where(col(SearchTerm.contract_id).in_(ids)))
    if rows:
        session.connection().execute(insert(SearchTerm), rows)


@event.listens_for(OrmSession, "after_flush")
def _notice(session: OrmSession, _context: Any) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        names = _FIELDS.get(type(row))
        if names is None:
            continue
        state = inspect(row)
        histories = [state.attrs[name].history for name in names]
        if row in session.deleted or any(history.has_changes() for history in histories):
            _note(session, row, [old for name, h in zip(names, histories, strict=True) for old in _moved(name, h)])


def _moved(name: str, history: Any) -> list[int]:
    """The contract a point or a link belonged to before."""
    return [key for key in history.deleted or () if key] if name == "contract_id" else []


def _note(session: OrmSession, row: Any, before: list[int]) -> None:
    changed = session.info.setdefault(_CHANGED, {})
    changed.setdefault(Contract, set()).update(before)
    if isinstance(row, MeteringPoint | ContractLink):
        changed[Contract].update([row.contract_id] if row.contract_id else [])
    elif isinstance(row, MeterInstallation):
        changed.setdefault(MeteringPoint, set()).add(row.point_id)
    else:
        changed.setdefault(type(row), set()).add(row.id)


@event.listens_for(OrmSession, "before_commit")
def _before_commit(session: OrmSession) -> None:
    if session.info.get(_CHANGED) or session.new or session.dirty or session.deleted:
        index_pending(session)


def _contracts_of(session: OrmSession, changed: dict[type, set[int]]) -> set[int]:
    found = set(changed.get(Contract, ()))
    points = select(MeteringPoint.contract_id)
    stood = points.join(MeterInstallation, col(MeterInstallation.point_id) == MeteringPoint.id)
    for kind, query, column in (
        (MeteringPoint, points, MeteringPoint.id),
        (Meter, stood, MeterInstallation.meter_id),
        (User, select(ContractLink.contract_id), ContractLink.user_id),
    ):
        if changed.get(kind):
            found.update(key for key in session.scalars(query.where(col(column).in_(changed[kind]))) if key)
    return found
