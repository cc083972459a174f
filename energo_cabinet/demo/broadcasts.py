"""What the first demo supplier has told many at once: two broadcasts that have left, planned works to come, a draft."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select, update

from energo_cabinet.demo.staff import FIRST, MEMBERS
from energo_cabinet.models import (
    Broadcast,
    BroadcastRecipient,
    BroadcastStatus,
    ConsumerClass,
    Contract,
    MeteringPoint,
    Notification,
    NotificationKind,
    OutboxLetter,
    Supplier,
)
from energo_cabinet.services.broadcast.delivery import once_of

FEEDERS = {"СГ-2042-01": "Ф-7, ПС Северная", "СГ-0118-14": "Ф-7, ПС Северная"}
FEEDERS |= {f"СГ-1204-0{number}": "Ф-12, ПС Заводская" for number in (1, 2, 3)}
READINGS = "Здравствуйте, {name}! Передайте показания по договору {number} до 25-го числа: в кабинете это одна минута."


def load(session: Session, now: datetime) -> None:
    """Add them; those that have left are the ones in demo.notifications."""
    supplier = session.exec(select(Supplier).where(Supplier.code == FIRST)).one()
    for number, feeder in FEEDERS.items():
        point = update(MeteringPoint).where(col(MeteringPoint.number) == number, col(MeteringPoint.feeder) == "")
        session.exec(point.values(feeder=feeder))
    _left(session, supplier, "1204-Ю", NotificationKind.PLANNED_WORKS, ConsumerClass.COMPANY, 3)
    _left(session, supplier, "7638-294-061", NotificationKind.MESSAGE, ConsumerClass.FLAT, 0)
    day = now.astimezone(ZoneInfo(supplier.zone_name)).date()
    starts = datetime.combine(day + timedelta(days=5), time(9, 30), ZoneInfo(supplier.zone_name))
    _add(
        session, supplier, now, NotificationKind.PLANNED_WORKS, "Отключение на Заводской улице",
        "Заменим выключатель на фидере 12. Питание по вводу 2 сохранится, ввод 1 будет отключён.",
        status=BroadcastStatus.SCHEDULED, feeder=FEEDERS["СГ-1204-01"], send_at=starts - timedelta(days=2, hours=1),
        title_en="Power cut in Zavodskaya street",
        text_en="We replace a breaker of feeder 12. Input 2 stays on, input 1 will be off.",
        works_start=starts, works_end=starts + timedelta(hours=4), works_address="г. Северогорск, ул. Заводская, 1–9",
    )  # fmt: skip
    draft = {"status": BroadcastStatus.DRAFT, "consumer_class": ConsumerClass.FLAT}
    _add(session, supplier, now, NotificationKind.MESSAGE, "Пора передать показания", READINGS, **draft)
    session.flush()


def _add(
    session: Session, of: Supplier, at: datetime, kind: NotificationKind, title: str, text: str, **fields: object
) -> Broadcast:
    known = {"supplier_id": of.id, "author": MEMBERS[0][1], "created_at": at, "changed_at": at}
    row = Broadcast(**known, kind=kind, title=title, text=text, **fields)  # type: ignore[arg-type]
    session.add(row)
    return row


def _left(
    session: Session, of: Supplier, number: str, kind: NotificationKind, whom: ConsumerClass, in_days: int
) -> None:
    """A broadcast behind notifications that are there already; works `in_days` after it, 0 for no works."""
    contract = session.exec(select(Contract).where(Contract.number == number)).one()
    own = (Notification.contract_id == contract.id, Notification.kind == kind, col(Notification.read_at).is_not(None))
    told = session.exec(select(Notification).where(*own).order_by(col(Notification.user_id))).all()
    at = told[0].created_at
    row = _add(session, of, at, kind, told[0].title, told[0].text, consumer_class=whom, status=BroadcastStatus.DONE)
    row.send_at = row.started_at = row.finished_at = at
    row.queued = row.handled = row.in_cabinet = row.by_email = len(told)
    if in_days:
        night = datetime.combine(at.date() + timedelta(days=in_days), time(2), ZoneInfo(of.zone_name))
        row.works_start, row.works_end = night, night + timedelta(hours=2)
        row.works_address = "ул. Заводская, 3"
    session.flush()
    for item in told:
        item.once = once_of(row)
        item.facts = _facts(row)
        session.add(_letter(row, item.user_id))
        session.add(BroadcastRecipient(broadcast_id=row.id, user_id=item.user_id, contract_id=contract.id))


def _letter(row: Broadcast, user_id: int) -> OutboxLetter:
    """One that has left."""
    at = {"created_at": row.created_at, "next_try_at": row.created_at, "sent_at": row.created_at}
    known = {"message_id": f"<demo-{row.id}-{user_id}@localhost>", "to_email": "", "text": "", "html": ""}
    return OutboxLetter(**known, **at, subject=row.title, is_bulk=True, broadcast_id=row.id)  # type: ignore[arg-type]


def _facts(row: Broadcast) -> dict[str, str]:
    """What the delivery keeps of planned works."""
    if row.works_start is None or row.works_end is None:
        return {}
    return {"start": row.works_start.isoformat(), "end": row.works_end.isoformat(), "address": row.works_address}
