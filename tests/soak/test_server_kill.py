"""kill -9 to the whole server, again and again, beside people who send readings and tickets, machines that leave files
and a supplier whose payments are fetched: what was acknowledged is there once (SECURITY test plan 14).

kill -9 is no loss of power: SQLite's own `synchronous=FULL` is what stands between the two.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session, col, delete, func, select, update

from energo_cabinet import door
from energo_cabinet.auth.access import Subject
from energo_cabinet.database import get_engine
from energo_cabinet.domain.time.local_day import epoch_day
from energo_cabinet.models import (
    ImportJob,
    JobLease,
    MeterReading,
    Payment,
    ProfileDay,
    ReadingSubmission,
    SupplierDelivery,
    SupplierSync,
    Ticket,
    TicketMessage,
)
from energo_cabinet.services.imports.token import add_token
from energo_cabinet.services.phone import pairing, pairing_claim
from energo_cabinet.services.sign_in import account
from energo_cabinet.services.sign_in.user_entry import add_user
from energo_cabinet.services.supplier.adoption import adopt
from energo_cabinet.services.supplier.connection import client_for, connect_supplier
from energo_cabinet.services.supplier.sync_due import begin_sync
from energo_cabinet.settings import get_settings
from tests import cast as make
from tests.e2e.cabinet import environment
from tests.gateways.demo_supplier import FLAT, TOKEN, demo_supplier
from tests.gateways.demo_supplier import PASSWORD as SUPPLIERS
from tests.servers import free_port, wait_for
from tests.soak.draw import number
from tests.soak.errands import Errands, day_of
from tests.soak.forge import forge

pytestmark = [pytest.mark.soak, pytest.mark.timeout(1500)]
PASSWORD = "Синий трактор 7"
WIDE = ("api", "ticket_user", "reading_user", "import_token")
PAUSES = {"ticket": 0.15, "reading": 1.1, "file": 0.6}


@pytest.fixture(scope="module")
def dialect():
    """A database that dies with its server."""
    return "sqlite"


@pytest.fixture
def supplier(tmp_path):
    (tmp_path / "supplier").mkdir()
    with demo_supplier(tmp_path / "supplier", days=40) as running:
        yield running


@pytest.fixture
def errands(supplier, installation):
    """Анна's phone and flats, a machine's token, a server to come."""
    installation.set(port=free_port(), **{f"limit_{name}": "1000000/hour" for name in WIDE})
    add = door.run_as_system(add_user, "anna@example.org", PASSWORD, "Соколова Анна")
    now = datetime.now(UTC)
    with Session(get_engine(), expire_on_commit=False) as session:
        anna, system = Subject("customer", now, user_id=add.id), Subject("system", now)
        local, keeper = make.supplier(session), make.supplier(session, "priozerye", "Приозёрье")
        local.reading_first_day, local.reading_last_day = 1, 31
        flat = make.contract(session, local)
        make.link(session, anna, flat)
        point = make.point(session, flat)
        made = make.meter(session, point, is_smart=False)
        made.register_digits = 9
        make.readings(session, point, "T0", [(now - timedelta(days=300), 4_500_000)])
        connect_supplier(session, system, keeper.code, supplier.url, TOKEN)
        contract = adopt(session, system, keeper.id, client_for(session, keeper).link(FLAT.login, SUPPLIERS))
        make.link(session, anna, contract)
        begin_sync(session, system, contract)
        session.commit()
        ids = (flat.id, point.id)
    drop = door.run_as_system(add_token, "NEKTA", "АСКУЭ").token
    return Errands(f"http://127.0.0.1:{get_settings().port}", phone(), drop, *ids)


def phone() -> str:
    """A paired phone's token."""
    desk = door.Caller(sid=door.run(door.Caller(), account.sign_in, "anna@example.org", PASSWORD, False))
    shown = door.run(desk, pairing.show_code)
    got = door.run(door.Caller(ip="192.0.2.1"), pairing_claim.claim_pairing, shown.code, "Телефон")
    door.run(desk, pairing.confirm_pairing, shown.pairing_id)
    return door.run(door.Caller(ip="192.0.2.1"), pairing_claim.token_by_claim, got.claim).token


def two_minutes_pass() -> None:
    """The leases of the dead are over, and pauses before the next try."""
    past = datetime.now(UTC) - timedelta(days=1)
    with Session(get_engine()) as session:
        session.exec(delete(JobLease))
        session.exec(update(SupplierSync).values(next_at=past))
        undelivered = update(SupplierDelivery).where(col(SupplierDelivery.delivered_at).is_(None))
        session.exec(undelivered.values(leased_until=None, next_try_at=past))
        session.commit()


