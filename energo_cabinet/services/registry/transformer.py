"""Measuring transformers of a point, by phase: put in, changed, taken out (Н-114…Н-127, Н-153)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.errors import Conflict, InvalidInput, NotFound
from energo_cabinet.models import Transformer, TransformerKind
from energo_cabinet.services.point.facts import (
    TRANSFORMER_FIELDS,
    check_days,
    check_seen,
    checked,
    facts_of_transformer,
    note_change,
    put,
)
from energo_cabinet.services.registry.point import locked_point

PHASES = (1, 2, 3)


@service("staff:registry", "registry.save_transformer")
def save_transformer(
    session: Session, subject: Subject, point_id: int, phase: int, kind: str, fields: Mapping[str, str], seen: str
) -> None:
    """Put in or change the transformer of a phase; `seen` "" for a new one. InvalidInput; Conflict; NotFound."""
    point = locked_point(session, subject, point_id)
    row = _row(session, point_id, phase, kind)
    given = checked(TRANSFORMER_FIELDS, fields, ("serial_number",))
    check_days(given, local_day(subject.at, point.zone_name))
    if row is None:
        if seen:
            raise Conflict("registry_changed")
        row = Transformer(point_id=point_id, phase=phase, kind=TransformerKind(kind))
        changes = [["transformer", "", f"{phase} {kind} {given['serial_number']}"]]
    elif not seen:
        raise InvalidInput({"phase": "registry_transformer_there"})
    else:
        changes = check_seen(facts_of_transformer(row), given, seen)
    put(row, given)
    session.add(row)
    note_change(session, subject, point_id, "transformer", changes)


@service("staff:registry", "registry.remove_transformer")
def remove_transformer(session: Session, subject: Subject, point_id: int, phase: int, kind: str) -> None:
    """Take it out. NotFound."""
    locked_point(session, subject, point_id)
    row = _row(session, point_id, phase, kind)
    if row is None:
        raise NotFound
    note_change(session, subject, point_id, "transformer", [["transformer", f"{phase} {kind} {row.serial_number}", ""]])
    session.delete(row)


def _row(session: Session, point_id: int, phase: int, kind: str) -> Transformer | None:
    if phase not in PHASES or kind not in {one.value for one in TransformerKind}:
        raise InvalidInput({"phase": "registry_phase_invalid"})
    mine = (Transformer.point_id == point_id, Transformer.phase == phase, Transformer.kind == TransformerKind(kind))
    return session.exec(select(Transformer).where(*mine)).first()
