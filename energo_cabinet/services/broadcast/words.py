"""What each reader of a broadcast reads: in his language, with what is filled in from that very contract."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from energo_cabinet import routes
from energo_cabinet.auth.access import Subject
from energo_cabinet.domain.bill.ledger import ZERO, settle
from energo_cabinet.domain.broadcast import words as wording
from energo_cabinet.domain.time.local_day import local_day
from energo_cabinet.models import Broadcast, NotificationKind, Supplier
from energo_cabinet.services.notice import letter
from energo_cabinet.services.values.bill_read import accounts_of
from energo_cabinet.settings import get_settings

LONGEST_TITLE, LONGEST_TEXT = 200, 2000


@dataclass(frozen=True, slots=True)
class Reader:
    """A contract and the language of whoever reads about it."""

    contract_id: int
    number: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Words:
    """A broadcast as one reader has it."""

    subject: Subject
    kind: NotificationKind
    language: str
    title: str
    text: str
    facts: dict[str, str]
    period: str

    def notification(self) -> dict[str, Any]:
        """Columns of the notification."""
        same = {"kind": self.kind, "title": self.title, "text": self.text, "facts": self.facts}
        return same | {"created_at": self.subject.at}

    def letter(self, to_email: str) -> dict[str, Any]:
        """Columns of the letter."""
        link = get_settings().base_url + routes.NOTIFICATIONS
        own: dict[str, object] = {"title": self.title, "text": self.text, "link": link}
        if not self.period:
            return letter.composed(self.subject, "notification", to_email, self.language, **own)
        own |= {"period": self.period, "address": self.facts["address"]}
        return letter.composed(self.subject, "planned_works", to_email, self.language, **own)


class Writer:
    """Words of one broadcast for the readers of some contracts, whose debts are read only where they are named."""

    def __init__(self, session: Session, subject: Subject, row: Broadcast, contract_ids: Sequence[int]) -> None:
        self._subject, self._row = subject, row
        self._zone = session.get_one(Supplier, row.supplier_id).zone_name
        self._debts = self._debts_of(session, contract_ids) if self._needs_debts else {}

    def concerns(self, contract_id: int) -> bool:
        """False for a debtor who has paid since he was selected."""
        return not self._needs_debts or self._debts.get(contract_id, ZERO) > 0

    def words(self, reader: Reader) -> Words:
        """What this reader reads; for `contract_id` 0, nobody's, the words as they were written."""
        row, is_english = self._row, reader.language == "en" and self._row.title_en != ""
        values = {"name": reader.name, "number": reader.number}
        values["debt"] = wording.rubles(self._debts.get(reader.contract_id, ZERO))
        if not reader.contract_id:
            values = {name: f"{{{name}}}" for name in wording.PLACEHOLDERS}
        title, body = (row.title_en, row.text_en) if is_english else (row.title, row.text)
        return Words(
            self._subject,
            row.kind,
            reader.language,
            wording.filled(title, values, LONGEST_TITLE),
            wording.filled(body, values, LONGEST_TEXT),
            self._facts(),
            self._period(),
        )

    @property
    def _needs_debts(self) -> bool:
        return self._row.debt_from_rub is not None

    def _debts_of(self, session: Session, contract_ids: Sequence[int]) -> dict[int, Decimal]:
        today = local_day(self._subject.at, self._zone)
        ids = sorted(set(contract_ids))
        accounts = accounts_of(session, ids, dict.fromkeys(ids, today))
        settled = {key: settle(account.bills, account.payments, today) for key, account in accounts.items()}
        return {
            key: sum((item.open_rub for item in items if item.status == "overdue"), ZERO)
            for key, items in settled.items()
        }

    def _facts(self) -> dict[str, str]:
        start, end = self._row.works_start, self._row.works_end
        if start is None or end is None:
            return {}
        return {"start": start.isoformat(), "end": end.isoformat(), "address": self._row.works_address}

    def _period(self) -> str:
        start, end = self._row.works_start, self._row.works_end
        return wording.period_words(start, end, self._zone) if start and end else ""
