"""Words by which staff find a contract: one folded table for every field, with a prefix index on both databases."""

from __future__ import annotations

from enum import IntFlag

from sqlalchemy import Column, Index, String
from sqlmodel import Field, SQLModel


class TermKind(IntFlag):
    """Where a word was found; a word of several fields has several."""

    NAME = 1
    NUMBER = 2
    ADDRESS = 4
    SERIAL = 8
    POINT = 16
    PERSON = 32
    PHONE = 64
    EMAIL = 128


NOISE = frozenset(
    (  # noqa: SIM905
        "г гор город ул улица д дом кв квартира пр пркт проспект пер переулок обл область район корп корпус "
        "стр строение пос поселок пгт село дер деревня пл площадь бул бульвар ш шоссе мкр микрорайон наб набережная "
        "пом помещение оф офис ооо ао пао зао оао ип тсж снт"
    ).split()
)
"""Words that are in every address or firm, folded: they tell nothing apart, so no term is made of them."""

_FOLDED = String(80).with_variant(String(80, collation="C"), "postgresql")
"""Ordered by bytes on both, so that a prefix is a range."""


class SearchTerm(SQLModel, table=True):
    """A word of a contract (services.contract.search_index keeps it); derived data, so without foreign keys.

    `shown`: the field as written, for what a list of contracts does not show anyway.
    """

    __tablename__ = "search_term"
    __table_args__ = (Index("ix_search_term_contract", "contract_id", "term"), {"sqlite_with_rowid": False})

    supplier_id: int = Field(primary_key=True)
    term: str = Field(sa_column=Column(_FOLDED, primary_key=True))
    contract_id: int = Field(primary_key=True)
    kinds: int
    shown: str = Field(default="", max_length=254)
