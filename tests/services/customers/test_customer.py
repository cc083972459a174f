"""A customer's page, link requests, contracts issued, sheets printed once, and blocks with their reasons."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from energo_cabinet.auth.login_session import open_session
from energo_cabinet.errors import CabinetError, Conflict, InvalidInput, NotFound
from energo_cabinet.models import (
    AuditEntry,
    Contract,
    ContractLink,
    GatewayKind,
    LinkRequest,
    LinkRequestStatus,
    LoginSession,
    Notification,
    NotificationKind,
    ServiceRegion,
    User,
)
from energo_cabinet.services.contract.contract import link_contract, list_contracts
from energo_cabinet.services.contract.customer_block import (
    block_contract,
    block_person,
    unblock_contract,
    unblock_person,
    unlink_person,
)
from energo_cabinet.services.contract.link_request import request_link
from energo_cabinet.services.customers.contract import ContractForm, issue_contract, print_sheet
from energo_cabinet.services.customers.customer import customer_page
from energo_cabinet.services.customers.request import accept_link, list_requests, refuse_link
from energo_cabinet.services.customers.search import search_contracts
from energo_cabinet.services.person.access_journal import PAGE, my_access_journal
from energo_cabinet.settings import get_settings
from tests.cast import CONTRACT_PASSWORD, bill, contract, link, meter, supplier
from tests.services.test_strangers import asked, ticket, told

WHY = "Договор в споре, дело № 7"
FORM = ContractForm("77-15", "Орлов Пётр Ильич", "г. Северогорск, ул. Речная, д. 3", "flat")


def entry(session) -> AuditEntry:
    return session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()


def kinds(session, who) -> list[NotificationKind]:
    return list(session.exec(select(Notification.kind).where(Notification.user_id == who.user)))


def test_the_page_shows_everything_about_a_contract(session, cast):
    meter(session, cast.point), bill(session, cast.contract, date(2026, 10, 1), "100"), ticket(cast)
    session.get(Notification, told(cast)).contract_id = cast.contract.id
    open_session(session, cast.anna, session.get(User, cast.anna.user), False, get_settings())
    page = customer_page(session, cast.grigory, cast.contract.id)
    (person,), (at,), (asks,), (sent,) = page.people, page.points, page.tickets, page.notifications
    assert (person.email, person.sessions, at.serial_number) == ("anna@example.org", 1, "41907352")
    assert (asks.theme, sent.to, page.bills[0].charged_rub) == ("Моё обращение", "anna@example.org", 100)
    assert page.balance and page.balance.amount_rub == -100
    assert (entry(session).contract_id, entry(session).action) == (cast.contract.id, "customer.open")


def test_a_request_is_decided_and_the_person_told(session, cast):
    request_id = asked(cast)
    (card,) = list_requests(session, cast.grigory).cards
    assert (card.id, card.known_id, card.email) == (request_id, 0, "anna@example.org")
    with pytest.raises(CabinetError, match="unknown_contract"):
        accept_link(session, cast.grigory, request_id)
    other = contract(session, cast.supplier, number="40-1")
    accept_link(session, cast.grigory, request_id, "40-1")
    assert session.get(LinkRequest, request_id).contract_id == other.id
    assert kinds(session, cast.anna) == [NotificationKind.LINK_ACCEPTED]
    assert list_requests(session, cast.grigory).waiting == 0


def test_a_number_is_known_however_its_dashes_are_written(session, cast):
    session.get(LinkRequest, asked(cast)).contract_number = "7638 294061"
    (card,) = list_requests(session, cast.grigory).cards
    assert (card.known_id, card.known_name) == (cast.contract.id, cast.contract.customer_name)
    accept_link(session, cast.grigory, card.id)
    assert session.get(LinkRequest, card.id).status == LinkRequestStatus.LINKED


def test_a_refusal_needs_words(session, cast):
    request_id = asked(cast)
    for words in ("", " ", "x" * 501, None):
        with pytest.raises(CabinetError, match="reason_required"):
            refuse_link(session, cast.grigory, request_id, words)
    refuse_link(session, cast.grigory, request_id, WHY)
    assert session.get(LinkRequest, request_id).status == LinkRequestStatus.REFUSED
    assert entry(session).whose_id == cast.anna.user
    with pytest.raises(Conflict):
        accept_link(session, cast.grigory, request_id, cast.contract.number)


def test_an_issued_contract_is_closed_until_its_sheet_is_printed(session, cast):
    made = session.get(Contract, issue_contract(session, cast.grigory, FORM))
    with pytest.raises(CabinetError, match="wrong_contract_password"):
        link_contract(session, cast.boris, cast.supplier.id, "Мой", made.login, "x")
    sheet = print_sheet(session, cast.grigory, made.id, 0)
    assert link_contract(session, cast.boris, cast.supplier.id, "Мой", sheet.login, sheet.password).number == "77-15"
    assert search_contracts(session, cast.grigory, "орлов 77-15").rows[0].contract_id == made.id


@pytest.mark.parametrize("field", ["number", "customer_name", "address", "consumer_class"])
def test_a_contract_needs_every_field(session, cast, field):
    for wrong in ("", "x" * 301, "a\x00b", None):
        with pytest.raises(InvalidInput) as refused:
            issue_contract(session, cast.grigory, replace(FORM, **{field: wrong}))
        assert list(refused.value.fields) == [field]


def test_a_number_is_issued_once(session, cast):
    issue_contract(session, cast.grigory, FORM)
    with pytest.raises(Conflict, match="number_taken"):
        issue_contract(session, cast.grigory, FORM)


def test_a_sheet_exists_once_and_only_its_hash_stays(session, cast):
    sheet = print_sheet(session, cast.grigory, cast.contract.id, 0, True)
    session.refresh(cast.contract)
    assert cast.contract.password_hash.startswith("$argon2id$") and cast.contract.login == sheet.login
    kept = [session.execute(table.select()).all() for table in Contract.metadata.sorted_tables]
    assert sheet.password not in repr(kept)
    for issue in (0, 2, None, "1"):
        with pytest.raises(Conflict, match="sheet_is_gone"):
            print_sheet(session, cast.grigory, cast.contract.id, issue)
    assert print_sheet(session, cast.grigory, cast.contract.id, 1).login == sheet.login


def test_a_reset_ends_no_session_and_no_link(session, cast):
    open_session(session, cast.anna, session.get(User, cast.anna.user), False, get_settings())
    sheet = print_sheet(session, cast.grigory, cast.contract.id, 0)
    assert session.exec(select(LoginSession)).one().revoked_at is None
    assert [card.contract_id for card in list_contracts(session, cast.anna)] == [cast.contract.id]
    with pytest.raises(CabinetError, match="wrong_contract_password"):
        link_contract(session, cast.boris, cast.supplier.id, "x", sheet.login, CONTRACT_PASSWORD)


def test_contracts_of_a_supplier_with_its_own_system_are_issued_there(session, cast):
    cast.supplier.gateway = GatewayKind.HTTP
    session.add(cast.supplier)
    for refused in (
        lambda: issue_contract(session, cast.grigory, FORM),
        lambda: print_sheet(session, cast.grigory, cast.contract.id, 0),
    ):
        with pytest.raises(CabinetError, match="contracts_elsewhere"):
            refused()


def test_a_blocked_contract_cannot_be_linked_and_its_people_see_why(session, cast):
    block_contract(session, cast.grigory, cast.contract.id, WHY)
    with pytest.raises(CabinetError, match="contract_blocked") as refused:
        link_contract(session, cast.boris, cast.supplier.id, "x", cast.contract.login, CONTRACT_PASSWORD)
    assert refused.value.params == {"reason": WHY}
    assert [card.blocked for card in list_contracts(session, cast.anna)] == [WHY]
    assert kinds(session, cast.anna) == [NotificationKind.BLOCKED]
    unblock_contract(session, cast.grigory, cast.contract.id, "Спор решён")
    assert [card.blocked for card in list_contracts(session, cast.anna)] == [""]
    assert link_contract(session, cast.boris, cast.supplier.id, "x", cast.contract.login, CONTRACT_PASSWORD)


def test_a_blocked_contract_is_not_linked_by_name_either(session, cast):
    cast.contract.customer_name = "Чужой Борис Борисович"
    session.add(cast.contract)
    block_contract(session, cast.grigory, cast.contract.id, WHY)
    region = ServiceRegion(supplier_id=cast.supplier.id, title="Область")
    session.add(region)
    session.flush()
    card = request_link(session, cast.boris, str(region.id), cast.contract.number)
    assert card.status == LinkRequestStatus.WAITING
    with pytest.raises(CabinetError, match="contract_blocked"):
        accept_link(session, cast.grigory, card.id)


def test_a_blocked_person_loses_this_supplier_s_contracts_and_gets_them_back(session, cast):
    elsewhere = contract(session, supplier(session, "OTHER"), number="1")
    link(session, cast.anna, elsewhere, title="Дача")
    block_person(session, cast.grigory, cast.anna.user, WHY)
    assert [card.title for card in list_contracts(session, cast.anna)] == ["Дача"]
    with pytest.raises(CabinetError, match="customer_blocked"):
        link_contract(session, cast.anna, cast.supplier.id, "x", cast.contract.login, CONTRACT_PASSWORD)
    assert customer_page(session, cast.grigory, cast.contract.id).shut_out[0].reason == WHY
    unblock_person(session, cast.grigory, cast.anna.user, "Ошибка")
    assert {card.title for card in list_contracts(session, cast.anna)} == {"Дача", cast.link.title}
    assert session.get(User, cast.anna.user).status == "active"
    assert kinds(session, cast.anna) == [NotificationKind.UNLINKED, NotificationKind.UNBLOCKED]


def test_a_person_is_unlinked_with_a_reason(session, cast):
    unlink_person(session, cast.grigory, cast.contract.id, cast.anna.user, WHY)
    assert list_contracts(session, cast.anna) == []
    assert (entry(session).whose_id, entry(session).contract_id) == (cast.anna.user, cast.contract.id)
    link(session, cast.boris, cast.contract)
    with pytest.raises(NotFound):
        unlink_person(session, cast.grigory, cast.contract.id, cast.anna.user, WHY)


def test_every_block_needs_a_reason_and_comes_once(session, cast):
    for reason in ("", " ", "x" * 501, None, "a\x00"):
        with pytest.raises(InvalidInput):
            block_contract(session, cast.grigory, cast.contract.id, reason)
    block_contract(session, cast.grigory, cast.contract.id, WHY)
    with pytest.raises(Conflict, match="already_blocked"):
        block_contract(session, cast.grigory, cast.contract.id, WHY)
    unblock_contract(session, cast.grigory, cast.contract.id, WHY)
    with pytest.raises(Conflict, match="not_blocked"):
        unblock_contract(session, cast.grigory, cast.contract.id, WHY)


def test_people_read_in_pages_who_looked_at_their_contracts(session, cast):
    for _ in range(PAGE + 2):
        customer_page(session, cast.grigory, cast.contract.id)
    first = my_access_journal(session, cast.anna)
    rest = my_access_journal(session, cast.anna, first.before)
    assert (len(first.lines), len(rest.lines), rest.before) == (PAGE, 2, None)
    assert {line.contract_number for line in first.lines} == {cast.contract.number}
    link_of_boris = link(session, cast.boris, cast.contract)
    link_of_boris.linked_at = link_of_boris.linked_at.replace(year=2027)
    assert my_access_journal(session, cast.boris).lines == ()
    assert session.exec(select(ContractLink)).all()
