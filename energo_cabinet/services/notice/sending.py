"""Notifications come into being: a supplier's in its own words, the system's by kind and facts (Н-135)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from energo_cabinet import routes
from energo_cabinet.auth.access import Subject, service
from energo_cabinet.domain.email_address import normal_address
from energo_cabinet.domain.form_text import has_forbidden, text_problem
from energo_cabinet.domain.journal.codes import worded
from energo_cabinet.errors import CabinetError, InvalidInput
from energo_cabinet.models import (
    Contract,
    ContractLink,
    LiveEvent,
    Notification,
    NotificationKind,
    Supplier,
    User,
    UserStatus,
)
from energo_cabinet.services.notice import letter
from energo_cabinet.services.notice.choice import choices_of
from energo_cabinet.services.notice.notification import TOPIC
from energo_cabinet.settings import get_settings

LONGEST_TITLE, LONGEST_TEXT = 200, 2000
SENDABLE = (NotificationKind.DEBT, NotificationKind.PLANNED_WORKS, NotificationKind.MESSAGE)
"""Kinds that a supplier words itself."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a message: how many notifications were made, shown in the cabinet, copied by e-mail."""

    notifications: int = 0
    shown: int = 0
    letters: int = 0

    def plus(self, other: Sent) -> Sent:
        """The sum of both."""
        return Sent(self.notifications + other.notifications, self.shown + other.shown, self.letters + other.letters)


@dataclass(frozen=True, slots=True)
class Message:
    """What is told. `title` "" lets `kind` and `facts` word it; `once`: the occasion, told to each user once.

    `has_own_letter`: whoever tells it posts another letter, whatever the reader has chosen.
    """

    kind: NotificationKind
    title: str = ""
    text: str = ""
    contract_id: int | None = None
    point_id: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    once: str | None = None
    has_own_letter: bool = False


@service("system", "notification.send")
def send_notification(
    session: Session,
    subject: Subject,
    kind: str,
    title: str,
    text: str,
    email: str = "",
    supplier: str = "",
    contract: str = "",
) -> Sent:
    """Tell one user, or everybody with a contract of the supplier in the cabinet, in the supplier's own words.

    Without supplier and contract it concerns the user's only contract; with several, none in particular.
    CabinetError: unknown_user, nobody_to_notify; InvalidInput: kind, title, text.
    """
    _check(kind, title, text)
    sent = Sent()
    for user, contract_id in _recipients(session, normal_address(email) or "", supplier.strip(), contract.strip()):
        message = Message(NotificationKind(kind), title.strip(), text.strip(), contract_id=contract_id)
        sent = sent.plus(tell(session, subject, [user], message))
    return sent


def tell(session: Session, subject: Subject, users: Sequence[User], message: Message) -> Sent:
    """Write the notification, its letter and its live event for each user who has not been told yet."""
    told = _told(session, users, message)
    new = [user for user in users if user.id not in told]
    choices = choices_of(session, [user.id for user in new], message.kind.source)
    shown = letters = 0
    for user in new:
        choice = choices[user.id]
        is_shown = choice.in_cabinet or message.kind.is_security
        session.add(_row(subject, user, message, is_shown))
        if is_shown:
            session.add(LiveEvent(user_id=user.id, topic=TOPIC, created_at=subject.at))
            shown += 1
        if choice.by_email and not message.has_own_letter:
            _post(session, subject, user, message)
            letters += 1
    session.flush()
    return Sent(len(new), shown, letters)


def readers_of(session: Session, contract_id: int) -> list[User]:
    """The active users who have a contract in their cabinet."""
    users = _active().join(ContractLink, col(ContractLink.user_id) == User.id)
    live = (ContractLink.contract_id == contract_id, col(ContractLink.unlinked_at).is_(None))
    return list(session.exec(users.where(*live)))


def _row(subject: Subject, user: User, message: Message, is_shown: bool) -> Notification:
    return Notification(
        user_id=user.id,
        contract_id=message.contract_id,
        point_id=message.point_id,
        kind=message.kind,
        title=message.title,
        text=message.text,
        facts=dict(message.facts),
        once=message.once,
        is_shown=is_shown,
        created_at=subject.at,
    )


def _post(session: Session, subject: Subject, user: User, message: Message) -> None:
    kind = "notification" if message.title else f"notification_{message.kind.value}"
    own = {"title": message.title, "text": message.text} if message.title else worded(message.facts, user.language)
    ticket = message.facts.get("ticket")
    link = get_settings().base_url + (routes.ticket(ticket) if ticket else routes.NOTIFICATIONS)
    letter.post(session, subject, kind, user.email, user.language, link=link, **own)


def _told(session: Session, users: Sequence[User], message: Message) -> set[int]:
    if message.once is None:
        return set()
    of_users = col(Notification.user_id).in_([user.id for user in users])
    return set(session.exec(select(Notification.user_id).where(Notification.once == message.once, of_users)))


def _check(kind: str, title: str, text: str) -> None:
    wrong = {"kind": "" if kind in SENDABLE else "unknown_kind", "title": text_problem(title, LONGEST_TITLE)}
    wrong["text"] = "too_long" if len(text) > LONGEST_TEXT else "invalid_characters" if _is_foul(text) else ""
    if any(wrong.values()):
        raise InvalidInput({name: code for name, code in wrong.items() if code})


def _is_foul(text: str) -> bool:
    return any(has_forbidden(line) for line in text.split("\n"))


def _recipients(session: Session, email: str, supplier: str, contract: str) -> list[tuple[User, int | None]]:
    """Users, each with the contract it concerns."""
    if email and not supplier:
        user = session.exec(_active().where(User.email == email)).first()
        if user is None:
            raise CabinetError("unknown_user", "email", email=email)
        links = session.exec(_linked().where(ContractLink.user_id == user.id)).all()
        return [(user, links[0].contract_id if len(links) == 1 else None)]
    query = _linked().join(Contract, col(Contract.id) == ContractLink.contract_id)
    query = query.join(Supplier, col(Supplier.id) == Contract.supplier_id).where(Supplier.code == supplier)
    links = session.exec(query.where(Contract.number == contract) if contract else query).all()
    concerned = {link.user_id: link.contract_id for link in reversed(links)}  # of several the one linked first
    users = _active().where(col(User.id).in_(concerned))
    found = session.exec(users.where(User.email == email) if email else users).all()
    if not found:
        raise CabinetError("nobody_to_notify", "supplier")
    return [(user, concerned[user.id]) for user in found]


def _active() -> SelectOfScalar[User]:
    return select(User).where(User.status == UserStatus.ACTIVE).order_by(col(User.id))


def _linked() -> SelectOfScalar[ContractLink]:
    live = select(ContractLink).where(col(ContractLink.unlinked_at).is_(None))
    return live.order_by(col(ContractLink.linked_at), col(ContractLink.id))
