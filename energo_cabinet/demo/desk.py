"""A living queue: neighbours who write to both suppliers, operators who answer, prepared answers, an own day off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.staff import PERMISSIONS, StaffRole
from energo_cabinet.demo.staff import FIRST, OPERATOR, SECOND
from energo_cabinet.models import (
    AnswerTemplate,
    CalendarDay,
    Contract,
    ContractLink,
    Notification,
    OutboxLetter,
    StaffMember,
    Supplier,
    Ticket,
    TicketCategory,
    TicketTerm,
    User,
    UserStatus,
)
from energo_cabinet.services.desk.writing import answer, assign, note
from energo_cabinet.services.ticket.ticket import TicketForm, open_ticket, rate

SECOND_OPERATOR = "operator2@example.ru"
OPERATORS = {"g": OPERATOR, "t": SECOND_OPERATOR, "d": "lugovaya@example.ru"}
NEIGHBOURS = (
    (FIRST, "Хлебозавод «Колос»", "2210-Ю", "г. Северогорск, ул. Мельничная, 1"),
    (SECOND, "СНТ «Луговое»", "40-20007", "с. Луговое, ул. Полевая, 1"),
    (FIRST, "Демидов Константин Олегович", "7638-301-447", "г. Северогорск, ул. Лесная, 20, кв. 8"),
    (FIRST, "Кафе «Ветер»", "1377-Ю", "г. Северогорск, наб. Речная, 4"),
    (FIRST, "Лапина Наталья Сергеевна", "7638-310-092", "г. Северогорск, ул. Садовая, 3, кв. 17"),
    (SECOND, "Зайцев Пётр Ильич", "40-11990", "с. Луговое, ул. Садовая, 21"),
    (FIRST, "ООО «Склад № 3»", "1518-Ю", "г. Северогорск, Промзона, 12"),
    (FIRST, "Ким Олег Вадимович", "7638-288-310", "г. Северогорск, ул. Школьная, 11, кв. 5"),
)
ASKED = (
    (0, "readings", "Нет показаний в кабинете", "Со вчерашнего дня не видно показаний по обоим вводам.", 14, ""),
    (3, "meter", "Замена прибора учета", "Экран прибора не светится.", 13, "g?Пришлите, пожалуйста, фото прибора."),
    (6, "verification", "Поверка трансформаторов тока", "Срок поверки выходит в декабре, когда приедут?", 15, "t"),
    (4, "charges", "Ошибка в адресе квитанции", "В квитанции старый номер квартиры, исправьте, пожалуйста.", 6, ""),
    (2, "charges", "Перерасчёт за октябрь", "Меня не было месяц, прошу пересчитать.", 7, "g"),
    (7, "tariff", "Перейти на двухзонный тариф", "Какие документы нужны?", 3, ""),
    (0, "quality", "Скачки напряжения ночью", "Ночью гаснет освещение в цехе, проверьте, пожалуйста.", 2, "t"),
    (3, "readings", "Показания не приняты", "Передал 24-го, в счёте расчётное значение.", 2, ""),
    (4, "other", "Электронный счёт", "Хочу получать счёт только по почте.", 1, ""),
    (6, "meter", "Опломбировка", "Сорвана пломба при уборке, нужен мастер.", 1, "g"),
    (7, "charges", "Двойная оплата", "Оплатил дважды, верните или зачтите.", 1, ""),
    (2, "tariff", "Льгота ветерана", "Куда прислать удостоверение?", 0, ""),
    (0, "verification", "Дата поверки", "В кабинете дата поверки 2024 года, а прибор новый.", 0, ""),
    (3, "other", "Смена директора", "Просим обновить контакты по договору.", 20, "g!Контакты обновлены, спасибо."),
    (7, "readings", "Забыл передать показания", "Можно передать 28-го?", 18, "t!Да, примем до конца месяца."),
    (4, "meter", "Гудит прибор", "Прибор в щите громко гудит.", 25, "g!Прибор заменён по гарантии."),
    (2, "quality", "Мигает свет", "Вечером мигает свет в подъезде.", 22, "t?Мигает только у Вас или у соседей тоже?"),
    (6, "charges", "Акт сверки", "Нужен акт сверки за квартал.", 12, "g!Акт готов, забрать можно в офисе."),
    (1, "quality", "Низкое напряжение вечером", "С семи до десяти вечера 190 В по всей улице.", 16, "d"),
    (5, "readings", "Не подходит номер прибора", "Пишет, что прибор чужой.", 4, ""),
    (1, "meter", "Подключить новый участок", "Участок 84 просит прибор.", 1, ""),
    (5, "charges", "Пени за октябрь", "Оплатил вовремя, откуда пени?", 9, "d!Платёж пришёл 12-го, пени сняли."),
)  # fmt: skip
TEMPLATES = (
    ("Запрос фотографии прибора", "meter", "{name}, пришлите, пожалуйста, фото прибора учета {meter}: табло и пломбы."),
    ("Мастер приедет", "meter", "{name}, по обращению № {number} мастер приедет до {due}. Он позвонит за час."),
    ("Перерасчёт принят", "charges", "{name}, перерасчёт по договору {contract} сделаем до {due}."),
    ("Принято в работу", "", "{name}, обращение № {number} «{theme}» в работе. Ответим до {due}."),
    ("Спасибо, закрываем", "", "{name}, спасибо! Если вопрос вернётся, откройте обращение № {number} снова."),
)  # fmt: skip


def load(session: Session, now: datetime) -> None:
    """Add them through the services, each step at its moment; nobody is told of what is long past."""
    suppliers = {one.code: one for one in session.exec(select(Supplier))}
    people = [_neighbour(session, now, suppliers[code], *rest) for code, *rest in NEIGHBOURS]
    for who, category, theme, text, days, then in sorted(ASKED, key=lambda one: -one[4]):
        _ask(session, now, people[who], TicketForm(category, theme, text, people[who][2]), days, then)
    _rules(session, now, suppliers[FIRST])
    _silence(session, [email for _, _, email in people])


def _neighbour(
    session: Session, now: datetime, supplier: Supplier, name: str, number: str, address: str
) -> tuple[int, int, str]:
    """(user, contract, e-mail) of somebody who signs in nowhere."""
    email, since = f"neighbour-{number.casefold().replace('ю', 'u')}@example.ru", now - timedelta(days=60)
    user = User(email=email, full_name=name, password_hash="", password_changed_at=since, created_at=since)
    user.status = UserStatus.ACTIVE
    known: dict[str, Any] = {"number": number, "login": number, "customer_name": name, "address": address}
    contract = Contract(supplier_id=supplier.id, password_hash="", **known)
    session.add_all([user, contract])
    session.flush()
    link = ContractLink(user_id=user.id, contract_id=contract.id, title=name[:100], linked_at=since)
    session.add(link)
    session.flush()
    return user.id, contract.id, email


def _ask(session: Session, now: datetime, who: tuple[int, int, str], form: TicketForm, days: int, then: str) -> None:
    at = min((now - timedelta(days=days)).replace(hour=6, minute=40), now)
    customer = Subject("customer", at, user_id=who[0])
    number = open_ticket(session, customer, who[1], form).card.id
    if not then:
        return
    operator = _operator(session, min(at + timedelta(hours=3), now), OPERATORS[then[0]])
    version = session.get_one(Ticket, number).version
    thread = assign(session, operator, number, version, operator.user)
    if len(then) == 1:
        note(session, operator, number, "Позвонил абоненту, ждём бригаду.")
        return
    closes = then[1] == "!"
    answer(session, operator, number, thread.version, then[2:], then="close" if closes else "ask")
    if closes:
        rate(session, replace(customer, at=now), number, 5 if days % 2 else 4)


def _operator(session: Session, at: datetime, email: str) -> Subject:
    user = session.exec(select(User).where(User.email == email)).one()
    row = session.exec(select(StaffMember).where(StaffMember.user_id == user.id)).one()
    known = (row.id, user.id, user.full_name, row.supplier_id, row.role, PERMISSIONS[row.role])
    return Subject("customer", at, user_id=user.id, staff=StaffRole(*known))


def _rules(session: Session, now: datetime, supplier: Supplier) -> None:
    number = supplier.id
    for title, category, text in TEMPLATES:
        about = TicketCategory(category) if category else None
        known: dict[str, Any] = {"title": title, "category": about, "text": text, "changed_by": "Ярцева Инна Павловна"}
        session.add(AnswerTemplate(supplier_id=number, changed_at=now, **known))
    source = "Регламент работы с обращениями, п. 3.2"
    session.add(TicketTerm(supplier_id=number, category=TicketCategory.READINGS, days=3, source=source))
    session.add(CalendarDay(supplier_id=number, day=date(now.year, 12, 22), is_working=False, note="День энергетика"))
    session.flush()


def _silence(session: Session, emails: list[str]) -> None:
    """Letters and notifications of the past are not sent."""
    session.exec(delete(OutboxLetter).where(col(OutboxLetter.to_email).in_(emails)))
    users = select(User.id).where(col(User.email).in_(emails))
    session.exec(delete(Notification).where(col(Notification.user_id).in_(users)))
