"""Tickets of the demo's people in every status, the seed's two rows among them (Н-145, Н-146)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.demo.places import ANNA
from energo_cabinet.models import Contract, OutboxLetter, User
from energo_cabinet.services.ticket.command import answer_ticket, take_ticket
from energo_cabinet.services.ticket.ticket import TicketForm, open_ticket, reply, see

FLAT, HOUSE, OFFICE = "7638-294-061", "40-11825", "1204-Ю"
PHONE = "+7 900 000-18-42"


@dataclass(frozen=True)
class Asked:
    """A ticket and what came of it: (hours later, what, words); "reply" is the customer's."""

    contract: str
    category: str
    theme: str
    text: str
    days_ago: int
    then: tuple[tuple[int, str, str], ...] = ()
    is_read: bool = True


ASKED = (
    Asked(
        FLAT, "meter", "Замена прибора учета",
        "Здравствуйте! У прибора в этажном щите погас экран. Прошу проверить и заменить.", 27,
        ((2, "take", ""), (52, "close", "Прибор учета заменен")),
    ),
    Asked(
        FLAT, "tariff", "Смена тарифного расписания",
        "Здравствуйте! С начала месяца хочу перейти с двухзонного тарифа на трёхзонный. "
        "Что нужно сделать и когда он начнёт действовать?", 3,
        (
            (1, "take", ""),
            (3, "answer", "Анна Викторовна, Ваш Меркурий 204 поддерживает три зоны, замена не нужна. "
             "Расписание изменим дистанционно. Подтвердите, пожалуйста, дату."),
            (10, "reply", "Подтверждаю, с первого числа."),
        ),
    ),
    Asked(
        OFFICE, "quality", "Отклонение напряжения на вводе 2",
        "На вводе 2 днём садится напряжение, гаснет часть освещения. "
        "Прошу проверить качество электроэнергии и снизить плату за часы отклонения.", 2,
    ),
    Asked(
        HOUSE, "readings", "Показания за прошлый месяц",
        "Передала показания 25 числа, в счёте стоит расчётное значение. Прошу пересчитать.", 6,
        (
            (2, "take", ""),
            (26, "ask", "Пришлите, пожалуйста, фотографию прибора: в нашей базе показание меньше прежнего."),
        ),
        is_read=False,
    ),
    Asked(
        FLAT, "charges", "Льгота в квитанции",
        "В квитанции за этот месяц не учтена льгота. Документы отправляла в мае.", 1,
    ),
)  # fmt: skip


def load(session: Session, now: datetime) -> None:
    """Add them through the services, each step at its moment; nobody is told of what is long past."""
    anna = session.exec(select(User).where(User.email == ANNA)).one()
    contracts = {contract.number: contract.id for contract in session.exec(select(Contract))}
    for asked in sorted(ASKED, key=lambda one: -one.days_ago):
        _tell(session, now, anna, contracts[asked.contract], asked)
    session.exec(delete(OutboxLetter).where(col(OutboxLetter.to_email) == ANNA))


def _tell(session: Session, now: datetime, anna: User, contract_id: int, asked: Asked) -> None:
    begun = (now - timedelta(days=asked.days_ago)).replace(hour=7, minute=12)
    customer = Subject("customer", begun, user_id=anna.id)
    form = TicketForm(asked.category, asked.theme, asked.text, anna.email, anna.phone or PHONE)
    ticket_id = open_ticket(session, customer, contract_id, form).card.id
    for hours, what, words in asked.then:
        at = min(begun + timedelta(hours=hours), now)
        _step(session, replace(customer, at=at), Subject("system", at), ticket_id, what, words)
    if asked.is_read:
        see(session, replace(customer, at=now), ticket_id)


def _step(session: Session, customer: Subject, system: Subject, ticket_id: int, what: str, words: str) -> None:
    if what == "reply":
        reply(session, customer, ticket_id, words)
    elif what == "take":
        take_ticket(session, system, ticket_id)
    else:
        asks, closes = what == "ask", what == "close"
        answer_ticket(session, system, ticket_id, words, "Ольга", asks, closes)