def killed(lives, supplier, kills, chance) -> list[float]:
    """So many lives, a payment of the supplier's in each; seconds from each kill until somebody answered again."""
    back = []
    for turn in range(kills):
        two_minutes_pass()
        began = time.monotonic()
        lives.begin()
        back.append(time.monotonic() - began)
        document = {"number": f"П-{turn}", "paid_on": f"{datetime.now(UTC):%Y-%m-%d}", "amount_rub": "10.01"}
        supplier.put(FLAT.contract, "payments", f"П-{turn}", document)
        time.sleep(chance.choice((0.1, 0.5, 1, 2, 4)) * chance.random())  # a moment to die at, anywhere
        lives.end()
    return back


def settled(kills) -> bool:
    """Whether the last server has brought everything to its end."""
    with Session(get_engine()) as session:
        rows = select(func.count()).select_from
        waits = session.exec(rows(SupplierDelivery).where(col(SupplierDelivery.delivered_at).is_(None))).one()
        runs = session.exec(rows(ImportJob).where(col(ImportJob.finished_at).is_(None))).one()
        return (
            not waits
            and not runs
            and session.exec(rows(Payment).where(col(Payment.number).like("П-%"))).one() >= (kills)
        )


@pytest.fixture
def log(tmp_path):
    """What all lives wrote."""
    return tmp_path / "server.log"


@pytest.fixture
def lives(errands, installation, log):
    """The forge with the settings of this installation."""
    known = {f"ENERGO_LIMIT_{name.upper()}": "1000000/hour" for name in WIDE}
    known["ENERGO_DATABASE_URL"] = get_settings().db_url
    port = get_settings().port
    with forge(environment(installation.data_dir, port, **known), port, log) as made:
        yield made


def test_what_was_acknowledged_before_a_kill_is_there_once(errands, lives, log, supplier, chance, figure):
    kills, over = number("server kills"), threading.Event()
    with ThreadPoolExecutor(len(PAUSES)) as people:
        sent = [people.submit(errands.run, kind, over, pause) for kind, pause in PAUSES.items()]
        try:
            back = killed(lives, supplier, kills, chance)
            two_minutes_pass()
            lives.begin()
            over.set()
            assert [one.result() for one in sent]
            wait_for(lambda: settled(kills), 120, "the last server brings all to its end")
            lives.end()
        finally:
            over.set(), errands.gone.set()
    assert errands.refused == []
    counts = {kind: len(done) for kind, done in errands.done.items()}
    figure(f"{kills} kills, acknowledged {counts}, sent again {errands.again}, back in {max(back[1:]):.1f} s at most")
    assert min(counts.values()) > 0 and errands.again > 0, "the kills came too early or too late to prove anything"
    check(errands, kills)
    assert [line for line in log.read_text().splitlines() if " ERROR " in line] == []


def check(errands, kills) -> None:
    """Each acknowledged errand once, payments once, numbers without a gap, the file whole."""
    with Session(get_engine()) as session:
        tickets = session.exec(select(Ticket.number, Ticket.theme).order_by(Ticket.number)).all()
        assert [theme for _, theme in tickets] == [f"Тема {n}" for n in errands.done["ticket"]]
        assert [shown for shown, _ in tickets] == list(range(1, len(tickets) + 1))
        assert session.exec(select(func.count()).select_from(TicketMessage)).one() == len(tickets)
        keys = session.exec(select(ReadingSubmission.form_key).order_by(ReadingSubmission.id)).all()
        assert keys == [f"reading-{n:06}" for n in errands.done["reading"]]
        assert session.exec(select(func.count()).select_from(MeterReading)).one() >= 1
        amounts = session.exec(select(Payment.amount_rub).where(col(Payment.number).in_(documents(kills)))).all()
        assert len(amounts) == kills
        stored = session.exec(select(func.count(), func.sum(ProfileDay.n)).where(is_of_files(errands))).one()
        days = len({day_of(n) for n in errands.done["file"]})
        assert tuple(stored) == (days, 48 * days)
    with sqlite3.connect(get_engine().url.database) as file:
        assert file.execute("PRAGMA quick_check").fetchall() == [("ok",)]


def documents(kills):
    return [f"П-{turn}" for turn in range(kills)]


def is_of_files(errands):
    """Days of the files' year: those of the supplier are of this one."""
    since = epoch_day(day_of(0))
    return col(ProfileDay.day).between(since, since + 700)
