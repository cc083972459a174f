"""One worker of many does the background work."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, or_, update

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.models import JobLease


@service("system", "job_lease.hold")
def hold_lease(session: Session, subject: Subject, name: str, owner: str, seconds: int) -> bool:
    """Take or prolong the lease of job `name`; False while another worker holds it. Written once in `seconds` / 2."""
    until = subject.at + timedelta(seconds=seconds)
    lease = session.get(JobLease, name)
    if lease is None:
        return _first(session, JobLease(name=name, owner=owner, held_until=until))
    if lease.owner == owner and lease.held_until - subject.at > timedelta(seconds=seconds / 2):
        return True
    mine = or_(col(JobLease.owner) == owner, col(JobLease.held_until) < subject.at)
    taken = session.exec(update(JobLease).where(col(JobLease.name) == name, mine).values(owner=owner, held_until=until))
    return bool(taken.rowcount == 1)


@service("system", "job_lease.release")
def release_lease(session: Session, subject: Subject, name: str, owner: str) -> None:
    """Let another worker take the job at once."""
    mine = update(JobLease).where(col(JobLease.name) == name, col(JobLease.owner) == owner)
    session.exec(mine.values(held_until=subject.at))


def _first(session: Session, lease: JobLease) -> bool:
    session.add(lease)
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        return False
    return True
