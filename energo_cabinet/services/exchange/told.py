"""Whom a supplier's new data concern: the open tabs of those who have the contract in their cabinets."""

from __future__ import annotations

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.models import ContractLink, LiveEvent
from energo_cabinet.services.bill.posting import TOPIC as BILLS
from energo_cabinet.services.notice.live_event import MEASURED

LOADED = "loaded"
"""Topic of the live events that say: the list or the age of a contract's data has changed."""

_TOPICS = {"bills": BILLS, "payments": BILLS, "balance": BILLS, "readings": MEASURED, "profile": MEASURED}
_TOPICS |= {"events": MEASURED, "points": MEASURED, "meters": MEASURED}


def tell_loaded(
    session: Session, subject: Subject, contract_id: int, resource: str, stored: int, is_first: bool
) -> None:
    """Say it once a topic; `is_first`: everything of the contract is here for the first time."""
    topics = {_TOPICS[resource]} if stored and resource in _TOPICS else set()
    if is_first:
        topics |= {LOADED, BILLS, MEASURED}
    if not topics:
        return
    live = (ContractLink.contract_id == contract_id, col(ContractLink.unlinked_at).is_(None))
    users = sorted(session.exec(select(ContractLink.user_id).where(*live)))
    session.add_all(
        LiveEvent(user_id=user, topic=topic, created_at=subject.at) for user in users for topic in sorted(topics)
    )
