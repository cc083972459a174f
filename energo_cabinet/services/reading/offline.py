"""A reading written down without a network and sent later: only if the meter is as it was then (F-21)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject, service, visible_point
from energo_cabinet.errors import Conflict
from energo_cabinet.models import ReadingSubmission
from energo_cabinet.services.reading.meter import meter_to_read
from energo_cabinet.services.reading.submission import ReadingForm, Submitted, submit_reading


@service("customer", "reading.submit_late")
def submit_late_reading(
    session: Session, subject: Subject, point_id: int, form: ReadingForm, seen: Mapping[str, str] | None = None
) -> Submitted:
    """As `submit_reading`; `seen`: zone → the last value, kWh, that was known when the reading was written down.

    Conflict("reading_conflict") when the meter shows otherwise by now or a reading is on its way already.
    """
    visible_point(session, subject, point_id)
    mine = (ReadingSubmission.user_id == subject.user, ReadingSubmission.form_key == form.key)
    if seen and session.exec(select(ReadingSubmission.id).where(*mine)).first() is None:
        meter = meter_to_read(session, subject, point_id)
        zones = meter.zones if meter else ()
        if (meter and meter.pending) or any(_differs(zone.last_kwh, seen, zone.zone) for zone in zones):
            raise Conflict("reading_conflict")
    return submit_reading(session, subject, point_id, form)


def _differs(now: Decimal | None, seen: Mapping[str, str], zone: str) -> bool:
    try:
        then = Decimal(seen[zone]) if seen.get(zone) else None
    except InvalidOperation:
        return True
    return now != then
