"""A million contracts with meters and people, and their search terms, written by SQL in sets."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, insert, text
from sqlalchemy.schema import CreateIndex, DropIndex

from energo_cabinet.domain.contract.search_term import folded
from energo_cabinet.models import SearchTerm, Supplier
from tests.bench.search_words import FIRST, LAST, MIDDLE, STREETS

CONTRACTS = 1_000_000
_N = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {CONTRACTS}) "


def digits(value: str, length: int) -> str:
    """A number with leading zeros, the same on both databases."""
    return f"substr('{'0' * length}' || ({value}), length('{'0' * length}' || ({value})) - {length - 1})"


_WORDS = (
    f"JOIN bench_word l ON l.kind = 'last' AND l.i = (n.i % {len(LAST)}) * 7919 % {len(LAST)} "
    f"JOIN bench_word f ON f.kind = 'first' AND f.i = (n.i / 7) % {len(FIRST)} "
    f"JOIN bench_word m ON m.kind = 'middle' AND m.i = (n.i / 211) % {len(MIDDLE)} "
    f"JOIN bench_word s ON s.kind = 'street' AND s.i = (n.i / 100) % {len(STREETS)} "
)
_HOUSE, _FLAT, _LINKED = "n.i / 100 % 90 + 1", "n.i % 100 + 1", "n.i % 10 < 3"
_NO = f"'7000-' || {digits('n.i / 1000', 3)} || '-' || {digits('n.i % 1000', 3)}"
_PHONE = "'900' || " + digits("n.i", 7)

TABLES = (
    "INSERT INTO contract (id, supplier_id, number, customer_name, address, consumer_class, login, password_hash,"
    f" failed_tries) {_N} SELECT n.i, 1, {_NO}, l.word || ' ' || f.word || ' ' || m.word, 'г. Северогорск, ул. ' ||"
    f" s.word || ', д. ' || ({_HOUSE}) || ', кв. ' || ({_FLAT}), 'flat', 'l' || n.i, '', 0 FROM n {_WORDS}",
    "INSERT INTO metering_point (id, supplier_id, contract_id, number, name, resource, place, address,"
    " delivery_point_code, zone_name, current_ratio, voltage_ratio, loss_factor, norm_hour_kwh, norm_day_kwh,"
    f" norm_month_kwh) {_N} SELECT n.i, 1, n.i, 'ТУ' || n.i, '', 'electricity', '', '', '', 'Europe/Moscow', 1, 1, 1,"
    " 0, 0, 0 FROM n",
    "INSERT INTO meter (id, supplier_id, serial_number, model, registry_number, accuracy_class, nominal_voltage,"
    f" current_range, is_smart, zone_count, register_digits, register_decimals) {_N}"
    " SELECT n.i, 1, CAST(40000000 + n.i AS VARCHAR), '', '', '', '', '', true, 1, 6, 2 FROM n",
    f"INSERT INTO meter_installation (id, point_id, meter_id, installed_on) {_N} SELECT n.i, n.i, n.i, '2020-01-01'"
    " FROM n",
    "INSERT INTO user_account (id, email, full_name, phone, address, contract_number, password_hash,"
    f" password_changed_at, status, language, failed_sign_ins, created_at) {_N} SELECT n.i, 'user' || n.i ||"
    f" '@example.org', l.word || ' ' || f.word || ' ' || m.word, '+7' || {_PHONE}, '', '', '', '2026-01-01', 'active',"
    f" 'ru', 0, '2026-01-01' FROM n {_WORDS} WHERE {_LINKED}",
    f"INSERT INTO contractlink (user_id, contract_id, title, linked_at) {_N} SELECT n.i, n.i, 'Дом', '2026-01-01'"
    f" FROM n WHERE {_LINKED}",
)


def _part(term: str, kinds: str, shown: str, where: str = "true") -> str:
    return (
        f"SELECT {term} AS term, n.i AS contract_id, {kinds} AS kinds, {shown} AS shown FROM n {_WORDS} WHERE {where}"
    )


_KINDS = f"CASE WHEN {_LINKED} THEN 33 ELSE 1 END"
_NAME = f"CASE WHEN {_LINKED} THEN l.word || ' ' || f.word || ' ' || m.word ELSE '' END"
PARTS = (
    *(_part(f"{table}.folded", _KINDS, _NAME) for table in "lfm"),
    _part("'7000' || " + digits("n.i", 6), "2", "''"),
    _part(digits("n.i", 6), "2", "''"),
    _part(digits("n.i % 1000", 3), "2", "''"),
    _part("'северогорск'", "4", "''"),
    _part("s.folded", "4", "''"),
    _part(f"CAST({_HOUSE} AS VARCHAR)", "4", "''"),
    _part(f"CAST({_FLAT} AS VARCHAR)", "4", "''"),
    _part("CAST(40000000 + n.i AS VARCHAR)", "8", "CAST(40000000 + n.i AS VARCHAR)"),
    _part("'ту' || n.i", "16", "'ТУ' || n.i"),
    _part(_PHONE, "64", f"'+7' || {_PHONE}", _LINKED),
    _part(digits("n.i", 7), "64", f"'+7' || {_PHONE}", _LINKED),
    _part(digits("n.i % 10000", 4), "64", f"'+7' || {_PHONE}", _LINKED),
    _part("'user' || n.i || '@exampleorg'", "128", "'user' || n.i || '@example.org'", _LINKED),
)


def fill(engine: Engine) -> None:
    """Everything; the second index of the terms is built once at the end."""
    with engine.begin() as connection:
        _words(connection)
        for statement in TABLES:
            connection.execute(text(statement))
        connection.execute(text("CREATE INDEX ix_bench_phone ON user_account (phone)"))
        _terms(connection)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def _words(connection: Connection) -> None:
    connection.execute(insert(Supplier), [{"code": "S", "name": "S"}])
    connection.execute(text("CREATE TABLE bench_word (kind VARCHAR, i INTEGER, word VARCHAR, folded VARCHAR)"))
    lists = {"last": LAST, "first": FIRST, "middle": MIDDLE, "street": STREETS}
    given = [
        {"kind": kind, "i": i, "word": word, "folded": folded(word)}
        for kind, words in lists.items()
        for i, word in enumerate(words)
    ]
    connection.execute(text("INSERT INTO bench_word VALUES (:kind, :i, :word, :folded)"), given)
    connection.execute(text("CREATE UNIQUE INDEX ix_bench_word ON bench_word (kind, i)"))


def _terms(connection: Connection) -> None:
    index = next(iter(SearchTerm.__table__.indexes))  # type: ignore[attr-defined]
    connection.execute(DropIndex(index))
    collate = ' COLLATE "C"' if connection.dialect.name == "postgresql" else ""
    parts = " UNION ALL ".join(PARTS)
    connection.execute(
        text(
            f"INSERT INTO search_term (supplier_id, term, contract_id, kinds, shown) {_N} SELECT 1, term{collate},"
            f" contract_id, sum(DISTINCT kinds), max(shown) FROM ({parts}) p GROUP BY 2, 3 ORDER BY 2, 3"
        )
    )
    connection.execute(CreateIndex(index))
