"""Steps of three people, their supplier and its billing in any order, each compared with the model."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlmodel import Session, select

from energo_cabinet.auth.access import Subject
from energo_cabinet.database import get_engine
from energo_cabinet.models import Contract, ContractLink, LinkObjection, LinkRequest
from energo_cabinet.services.bill.balance import contract_balance
from energo_cabinet.services.bill.bill import list_bills
from energo_cabinet.services.bill.posting import post_payment, read_and_post
from energo_cabinet.services.bill.receipt import payment_receipt
from energo_cabinet.services.contract import code, contract, link_request, reader
from energo_cabinet.services.customers import objection, request
from energo_cabinet.services.reading import decision, submission
from energo_cabinet.services.sign_in import account
from tests.cast import CONTRACT_PASSWORD
from tests.services.reading.scene import deliver
from tests.soak.model import CONTRACTS, PEOPLE, Link, Model, Objection, Sent
from tests.soak.town import FIRST_WH, Town, Towns, number

WHO, OF = st.sampled_from(PEOPLE), st.sampled_from(CONTRACTS)
SMALL, LARGE = 100, 2_000_000
DELTAS = {"small": SMALL, "same": 0, "lower": -1000, "too_much": LARGE}
MONTHS = tuple(f"2026-{month:02}" for month in range(1, 11))
AMOUNTS = st.sampled_from(["100.00", "0.01", "2999.99", "-50.10"])


class Machine(RuleBasedStateMachine):
    """One example is one town. `towns` is set before a run; `steps` counts those of all examples."""

    towns: ClassVar[Towns]
    steps: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.town: Town = self.towns.town()
        self.model = Model()
        self.sent = self.turn = 0

    def ids(self, of: int) -> tuple[int, int]:
        """Row ids of a contract and its point."""
        return self.town.facts.contracts[of], self.town.facts.points[of]

    def linked(self, who: str, of: int, title: str) -> None:
        """It is in the sidebar from now on."""
        self.model.links[who, of] = Link(self.town.now, False, title, self.link_id(who, of))

    def link_id(self, who: str, of: int) -> int:
        """The row of the live link, 0 without one; the attacker of `object` knows any."""
        live = select(ContractLink.id).where(ContractLink.unlinked_at.is_(None))
        mine = (ContractLink.user_id == self.town.facts.users[who], ContractLink.contract_id == self.ids(of)[0])
        with Session(get_engine()) as session:
            return session.exec(live.where(*mine)).first() or 0

    @rule(minutes=st.integers(1, 3))
    def time_goes_on(self, minutes: int) -> None:
        self.town.tick(minutes)

    @rule(who=WHO, of=OF)
    def link_by_password(self, who: str, of: int) -> None:
        self.town.tick()
        login = f"login-{number(of)}"
        found = self.town.ask(who, contract.link_contract, 1, "Дом", login, CONTRACT_PASSWORD)
        self._opened(found, who, of, "Дом")

    @rule(who=WHO, of=OF, age=st.integers(0, 1))
    def link_by_code_of_the_bill(self, who: str, of: int, age: int) -> None:
        self.town.tick()
        with Session(get_engine()) as session:
            row = session.get_one(Contract, self.ids(of)[0])
        assert row.code_issue == self.model.codes_used[of]
        row.code_issue -= age
        found = self.town.ask(who, code.link_by_code, self.town.facts.region, number(of), code.printed_code(row))
        if age:
            wrong = "wrong_contract_code" if who in self.model.signed_in else "not_signed_in"
            assert found == wrong
        else:
            self._opened(found, who, of, number(of), is_by_code=True)

    def _opened(self, found: object, who: str, of: int, title: str, is_by_code: bool = False) -> None:
        refusal = self.model.refusal_of_link((who, of))
        assert (found if isinstance(found, str) else "") == refusal
        if not refusal:
            self.model.codes_used[of] += is_by_code
            self.linked(who, of, title)

    @rule(who=WHO, of=OF)
    def the_bill_shows_its_code_to_readers(self, who: str, of: int) -> None:
        """What is shared with somebody else is taken from here."""
        page = self.town.ask(who, list_bills, self.ids(of)[0])
        if isinstance(page, str) or not page.months or page.months[0].bill is None:
            return
        shown = self.town.ask(who, payment_receipt, page.months[0].bill.bill.id)
        with Session(get_engine()) as session:
            assert shown.code == code.printed_code(session.get_one(Contract, self.ids(of)[0]))

    @rule(who=WHO, other=WHO, of=OF, title=st.sampled_from(["Дача", "x" * 100]))
    def rename(self, who: str, other: str, of: int, title: str) -> None:
        row = self.link_id(other, of)
        found = self.town.ask(who, contract.rename_contract, row, title)
        if who not in self.model.signed_in:
            assert found == "not_signed_in"
        elif who == other and (who, of) in self.model.links:
            assert found.title == title
            self.model.links[who, of].title = title
        else:
            assert found == "not_found"

    @rule(who=WHO, other=WHO, of=OF)
    def unlink(self, who: str, other: str, of: int) -> None:
        found = self.town.ask(who, contract.unlink_contract, self.link_id(other, of))
        if who in self.model.signed_in and who == other and self.model.links.pop((who, of), None):
            assert found is None
        else:
            assert found == ("not_found" if who in self.model.signed_in else "not_signed_in")

    @rule(who=WHO, of=OF)
    def ask_the_supplier(self, who: str, of: int) -> None:
        found = self.town.ask(who, link_request.request_link, self.town.facts.region, number(of))
        if who not in self.model.signed_in:
            assert found == "not_signed_in"
        elif (who, of) in self.model.waiting:
            assert found == "link_request_waits"
        else:
            assert found.status == "waiting"
            self.model.waiting.add((who, of))

    @precondition(lambda self: self.model.waiting)
    @rule(yes=st.booleans(), data=st.data())
    def the_supplier_decides(self, yes: bool, data: st.DataObject) -> None:
        self.town.tick()
        who, of = data.draw(st.sampled_from(sorted(self.model.waiting)))
        mine = (LinkRequest.user_id == self.town.facts.users[who], LinkRequest.contract_number == number(of))
        with Session(get_engine()) as session:
            row = session.exec(select(LinkRequest.id).where(*mine, LinkRequest.status == "waiting")).one()
        wanted = request.accept_link if yes else request.refuse_link
        assert self.town.order(wanted, row, "" if yes else "Нет", of="staff") is None
        self.model.waiting.discard((who, of))
        if yes:
            self.model.let_in((who, of), self.town.now, number(of))
            self.model.links[who, of].row_id = self.link_id(who, of)

    @rule(who=WHO, other=WHO, of=OF)
    def object_to(self, who: str, other: str, of: int) -> None:
        row, model = self.link_id(other, of), self.model
        found = self.town.ask(who, reader.object_to_reader, row)
        theirs, own = model.links.get((other, of)), model.links.get((who, of))
        if who not in model.signed_in:
            assert found == "not_signed_in"
        elif theirs is None or own is None or who == other:
            assert found == "not_found"
        elif own.since >= theirs.since:
            assert found == "reader_is_older"
        elif any(one.link_id == row and one.by == who for one in model.objections):
            assert found == "invalid_code"
        else:
            assert found is None
            model.objections.append(Objection((other, of), row, who, theirs.by_staff, theirs.title))
            if not theirs.by_staff:
                del model.links[other, of]

    @precondition(lambda self: any(one.fate == "objected" for one in self.model.objections))
    @rule(let_in=st.booleans())
    def the_supplier_decides_on_an_objection(self, let_in: bool) -> None:
        self.town.tick()
        one = next(one for one in self.model.objections if one.fate == "objected")
        with Session(get_engine()) as session:
            waits = (LinkObjection.link_id == one.link_id, LinkObjection.fate == "objected")
            row = session.exec(select(LinkObjection.id).where(*waits)).first()
        assert self.town.order(objection.decide_objection, row, let_in, "Проверили", of="staff") is None
        for same in self.model.objections:
            if same.link_id == one.link_id and same.fate == "objected":
                same.fate = "let_in" if let_in else "kept_out"
        if let_in:
            self.model.let_in(one.pair, self.town.now, one.title)
            self.model.links[one.pair].row_id = self.link_id(*one.pair)
        elif (link := self.model.links.get(one.pair)) and link.row_id == one.link_id:
            del self.model.links[one.pair]

    @rule(who=WHO, of=OF, kind=st.sampled_from(sorted(DELTAS)), confirmed=st.booleans())
    def send_a_reading(self, who: str, of: int, kind: str, confirmed: bool) -> None:
        self.town.tick()
        before, at = self.model.last_wh(of, FIRST_WH)
        wh, is_doubted = before + DELTAS[kind], kind in ("same", "lower") or (kind == "too_much" and at is not None)
        self.sent += 1
        key = f"form-{self.sent:08}"
        found = self._submit(who, of, key, wh, confirmed)
        if refusal := self.model.access((who, of)):
            assert found == refusal
        elif is_doubted and not confirmed:
            assert found.sent is None and found.doubts
        else:
            assert (found.sent.status, found.sent.is_doubtful) == ("sent", is_doubted)
            self.model.readings[of].append(Sent(key, who, wh, self.town.now, is_doubted, found.sent.number))

    def _submit(self, who: str, of: int, key: str, wh: int, confirmed: bool) -> object:
        form = submission.ReadingForm(key, {"T0": f"{Decimal(wh) / 1000}"}, is_confirmed=confirmed)
        return self.town.ask(who, submission.submit_reading, self.ids(of)[1], form)

    @precondition(lambda self: any(self.model.readings.values()))
    @rule(data=st.data())
    def press_the_button_again(self, data: st.DataObject) -> None:
        """The same form is the same reading, whatever became of it."""
        known = [(of, one) for of, rows in self.model.readings.items() for one in rows]
        of, one = data.draw(st.sampled_from(known))
        found = self._submit(one.by, of, one.key, one.wh, True)
        refusal = self.model.access((one.by, of))
        assert found == refusal if refusal else found.sent.number == one.number

    @rule()
    def readings_arrive(self) -> None:
        self.town.tick()
        waiting = [one for rows in self.model.readings.values() for one in rows if not one.has_arrived]
        with Session(get_engine()) as session:
            assert deliver(session, Subject("system", self.town.now)) == len(waiting)
            session.commit()
        for one in waiting:
            one.has_arrived = True
            if one.status == "sent" and not one.is_doubted:
                one.status = "accepted"

    @precondition(lambda self: any(one.is_doubted for rows in self.model.readings.values() for one in rows))
    @rule(yes=st.booleans(), data=st.data())
    def a_doubtful_reading_is_decided(self, yes: bool, data: st.DataObject) -> None:
        doubted = [one for rows in self.model.readings.values() for one in rows if one.is_doubted]
        one = data.draw(st.sampled_from(doubted))
        found = self.town.order(decision.decide_reading, one.number, yes, "Показания не сходятся")
        assert found == (None if one.status == "sent" else "reading_decided")
        if one.status == "sent":
            one.status = "accepted" if yes else "rejected"

    @rule(of=OF, month=st.sampled_from(MONTHS), amount=AMOUNTS)
    def a_bill_comes(self, of: int, month: str, amount: str) -> None:
        sent = f"contract;month;title;amount\n{number(of)};{month};Электроэнергия;{amount}\n"
        found = self.town.order(read_and_post, "NEKTA", sent.encode())
        self._booked(found, self.model.bills, (of, month), Decimal(amount))

    @rule(of=OF, document=st.integers(1, 40), amount=AMOUNTS)
    def a_payment_comes(self, of: int, document: int, amount: str) -> None:
        paid = (number(of), self.town.now.date(), Decimal(amount), f"{document}")
        found = self.town.order(post_payment, "NEKTA", *paid)
        self._booked(found, self.model.payments, (of, f"{document}"), Decimal(amount))

    def _booked(self, found: object, book: dict, key: tuple[int, str], amount: Decimal) -> None:
        if book.setdefault(key, amount) == amount:
            assert not isinstance(found, str), found
        else:
            assert isinstance(found, str)

    @rule(who=WHO)
    def sign_out(self, who: str) -> None:
        self.town.ask(who, account.sign_out)
        self.model.signed_in.discard(who)

    @precondition(lambda self: len(self.model.signed_in) < len(PEOPLE))
    @rule()
    def sign_in(self) -> None:
        who = min(set(PEOPLE) - self.model.signed_in)
        self.town.sign_in(who)
        self.model.signed_in.add(who)

    @invariant()
    def one_sees_what_is_theirs(self) -> None:
        Machine.steps += 1
        self.turn += 1
        who, of = PEOPLE[self.turn % len(PEOPLE)], CONTRACTS[self.turn % len(CONTRACTS)]
        model, (row, point) = self.model, self.ids(of)
        asked = ((contract.list_contracts,), (contract_balance, row), (submission.list_submissions, point, None, 100))
        cards, balance, sent = self.town.look(who, *asked)
        if who not in model.signed_in:
            assert {cards, balance, sent} == {"not_signed_in"}
            return
        assert [(card.contract_id, card.title) for card in cards] == [
            (self.ids(one)[0], title) for one, title in model.cards(who)
        ]
        if refusal := model.access((who, of)):
            assert (balance, sent) == (refusal, refusal)
            return
        assert (balance and balance.amount_rub) == model.balance(of)
        assert balance is None or sum(part.amount_rub for part in balance.parts) == balance.amount_rub
        assert [(one.number, one.status) for one in reversed(sent.items)] == [
            (one.number, one.status) for one in model.readings[of][-100:]
        ]

    @invariant()
    def readers_know_of_one_another(self) -> None:
        who = PEOPLE[self.turn // len(PEOPLE) % len(PEOPLE)]
        if self.turn % 5 == 0 and who in self.model.signed_in:
            cards = self.town.ask(who, reader.other_readers)
            assert {(card.name.split()[0], CONTRACTS[int(card.number[-1])], card.may_object) for card in cards} == (
                self.model.others(who)
            )
