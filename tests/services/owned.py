"""Rows of Анна's, or of her supplier's, that strangers ask for: each makes one and gives its id."""

from __future__ import annotations

from sqlalchemy.orm import object_session

from energo_cabinet.models import (
    AnswerTemplate,
    Attachment,
    AttachmentPurpose,
    Broadcast,
    LinkRequest,
    LinkRequestStatus,
    Normative,
    RegistryImport,
    Ticket,
)
from tests.cast import NOW


def ticket(cast) -> int:
    """A ticket of Анна's."""
    row = Ticket(
        contract_id=cast.contract.id, user_id=cast.anna.user, number=1, category="other", theme="Моё обращение"
    )
    row.email, row.searched, row.request_key, row.created_at = "x", "", "x", NOW
    row.supplier_id = cast.supplier.id
    session = object_session(cast.point)
    session.add(row)
    session.flush()
    return row.id


def attached(cast) -> int:
    """A photo of Анна's, part of her contract."""
    row = Attachment(key="a" * 40, user_id=cast.anna.user, contract_id=cast.contract.id, name="a.jpg", created_at=NOW)
    row.purpose, row.media_type, row.size = AttachmentPurpose.READING, "image/jpeg", 1
    session = object_session(cast.point)
    session.add(row)
    session.flush()
    return row.id


def prepared(cast) -> int:
    """A prepared answer of Анна's supplier."""
    session = object_session(cast.point)
    row = AnswerTemplate(supplier_id=cast.supplier.id, title="Квартира 42", text="x", changed_at=NOW)
    session.add(row)
    session.flush()
    return row.id


def asked(cast) -> int:
    """A link request of Анна's that waits."""
    row = LinkRequest(
        user_id=cast.anna.user,
        supplier_id=cast.contract.supplier_id,
        contract_number="40-11825",
        customer_name="Соколова",
        status=LinkRequestStatus.WAITING,
        created_at=NOW,
    )
    session = object_session(cast.point)
    session.add(row)
    session.flush()
    return row.id


def previewed(cast) -> int:
    """A registry file of Анна's supplier."""
    row = RegistryImport(supplier_id=cast.supplier.id, name="a.csv", sha256="x", created_at=NOW)
    session = object_session(cast.point)
    session.add(row)
    session.flush()
    return row.id


def normed(cast) -> int:
    """A normative of Анна's supplier."""
    row = Normative(
        supplier_id=cast.supplier.id, name="Моё обращение", value=1, unit="x", valid_from=NOW.date(), source="x"
    )
    session = object_session(cast.point)
    session.add(row)
    session.flush()
    return row.id


def drafted(cast) -> int:
    """A draft of a broadcast of Анна's supplier."""
    row = Broadcast(supplier_id=cast.supplier.id, author="Г", kind="message", title="Моё обращение", created_at=NOW)
    row.changed_at = NOW
    session = object_session(cast.point)
    session.add(row)
    session.flush()
    return row.id
