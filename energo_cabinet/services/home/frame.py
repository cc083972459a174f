"""What the frame of every signed-in page shows, read at once: who, which contracts, what is unread (Н-39…Н-41)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.services.contract.contract import ContractCard, list_contracts
from energo_cabinet.services.notice.notification import Unread, unread
from energo_cabinet.services.sign_in.account import Person, current_user
from energo_cabinet.services.staff.invitation import Invitation, my_invitation


@dataclass(frozen=True, slots=True)
class Frame:
    """One answer instead of three trips through the door. `is_view`: a member of the staff looks on (auth.view)."""

    person: Person
    contracts: list[ContractCard]
    unread: Unread
    is_staff: bool = False
    is_view: bool = False
    invitation: Invitation | None = None


@service("customer", "home.frame")
def frame(session: Session, subject: Subject) -> Frame:
    """Of the caller."""
    contracts, is_staff = list_contracts(session, subject), subject.staff is not None
    person, is_view = current_user(session, subject), subject.viewer_id is not None
    asked = None if is_staff or is_view else my_invitation(session, subject)
    return Frame(person, contracts, unread(session, subject), is_staff, is_view, asked)
