"""What the frame of every page of `/staff` shows, and where somebody lands after signing in."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from energo_cabinet import routes
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.models import Supplier
from energo_cabinet.services.sign_in.account import Person, current_user


@dataclass(frozen=True, slots=True)
class StaffFrame:
    """Who works, for whom (`supplier` "" for the installation) and what they may open."""

    person: Person
    role: str
    supplier: str
    permissions: list[str]
    needs_second_factor: bool


@service("staff:member", "staff.frame", audited=False)
def staff_frame(session: Session, subject: Subject) -> StaffFrame:
    """Of the caller."""
    member = subject.member
    supplier = session.get(Supplier, member.supplier_id) if member.supplier_id else None
    return StaffFrame(
        current_user(session, subject),
        member.role,
        supplier.name if supplier else "",
        sorted(member.permissions),
        member.needs_second_factor,
    )


@service("public", "staff.landing")
def landing(session: Session, subject: Subject) -> str:
    """The page to open after signing in: staff have their own."""
    return routes.STAFF if subject.staff else routes.START
