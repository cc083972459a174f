"""A registry file: previewed row by row, then written in one transaction, if the registry is still what was shown."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import of_supplier, own_supplier
from energo_cabinet.domain.registry.normative_plan import NormativeBook
from energo_cabinet.domain.registry.plan import Fate, RowFate, plan
from energo_cabinet.domain.registry.price_plan import PriceBook
from energo_cabinet.domain.registry.row import Reason, RegistryRow, RowKind
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.errors import Conflict, ImportRefused, NotFound, PermissionDenied
from energo_cabinet.formats.files.content import FormatError
from energo_cabinet.formats.process.parsing import ParseProcess
from energo_cabinet.formats.registry.table import template
from energo_cabinet.models import RegistryImport, RegistryImportRow, RegistryImportStatus, RegistryKind, Supplier
from energo_cabinet.services.registry.apply import apply_plan
from energo_cabinet.services.registry.price_file import (
    planned_normatives,
    planned_prices,
    write_normatives,
    write_prices,
)
from energo_cabinet.services.registry.snapshot import Snapshot, snapshot

PAGE = 50
MOST = 500
FATES = tuple(fate.value for fate in Fate)
EARLIER_SHOWN = 10
NAMES: Mapping[RegistryKind, tuple[str, ...]] = {
    RegistryKind.POINTS: ("point", "serial"),
    RegistryKind.PRICES: ("tariff", "zone", "valid_from"),
    RegistryKind.NORMATIVES: ("normative", "valid_from"),
}
"""Columns that name what a row is about."""

Known = Snapshot | PriceBook | NormativeBook


@dataclass(frozen=True, slots=True)
class RegistryFile:
    """A file with counts of its rows; `others`: rows whose fate is not what was shown before (status "stale")."""

    id: int
    name: str
    status: RegistryImportStatus
    kind: RegistryKind
    created_at: datetime
    applied_at: datetime | None
    counts: Mapping[str, int]
    others: int


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A line with what becomes of it; `named`: (column, text) of what it is about."""

    line: int
    fate: Fate
    named: tuple[tuple[str, str], ...]
    changes: tuple[tuple[str, str, str], ...]
    reasons: tuple[Reason, ...]
    is_other: bool


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """Some rows by line; `next`: the line to go on after, None on the last page."""

    rows: tuple[PreviewRow, ...]
    next: int | None


def read_registry_file(data: bytes) -> list[RegistryRow]:
    """The rows of a CSV or XLSX file, read in a process of its own; ImportRefused with lines and reasons."""
    with tempfile.TemporaryDirectory() as folder, ParseProcess() as process:
        path = Path(folder) / "registry"
        path.write_bytes(data)
        try:
            return process.read_registry(path)
        except FormatError as error:
            raise ImportRefused(error.notices) from error


def registry_template(in_russian: bool, example: Mapping[str, str], kind: RowKind = "points") -> bytes:
    """An XLSX file with the headings that are understood."""
    return template(in_russian, example, kind)


@service("staff:registry", "registry_file.allow", audited=False)
def may_import_registry(session: Session, subject: Subject) -> int:
    """Whether the caller may, before his file is read: his supplier's id. NotFound for nobody's staff."""
    return own_supplier(session, subject).id


@service("staff:registry", "registry_file.preview")
def preview_registry(
    session: Session,
    subject: Subject,
    name: str,
    sha256: str,
    rows: Sequence[RegistryRow],
    supplier_id: int | None = None,
) -> RegistryFile:
    """Keep a file's rows with their fates; nothing of the registry is written.

    PermissionDenied for prices and normatives where the caller is no administrator.
    """
    supplier = own_supplier(session, subject, supplier_id)
    kind = RegistryKind(rows[0].kind) if rows else RegistryKind.POINTS
    _check_may(subject, kind)
    _, fates = _planned(session, subject, supplier, rows, kind)
    file = RegistryImport(supplier_id=supplier.id, name=name[-255:], sha256=sha256, created_at=subject.at)
    file.kind = kind
    _count(file, fates)
    session.add(file)
    session.flush()
    _keep_rows(session, file.id, fates, {})
    audit_note(session, registry_id=file.id, file=file.name, **_counts(file))
    return _shown(session, file)


