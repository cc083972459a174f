"""A customer's page, link requests, contracts issued, sheets printed once, and blocks with their reasons."""

from datetime import date

from energo_cabinet.auth.login_session import open_session
from energo_cabinet.models import Notification, User
from energo_cabinet.services.customers.customer import customer_page
from energo_cabinet.settings import get_settings
from tests.cast import bill, meter
from tests.services.customers.scene import entry
from tests.services.test_strangers import ticket, told


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
