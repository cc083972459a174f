"""A tariff: its page, the form that changes it, its prices."""

from __future__ import annotations

from datetime import date

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.registry.row import plain
from energo_cabinet.domain.time.local_day import add_months
from energo_cabinet.errors import CabinetError, Conflict
from energo_cabinet.i18n import text
from energo_cabinet.services.tariff.book import TariffCard, tariff_card
from energo_cabinet.services.tariff.price import set_prices, weigh_prices, withdraw_prices
from energo_cabinet.services.tariff.writing import TARIFF_FIELDS, ZONE_FIELDS, remove_tariff, save_tariff
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.dialog import DialogState, no_errors
from energo_cabinet.state.tariff.staff_tariffs_view import TariffView, effect_words, tariff_view

PRICE_FIELDS = ("valid_from", *(name for name in ZONE_FIELDS if name.startswith("price_")))


@access("staff:registry")
class TariffState(PageState, rx.State):
    """`status`: "loading", "ready", "missing", "failed"."""

    view: TariffView = TariffView()
    _card: TariffCard | None = None

    @rx.event
    async def load(self):
        """Read the tariff of the address."""
        return await self._load(self._read())

    @rx.event
    async def leave(self):
        """Forget the tariff with the page."""
        self.reset()

    def _refused(self, error: CabinetError) -> bool:
        self.view, self.status, self._card = TariffView(), "missing", None
        return True

    async def _read(self) -> None:
        self._card = await self._ask(tariff_card, self._address_id)
        self.view, self.status = tariff_view(self._card, self._language), "ready"


@access("staff:admin")
class TariffEditState(DialogState, rx.State):
    """Dialogs "edit" and "remove"; `typed`: what the form begins with."""

    errors: dict[str, str] = no_errors(*TARIFF_FIELDS)
    typed: dict[str, str] = {}
    _seen: str = ""

    @rx.event
    async def edit(self):
        """Open the form."""
        page = await self.get_state(TariffState)
        if page._card is None:
            return
        line = page._card.line
        hours = {f"hours_{zone.zone}": zone.hours for zone in page.view.row.zones}
        about = {"code": line.code, "name": line.name, "source": line.source}
        self.typed, self._seen = dict.fromkeys(TARIFF_FIELDS, "") | about | hours, page._card.seen
        self._open("edit")

    @rx.event
    async def save(self, form: dict):
        """Save it; a tariff that was changed meanwhile is shown anew, what was typed stays."""
        page = await self.get_state(TariffState)
        if self.dialog != "edit" or page._card is None:
            return
        self.is_busy = True
        yield
        try:
            await self._ask(save_tariff, page._card.line.id, texts(form, *TARIFF_FIELDS), self._seen)
        except CabinetError as error:
            self._refuse(error)
            if isinstance(error, Conflict):
                await page._read()
                self._seen = page._card.seen
        else:
            self._open("")
            self.notice = text("tariffs.saved", self._language)
            await page._read()
        self.is_busy = False

    @rx.event
    async def ask_remove(self):
        """«Удалить тариф?»"""
        self._open("remove")

    @rx.event
    async def remove(self):
        """Take the tariff out and go back to the list."""
        page = await self.get_state(TariffState)
        if self.dialog != "remove" or page._card is None:
            return None
        if await self._do("tariffs.removed", remove_tariff, page._card.line.id):
            return rx.redirect(routes.STAFF_TARIFFS)
        return None


@access("staff:admin")
class TariffPriceState(DialogState, rx.State):
    """Dialogs "prices" and "withdraw"; `effect`: what the typed prices change, once it has to be confirmed."""

    errors: dict[str, str] = no_errors(*PRICE_FIELDS)
    typed: dict[str, str] = {}
    effect: str = ""
    day: str = ""
    _given: dict[str, str] = {}
    _seen: str = ""

    @rx.event
    async def open(self, day: str = ""):
        """The form with the prices that began on a day, or with those in force for the first of next month."""
        page = await self.get_state(TariffState)
        card = page._card
        if card is None:
            return
        begun = next((one for one in card.history if one.first.isoformat() == day), None)
        first = begun.first if begun else add_months(card.today.replace(day=1), 1)
        prices = dict(begun.prices) if begun else {zone.zone: zone.price for zone in card.line.zones}
        known = {f"price_{zone}": plain(rub) for zone, rub in prices.items()}
        self.typed = dict.fromkeys(PRICE_FIELDS, "") | {"valid_from": first.isoformat()} | known
        self._seen, self.effect, self._given = card.seen, "", {}
        self._open("prices")

    @rx.event
    async def save(self, form: dict):
        """Set the prices; what changes the past, or prices already set, is told first and done the second time."""
        page = await self.get_state(TariffState)
        if self.dialog != "prices" or page._card is None:
            return
        self.is_busy = True
        yield
        given = texts(form, *PRICE_FIELDS)
        is_sure = bool(self.effect) and given == self._given
        await self._set(page, given, is_sure)
        self.is_busy = False

    @rx.event
    async def ask_withdraw(self, day: str):
        """«Отменить цену?»"""
        page = await self.get_state(TariffState)
        if page._card and any(row.day == day for row in page.view.history if day):
            self.day = day
            self._open("withdraw")

    @rx.event
    async def withdraw(self):
        """Take back prices to come."""
        page = await self.get_state(TariffState)
        if self.dialog != "withdraw" or page._card is None:
            return
        if await self._do("tariffs.withdrawn", withdraw_prices, page._card.line.id, date.fromisoformat(self.day)):
            await page._read()

    async def _set(self, page: TariffState, given: dict[str, str], is_sure: bool) -> None:
        assert page._card is not None
        try:
            effect = await self._ask(weigh_prices, page._card.line.id, given)
            if effect.needs_a_look and not is_sure:
                self.errors = dict.fromkeys(self.errors, "")
                self.effect, self._given = effect_words(effect, self._language), given
                return
            await self._ask(set_prices, page._card.line.id, given, self._seen, is_sure)
        except CabinetError as error:
            self.effect = ""
            self._refuse(error)
            if isinstance(error, Conflict):
                await page._read()
                self._seen = page._card.seen
            return
        self._open("")
        self.effect = ""
        self.notice = text("tariffs.priced", self._language)
        await page._read()
