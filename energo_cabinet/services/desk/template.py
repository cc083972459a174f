"""Prepared answers of a supplier: written once, with fields that are filled from the ticket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from energo_cabinet.auth.access import Subject, service
from energo_cabinet.auth.audit import audit_note
from energo_cabinet.auth.supplier_access import of_supplier, own_supplier
from energo_cabinet.domain.desk.answer_fields import unknown
from energo_cabinet.domain.form_text import paragraphs, paragraphs_problem, text_problem
from energo_cabinet.errors import CabinetError, NotFound
from energo_cabinet.models import AnswerTemplate, TicketCategory
from energo_cabinet.services.ticket.form import LONGEST_TEXT, refuse

LONGEST_TITLE, MOST = 100, 200


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A prepared answer; `category` "" for any ticket."""

    id: int
    title: str
    category: str
    text: str
    changed_by: str
    changed_at: datetime


@service("staff:desk", "answer_template.list", audited=False)
def answer_templates(session: Session, subject: Subject) -> list[TemplateRow]:
    """Those of the caller's supplier, by title."""
    query = select(AnswerTemplate).where(of_supplier(subject, AnswerTemplate.supplier_id))
    return [_row(row) for row in session.exec(query.order_by(col(AnswerTemplate.title)).limit(MOST))]


@service("staff:desk", "answer_template.add")
def add_template(session: Session, subject: Subject, title: str, category: str, text: str) -> TemplateRow:
    """A new one. InvalidInput: title, category, text; CabinetError(desk_template_field, desk_template_title)."""
    supplier = own_supplier(session, subject)
    _check(title, category, text)
    mine = col(AnswerTemplate.supplier_id) == supplier.id
    if len(session.exec(select(AnswerTemplate.id).where(mine)).all()) >= MOST:
        raise CabinetError("desk_templates_many", "title", most=MOST)
    row = AnswerTemplate(supplier_id=supplier.id, title="", text="", changed_at=subject.at)
    return _written(session, subject, row, title, category, text)


@service("staff:desk", "answer_template.change")
def change_template(
    session: Session, subject: Subject, template_id: int, title: str, category: str, text: str
) -> TemplateRow:
    """Another wording. Errors of `add_template`; NotFound for another supplier's."""
    row = _own(session, subject, template_id)
    _check(title, category, text)
    return _written(session, subject, row, title, category, text)


@service("staff:desk", "answer_template.remove")
def remove_template(session: Session, subject: Subject, template_id: int) -> None:
    """Nobody will find it any more; what was sent stays."""
    row = _own(session, subject, template_id)
    audit_note(session, title=row.title)
    session.delete(row)


def _check(title: str, category: str, text: str) -> None:
    problem = paragraphs_problem(text, LONGEST_TEXT)
    refuse(
        {
            "title": text_problem(title, LONGEST_TITLE),
            "category": "" if not category or category in set(TicketCategory) else "ticket_category",
            "text": "ticket_text_long" if problem == "too_long" else problem,
        }
    )
    strange = unknown(text)
    if strange:
        raise CabinetError("desk_template_field", "text", fields=", ".join(strange))


def _written(
    session: Session, subject: Subject, row: AnswerTemplate, title: str, category: str, text: str
) -> TemplateRow:
    same = (AnswerTemplate.supplier_id == row.supplier_id, AnswerTemplate.title == title.strip())
    other = session.exec(select(AnswerTemplate.id).where(*same)).first()
    if other is not None and other != row.id:
        raise CabinetError("desk_template_title", "title")
    audit_note(session, title=title.strip(), before=row.text, after=paragraphs(text))
    row.title, row.text = title.strip(), paragraphs(text)
    row.category = TicketCategory(category) if category else None
    row.changed_by, row.changed_at = "" if subject.staff is None else subject.staff.name, subject.at
    session.add(row)
    session.flush()
    return _row(row)


def _own(session: Session, subject: Subject, template_id: int) -> AnswerTemplate:
    mine = (AnswerTemplate.id == template_id, of_supplier(subject, AnswerTemplate.supplier_id))
    row = session.exec(select(AnswerTemplate).where(*mine)).first()
    if row is None:
        raise NotFound
    return row


def _row(row: AnswerTemplate) -> TemplateRow:
    category = row.category.value if row.category else ""
    return TemplateRow(row.id, row.title, category, row.text, row.changed_by, row.changed_at)