@service("staff:registry", "registry_file.open", audited=False)
def registry_file(session: Session, subject: Subject, registry_id: int) -> RegistryFile:
    """One file. NotFound."""
    return _shown(session, _visible(session, subject, registry_id))


@service("staff:registry", "registry_file.list", audited=False)
def registry_files(session: Session, subject: Subject) -> list[RegistryFile]:
    """The newest files."""
    query = select(RegistryImport).where(of_supplier(subject, RegistryImport.supplier_id))
    rows = session.exec(query.order_by(col(RegistryImport.id).desc()).limit(EARLIER_SHOWN)).all()
    return [_shown(session, row) for row in rows]


@service("staff:registry", "registry_file.rows")
def registry_rows(
    session: Session, subject: Subject, registry_id: int, fate: str = "", after: int = 0, limit: int = PAGE
) -> PreviewPage:
    """Rows of a file by line; `fate` "": all, "other": those that changed since the first preview."""
    file = _visible(session, subject, registry_id)
    query = select(RegistryImportRow).where(RegistryImportRow.import_id == file.id)
    if fate == "other":
        query = query.where(col(RegistryImportRow.is_other))
    elif fate in FATES:
        query = query.where(RegistryImportRow.fate == fate)
    limit = max(1, min(limit, MOST))
    query = query.where(col(RegistryImportRow.line) > after).order_by(col(RegistryImportRow.line))
    rows = session.exec(query.limit(limit + 1)).all()
    shown = tuple(_preview_row(row, file.kind) for row in rows[:limit])
    return PreviewPage(shown, shown[-1].line if len(rows) > limit else None)


@service("staff:registry", "registry_file.apply")
def apply_registry(session: Session, subject: Subject, registry_id: int) -> RegistryFile:
    """Write the rows that are new or changed.

    When the registry is no longer what the preview showed, nothing is written: the preview is made anew, its status
    becomes "stale" and the rows that differ are marked. Conflict for a file that was applied or dropped.
    """
    file = _open(session, subject, registry_id)
    supplier = session.exec(select(Supplier).where(Supplier.id == file.supplier_id).with_for_update()).one()
    kept = session.exec(
        select(RegistryImportRow).where(RegistryImportRow.import_id == file.id).order_by(col(RegistryImportRow.line))
    ).all()
    known, fates = _planned(session, subject, supplier, [_row(row, file.kind) for row in kept], file.kind)
    before = {row.line: _digest(row.fate, row.changes, row.reasons) for row in kept}
    _count(file, fates)
    if any(before[fate.row.line] != _digest(*_wire(fate)) for fate in fates):
        session.execute(delete(RegistryImportRow).where(col(RegistryImportRow.import_id) == file.id))
        _keep_rows(session, file.id, fates, before)
        file.status = RegistryImportStatus.STALE
    else:
        _write(session, subject, supplier, known, fates)
        file.status, file.applied_at = RegistryImportStatus.APPLIED, subject.at
    session.add(file)
    session.flush()
    audit_note(session, file=file.name, status=file.status.value, **_counts(file))
    return _shown(session, file)


@service("staff:registry", "registry_file.drop")
def drop_registry(session: Session, subject: Subject, registry_id: int) -> None:
    """Give a previewed file up. Conflict for one that was applied; NotFound."""
    file = _open(session, subject, registry_id)
    file.status = RegistryImportStatus.DROPPED
    session.add(file)


def _planned(
    session: Session, subject: Subject, supplier: Supplier, rows: Sequence[RegistryRow], kind: RegistryKind
) -> tuple[Known, list[RowFate]]:
    if kind == RegistryKind.PRICES:
        return planned_prices(session, subject, supplier, rows)
    if kind == RegistryKind.NORMATIVES:
        return planned_normatives(session, supplier, rows)
    known = snapshot(session, supplier.id, rows)
    return known, plan(rows, known.model, local_day(subject.at, supplier.zone_name))


