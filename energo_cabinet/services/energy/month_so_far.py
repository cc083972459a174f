"""The month so far of a contract: from interval values, else the last month that readings tell of (Н-37)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select

from energo_cabinet.auth.access import Subject, caller, prepare_points
from energo_cabinet.domain.energy.consumption import Bucket, sum_known
from energo_cabinet.domain.energy.month_so_far import Bar, Meterage, MonthSoFar, month_of, month_so_far
from energo_cabinet.domain.time.local_day import Span, add_months, from_epoch_day, whole_span
from energo_cabinet.domain.time.period import Period
from energo_cabinet.models import Channel, MeteringPoint, MeterReading, ProfileDay, ProfileSeries, Resource
from energo_cabinet.services.energy.consumption import ONE, consumption
from energo_cabinet.services.values.profile_read import day_rows
from energo_cabinet.services.values.tariff_read import prices_of, schedule_of

MONTHS_SHOWN = 13


def month_answer(session: Session, subject: Subject, contract_id: int) -> MonthSoFar | None:
    """Of the newest month with electricity in a visible contract; None when nothing was ever measured."""
    points = _points(session, subject, contract_id)
    found = [(point, series, day) for point, series, day in points if series is not None and day is not None]
    if found:
        anchor = from_epoch_day(max(day for _, _, day in found))
        since = month_of(anchor)[1].first
        meterages = [_meterage(session, point, series, since, anchor) for point, series, _ in found]
        answer = month_so_far(meterages, anchor, subject.at)
        if answer is not None:
            return replace(answer, left_out=answer.left_out + len(points) - len(found))
    return _from_readings(session, subject, [point for point, _, _ in points])


def _points(
    session: Session, subject: Subject, contract_id: int
) -> list[tuple[MeteringPoint, ProfileSeries | None, int | None]]:
    """Electricity points with their series of active energy and its newest day."""
    params = {"contract": contract_id} | caller(subject)
    query = _POINTS[subject.kind == "system"]
    return [(row[0], row[1], row[2]) for row in session.execute(query, params)]


def _meterage(session: Session, point: MeteringPoint, series: ProfileSeries, since: date, anchor: date) -> Meterage:
    return Meterage(
        zone_name=point.zone_name,
        ratio=ONE if series.is_primary else point.current_ratio * point.voltage_ratio,
        schedule=schedule_of(session, point.tariff_id),
        prices=prices_of(session, point.tariff_id),
        rows=day_rows(session, series.id, since, anchor),
    )


def _from_readings(session: Session, subject: Subject, points: Sequence[MeteringPoint]) -> MonthSoFar | None:
    """The last whole month that the readings of every reading point tell of, among the last thirteen."""
    ids = [point.id for point in points]
    newest = session.exec(select(func.max(MeterReading.read_at)).where(col(MeterReading.point_id).in_(ids))).one()
    if newest is None:
        return None
    last = whole_span(newest.date(), "months")[1]
    first = add_months(last.replace(day=1), 1 - MONTHS_SHOWN)
    answers = [consumption(session, subject, key, "months", Period(first, last)).buckets for key in ids]
    months = [_month([b for b in buckets if b.total_kwh is not None]) for buckets in zip(*answers, strict=True)]
    known = [i for i, month in enumerate(months) if month is not None]
    if not known:
        return None
    return _told(answers[0], months, known[-1])


_Month = tuple[Decimal, Decimal | None]


def _month(buckets: Sequence[Bucket]) -> _Month | None:
    """kWh and roubles of the buckets in which something is known; None unless readings close the month."""
    if any(bucket.present < bucket.expected for bucket in buckets):
        return None
    kwh = sum_known([bucket.total_kwh for bucket in buckets])
    costs = [bucket.cost_rub for bucket in buckets]
    return None if kwh is None else (kwh, None if None in costs else sum_known(costs))


def _told(spans: Sequence[Bucket], months: Sequence[_Month | None], at: int) -> MonthSoFar:
    kwh, rub = months[at] or (Decimal(0), None)
    prior = months[at - 1] if at else None
    before = Span(*whole_span(add_months(spans[at].first, -1), "months"))
    bars = tuple(Bar(b.first, (m[0],) if m else None) for b, m in zip(spans, months, strict=True))
    return MonthSoFar(
        by="months",
        first=spans[at].first,
        last=spans[at].last,
        kwh=kwh,
        rub=rub,
        before=before,
        before_kwh=prior[0] if prior else None,
        before_rub=prior[1] if prior else None,
        zones=("",),
        kwh_by_zone=(kwh,),
        bars=bars[: at + 1],
    )


_NEWEST_DAY = select(func.max(ProfileDay.day)).where(ProfileDay.series_id == ProfileSeries.id, ProfileDay.n > 0)
_SERIES = (col(ProfileSeries.point_id) == MeteringPoint.id) & (ProfileSeries.channel == Channel.A_PLUS)
_POINTS = {
    is_system: query.outerjoin(ProfileSeries, _SERIES).where(
        col(MeteringPoint.contract_id) == bindparam("contract"), col(MeteringPoint.resource) == Resource.ELECTRICITY
    )
    for is_system, query in prepare_points(
        MeteringPoint, ProfileSeries, _NEWEST_DAY.correlate(ProfileSeries).scalar_subquery()
    ).items()
}
