"""The staff's search box over a million contracts against hand-written SQL that knows where to look, in the same run.

The floor is one statement on a plain connection of the same pool: by number, serial, e-mail and phone over the tables
themselves and their own indexes, by name and address over the index of words (nothing else could answer at all). It
guesses no meaning and tells no reasons. Limit and audit entry, which every use case of staff has, are no part of it.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

from sqlalchemy import Engine, text
from sqlmodel import Session

from energo_cabinet.database import make_engine
from energo_cabinet.migrations import migrate
from energo_cabinet.models import SearchTerm
from energo_cabinet.services.contract.search_index import terms_of
from energo_cabinet.services.customers.search import SearchPage, find_contracts
from tests.bench.row import Row, seconds
from tests.bench.search_data import CONTRACTS, fill
from tests.servers import postgres_bin, postgres_server

TIMES, MOST = 61, 3.0

_C = "SELECT DISTINCT c.id, c.number, c.customer_name, c.address FROM contract c "
_LINKED = _C + "JOIN contractlink l ON l.contract_id = c.id JOIN user_account u ON u.id = l.user_id "
_METER = (
    _C + "JOIN metering_point p ON p.contract_id = c.id JOIN meter_installation i ON i.point_id = p.id "
    "JOIN meter m ON m.id = i.meter_id "
)
_WORDS = (
    "SELECT c.id, c.number, c.customer_name, c.address FROM search_term t JOIN contract c ON c.id = t.contract_id "
    "WHERE t.supplier_id = 1 AND t.term >= '{0}' AND t.term < '{0}я' AND EXISTS (SELECT 1 FROM search_term w "
    "WHERE w.contract_id = c.id AND w.term >= '{1}' AND w.term < '{1}{2}') ORDER BY t.term, t.contract_id LIMIT 21"
)
ASKED = {
    "name": ("степ Лавр", _WORDS.format("лавр", "степ", "я")),
    "number": (
        "7000-512-34",
        _C + "WHERE c.supplier_id = 1 AND c.number >= '7000-512-34' AND c.number < '7000-512-35' ORDER BY 2 LIMIT 21",
    ),
    "serial": (
        "4051234",
        _METER + "WHERE m.supplier_id = 1 AND m.serial_number >= '4051234' AND m.serial_number < '4051235'"
        " ORDER BY 1 LIMIT 21",
    ),
    "address": ("ул. Лавровая, д. 12", _WORDS.format("лавровая", "12", "\x01")),
    "phone": ("8 (900) 051-23-40", _LINKED + "WHERE u.phone = '+79000512340' ORDER BY 1 LIMIT 21"),
    "e-mail": ("user51234", _LINKED + "WHERE u.email >= 'user51234' AND u.email < 'user51235' ORDER BY 1 LIMIT 21"),
}
"""What is looked for → what is typed, and the raw statement."""


def rows() -> Iterator[Row]:
    """All rows of this bench."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'search.db'}")
        yield from _kinds(engine, "SQLite")
        engine.dispose()
    if postgres_bin() is None:
        print("     PostgreSQL binaries are not installed: its search is not measured")
        return
    with postgres_server() as url:
        engine = make_engine(url)
        yield from _kinds(engine, "PostgreSQL")
        engine.dispose()


def _kinds(engine: Engine, name: str) -> Iterator[Row]:
    print(f"     writing {CONTRACTS} contracts into {name}", flush=True)
    migrate(engine)
    fill(engine)
    _same_as_kept(engine)
    for kind, (typed, statement) in ASKED.items():
        yield _row(engine, name, kind, typed, statement)


def _same_as_kept(engine: Engine) -> None:
    """The bench writes its terms by SQL; of a hundred contracts they are what the services would have written."""
    some = random.Random(7).sample(range(1, CONTRACTS + 1), 100)
    with Session(engine) as session:
        for key, (supplier_id, terms) in terms_of(session, some).items():
            kept = session.query(SearchTerm).where(SearchTerm.contract_id == key)  # type: ignore[arg-type]
            found = {row.term: (row.kinds, row.shown) for row in kept}
            assert supplier_id == 1 and found == {word: (int(k), shown) for word, (k, shown) in terms.items()}, key


def _row(engine: Engine, name: str, kind: str, typed: str, statement: str) -> Row:
    def ours() -> SearchPage:
        with Session(engine) as session:
            return find_contracts(session, 1, typed)

    def floor() -> list[Any]:
        with engine.connect() as connection:
            return list(connection.execute(text(statement)))

    page, raw = ours(), floor()
    assert len(page.rows) == min(len(raw), 20), (kind, page, raw)
    assert page.after or {row.contract_id for row in page.rows} == {row[0] for row in raw}, (kind, page, raw)
    both = [(seconds(ours), seconds(floor)) for _ in range(TIMES)]
    a, b = quantiles([a for a, _ in both])[0], quantiles([b for _, b in both])[0]
    figures = f"{a * 1000:.2f} ms against {b * 1000:.2f} ms, {len(page.rows)} contracts"
    return Row(
        f"{name}: search by {kind} among {CONTRACTS} contracts against raw SQL", a / b, most=MOST, figures=figures
    )