def _write(session: Session, subject: Subject, supplier: Supplier, known: Known, fates: Sequence[RowFate]) -> None:
    if isinstance(known, PriceBook):
        write_prices(session, supplier, known, fates)
    elif isinstance(known, NormativeBook):
        write_normatives(session, supplier, known, fates)
    else:
        apply_plan(session, subject, supplier, known, fates)


def _check_may(subject: Subject, kind: RegistryKind) -> None:
    """Tariffs and normatives are the administrator's."""
    is_free = kind == RegistryKind.POINTS or subject.kind == "system"
    if not is_free and "admin" not in subject.member.permissions:
        raise PermissionDenied("tariff_admin_only")


def _visible(session: Session, subject: Subject, registry_id: int) -> RegistryImport:
    query = select(RegistryImport).where(RegistryImport.id == registry_id)
    file = session.exec(query.where(of_supplier(subject, RegistryImport.supplier_id))).first()
    if file is None:
        raise NotFound
    return file


def _open(session: Session, subject: Subject, registry_id: int) -> RegistryImport:
    """A file that is still to be decided, locked."""
    visible = _visible(session, subject, registry_id)
    _check_may(subject, visible.kind)
    query = select(RegistryImport).where(RegistryImport.id == visible.id)
    file = session.exec(query.with_for_update().execution_options(populate_existing=True)).one()
    if file.status not in (RegistryImportStatus.PREVIEW, RegistryImportStatus.STALE):
        raise Conflict("registry_import_closed")
    return file


def _count(file: RegistryImport, fates: Sequence[RowFate]) -> None:
    counts = Counter(fate.fate.value for fate in fates)
    file.new, file.changed, file.same, file.refused = (counts[name] for name in FATES)


def _counts(file: RegistryImport) -> dict[str, int]:
    return {"new": file.new, "changed": file.changed, "same": file.same, "refused": file.refused}


def _keep_rows(session: Session, import_id: int, fates: Sequence[RowFate], before: Mapping[int, str]) -> None:
    rows = []
    for fate in fates:
        kind, changes, reasons = _wire(fate)
        is_other = before.get(fate.row.line, "") not in ("", _digest(kind, changes, reasons))
        errors = [[error.code, error.column, dict(error.params)] for error in fate.row.errors]
        row = {"import_id": import_id, "line": fate.row.line, "fate": kind, "changes": changes, "reasons": reasons}
        rows.append(row | {"cells": dict(fate.row.cells), "errors": errors, "is_other": is_other})
    if rows:
        session.execute(insert(RegistryImportRow), rows)
        session.expire_all()


def _wire(fate: RowFate) -> tuple[str, list[Any], list[Any]]:
    changes = [[change.field, change.old, change.new] for change in fate.changes]
    return fate.fate.value, changes, [[r.code, r.column, dict(r.params)] for r in fate.reasons]


def _digest(fate: str, changes: Sequence[Any], reasons: Sequence[Any]) -> str:
    return repr((fate, [list(change) for change in changes], [[*r[:2], sorted(r[2].items())] for r in reasons]))


def _row(kept: RegistryImportRow, kind: RegistryKind) -> RegistryRow:
    return RegistryRow(kept.line, kept.cells, tuple(Reason(*error) for error in kept.errors), kind.value)


def _preview_row(kept: RegistryImportRow, kind: RegistryKind) -> PreviewRow:
    return PreviewRow(
        line=kept.line,
        fate=Fate(kept.fate),
        named=tuple((name, kept.cells[name]) for name in NAMES[kind] if kept.cells.get(name)),
        changes=tuple((name, old, new) for name, old, new in kept.changes),
        reasons=tuple(Reason(*reason) for reason in kept.reasons),
        is_other=kept.is_other,
    )


def _shown(session: Session, file: RegistryImport) -> RegistryFile:
    others = 0
    if file.status == RegistryImportStatus.STALE:
        query = select(RegistryImportRow.line).where(
            RegistryImportRow.import_id == file.id, col(RegistryImportRow.is_other)
        )
        others = len(session.exec(query).all())
    return RegistryFile(
        file.id, file.name, file.status, file.kind, file.created_at, file.applied_at, _counts(file), others
    )
