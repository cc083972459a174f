"""What the tests of customers and their contracts share."""

from sqlmodel import select

from energo_cabinet.models import AuditEntry, Notification, NotificationKind

WHY = "Договор в споре, дело № 7"


def entry(session) -> AuditEntry:
    return session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()


def kinds(session, who) -> list[NotificationKind]:
    told = select(Notification.kind).where(Notification.user_id == who.user).order_by(Notification.id)
    return list(session.exec(told))
