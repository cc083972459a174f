"""Imports of the first demo supplier: taken, taken in part, refused, stopped; an earlier version of a day; a token."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlmodel import Session, col, select

from energo_cabinet.demo.staff import FIRST
from energo_cabinet.domain.values.profile_day import MISSING, decode_values, encode_day
from energo_cabinet.models import (
    Channel,
    ImportFile,
    ImportJob,
    ImportRefusal,
    ImportStatus,
    ImportToken,
    ImportWay,
    MeteringPoint,
    ProfileDay,
    ProfileDayVersion,
    ProfileSeries,
    Supplier,
)
from energo_cabinet.services.imports.file import Notice

ENGINEER = "Журавлёв Глеб Андреевич"
MACHINE = "Опрос АСКУЭ, Лесная"
Told = tuple[Notice, ...]
SHORT: Told = (
    Notice("period_length", 1207, {"period": "2330–0000"}),
    Notice("no_periods", 1254, {"channel": "01", "point": "ЛГ-0412-01"}),
)
ROWS: Told = (
    Notice("unknown_serial", 14, {"serial": "41907999"}),
    Notice("serial_scientific", 31, {"value": "1,01E+11"}),
    Notice("reading_repeated", 58, {"first": 12}),
    Notice("negative", 77, {"value": "-12,4"}),
)


def load(session: Session, now: datetime, suppliers: dict[str, Supplier]) -> None:
    """Add them."""
    of = suppliers[FIRST]
    token = _token(session, now, of)
    _job(session, of, now - timedelta(days=4), "80020_7700001234_0466.xml", ImportStatus.DONE, stored=23_808)
    status = ImportStatus.DONE
    machine: dict[str, Any] = {"way": ImportWay.DROP, "sender": MACHINE, "token_id": token.id}
    _job(session, of, now - timedelta(days=3), "80020_7700001234_0467.xml", status, stored=23_808, **machine)
    folder = {"way": ImportWay.FOLDER, "sender": of.code, "kind": "80020"}
    _job(
        session,
        of,
        now - timedelta(days=2, hours=3),
        "80020_7700001234_0468.xml",
        ImportStatus.REFUSED,
        SHORT,
        **folder,
    )
    table: dict[str, Any] = {"kind": "readings", "stored": 212}
    _job(session, of, now - timedelta(days=1, hours=5), "Показания_Лесная.xlsx", ImportStatus.PARTIAL, ROWS, **table)
    _job(session, of, now - timedelta(hours=26), "Профили_архив.zip", ImportStatus.CANCELLED, kind="")
    again = _job(session, of, now - timedelta(hours=9), "80020_7700001234_0470.xml", status, stored=23_800, replaced=6)
    _version(session, of, again)


def _job(
    session: Session, of: Supplier, at: datetime, name: str, status: ImportStatus, told: Told = (), **fields: Any
) -> ImportJob:
    digest = hashlib.sha256(name.encode()).hexdigest()
    sender = str(fields.get("sender", ENGINEER))
    known: dict[str, Any] = {"way": ImportWay.UPLOAD, "kind": "80020", "points": 496, "sender": sender} | fields
    row = ImportJob(
        key=digest[:40],
        supplier_id=of.id,
        name=name,
        size=1_480_000,
        sha256=digest,
        searched=f"{name} {sender}".casefold(),
        status=status,
        created_at=at,
        started_at=at,
        finished_at=at + timedelta(seconds=8),
        settled_at=at,
        file_gone_at=at,
        refused=len(told),
        **known,
    )
    session.add(row)
    session.flush()
    session.add_all(ImportRefusal(job_id=row.id, **asdict(notice)) for notice in told)
    return row


def _version(session: Session, of: Supplier, job: ImportJob) -> None:
    """What six half-hours of a day were before a file was sent again."""
    points = select(MeteringPoint.id).where(MeteringPoint.supplier_id == of.id)
    series = session.exec(
        select(ProfileSeries).where(col(ProfileSeries.point_id).in_(points), ProfileSeries.channel == Channel.A_PLUS)
    ).first()
    if series is None:
        return
    day = session.exec(
        select(ProfileDay).where(ProfileDay.series_id == series.id).order_by(col(ProfileDay.day).desc()).offset(1)
    ).first()
    if day is None:
        return
    known: dict[str, Any] = {"message_number": 470, "imported_at": job.created_at, "format": "80020"}
    file = ImportFile(supplier_id=of.id, job_id=job.id, name=job.name, sha256=job.sha256, **known)
    session.add(file)
    session.flush()
    values = decode_values(day.vals)
    earlier = np.where((values != MISSING) & (np.arange(len(values)) // 6 == 3), values // 2, values)
    row = encode_day(day.day, day.step_min, earlier)
    version = ProfileDayVersion(series_id=series.id, file_id=None, replaced_at=job.created_at, **row._asdict())
    version.replaced_by_file_id = day.file_id = file.id
    session.add_all([version, day])


def _token(session: Session, now: datetime, of: Supplier) -> ImportToken:
    row = ImportToken(
        supplier_id=of.id,
        name=MACHINE,
        token_sha256=secrets.token_hex(32),
        ending="x7Qk",
        created_by=ENGINEER,
        created_at=now - timedelta(days=40),
        last_used_at=now - timedelta(days=3),
    )
    session.add(row)
    session.flush()
    return row
