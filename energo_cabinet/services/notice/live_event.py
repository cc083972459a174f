"""The feed of live events from the side of the processes that watch it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session, col, delete, func, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.models import ContractLink, LiveEvent

MEASURED = "measured"
"""Topic of the live events that say: new values of a user's points have come."""

KEPT = timedelta(hours=1)
AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Change:
    """One event of the feed."""

    id: int
    user_id: int
    topic: str


def tell_measured(session: Session, subject: Subject, contract_ids: Collection[int]) -> None:
    """Say once to everybody who has one of the contracts in the cabinet that values have come."""
    wanted = sorted(contract_ids)
    users: set[int] = set()
    for at in range(0, len(wanted), AT_ONCE):
        query = select(ContractLink.user_id).where(
            col(ContractLink.contract_id).in_(wanted[at : at + AT_ONCE]), col(ContractLink.unlinked_at).is_(None)
        )
        users |= set(session.exec(query))
    session.add_all([LiveEvent(user_id=user, topic=MEASURED, created_at=subject.at) for user in sorted(users)])


@service("system", "live_event.newest")
def newest_change(session: Session, subject: Subject) -> int:
    """Id of the newest event; 0 before the first."""
    return session.exec(select(func.max(LiveEvent.id))).one() or 0


@service("system", "live_event.after")
def changes_after(session: Session, subject: Subject, floor: int, known: Collection[int] = ()) -> list[Change]:
    """Events above `floor` that are not `known`, oldest first, at most AT_ONCE."""
    query = select(LiveEvent.id, LiveEvent.user_id, LiveEvent.topic).where(col(LiveEvent.id) > floor)
    rows = session.execute(query.order_by(col(LiveEvent.id)).limit(AT_ONCE + len(known)))
    return [Change(*row) for row in rows if row[0] not in known]


@service("system", "live_event.forget")
def forget_changes(session: Session, subject: Subject) -> int:
    """Delete what every watcher has long seen; how many."""
    done = session.exec(delete(LiveEvent).where(col(LiveEvent.created_at) < subject.at - KEPT))
    return int(done.rowcount)
