"""Measuring transformers of a file into the database: one row a point, phase and kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from energo_cabinet.domain.typed import stored_day
from energo_cabinet.domain.values.profile_day import Change
from energo_cabinet.formats.files.content import TransformerInFile
from energo_cabinet.models import Transformer, TransformerKind

_DAYS = ("commissioned_on", "last_verification_on", "next_verification_on")
_NUMBERS = ("nominal_frequency_hz", "primary_current_a", "secondary_current_a")


def store_transformers(session: Session, sent: Sequence[TransformerInFile], point_ids: Mapping[str, int]) -> Change:
    """Store them in the caller's transaction; what was known of the same place is replaced."""
    if not sent:
        return Change()
    query = select(Transformer).where(col(Transformer.point_id).in_({point_ids[one.point] for one in sent}))
    known = {(row.point_id, row.phase, row.kind): row for row in session.exec(query)}
    stored = replaced = 0
    for one in sent:
        key = (point_ids[one.point], one.phase, TransformerKind(one.kind))
        row, facts = known.get(key), _facts(one.facts)
        if row is None:
            stored += 1
            session.add(Transformer(point_id=key[0], phase=key[1], kind=key[2], **facts))
        elif any(getattr(row, name) != value for name, value in facts.items()):
            replaced += 1
            row.sqlmodel_update(facts)
            session.add(row)
    session.flush()
    return Change(stored, replaced, len(sent) - stored - replaced)


def _facts(facts: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = dict(facts)
    found |= {name: stored_day(facts[name]) for name in _DAYS}
    return found | {name: Decimal(facts[name]) if facts[name] else None for name in _NUMBERS}
