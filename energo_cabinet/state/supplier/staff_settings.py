"""«Настройки поставщика»: brand and texts, the window for readings, where to pay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import reflex as rx
from sqlmodel import Session

from energo_cabinet import routes
from energo_cabinet.auth.access import Subject, access
from energo_cabinet.domain.typed import whole_number
from energo_cabinet.door import Ask
from energo_cabinet.errors import CabinetError
from energo_cabinet.i18n import text
from energo_cabinet.services.sign_in.step_up import is_proved
from energo_cabinet.services.supplier.settings import (
    SupplierChoice,
    SupplierSettings,
    open_supplier,
    save_brand,
    save_payee,
    save_window,
    supplier_choices,
    supplier_settings,
)
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.dialog import DialogState, no_errors
from energo_cabinet.state.staff.changes import StaffChangesState

NAMES = (
    *("brand_colour", "welcome_text", "email", "phone", "website", "address", "regions"),
    *("reading_first_day", "reading_last_day", "reading_source"),
    *("payee_name", "payee_inn", "payee_kpp", "payee_account", "payee_bank", "payee_bic", "payee_corr_account"),
)
SAVES: Mapping[str, Callable[[Session, Subject, Mapping[str, str], int | None], bool | None]] = {
    "brand": save_brand,
    "window": save_window,
    "payee": save_payee,
}


@access("staff:admin")
class StaffSettingsState(PageState, DialogState, rx.State):
    """`fields`: setting → text as last read or typed; `suppliers`: whose may be chosen; `logo`: its address."""

    supplier_id: int = 0
    supplier: str = ""
    logo: str = ""
    fields: dict[str, str] = dict.fromkeys(NAMES, "")
    suppliers: list[dict[str, str]] = []
    errors: dict[str, str] = no_errors(*NAMES, "code", "name", "zone")

    @rx.event
    async def load(self):
        """Read the settings; `?supplier=` in the address chooses whose."""
        self._open("")
        self.notice = ""
        return await self._load(self._read_chosen(self.router.url.query_parameters.get("supplier", "")))

    @rx.event
    async def choose(self, supplier_id: str):
        """Another supplier, through the address."""
        if whole_number(supplier_id, 10) is not None:
            return rx.redirect(f"{routes.STAFF_SETTINGS}?supplier={supplier_id}")
        return None

    @rx.event
    async def save_brand(self, form: dict):
        """Brand, contacts, texts, regions."""
        await self._save("brand", form)

    @rx.event
    async def save_window(self, form: dict):
        """The window for readings."""
        await self._save("window", form)

    @rx.event
    async def save_payee(self, form: dict):
        """Where to pay."""
        await self._save("payee", form)
        return StaffChangesState.load

    @rx.event
    async def codes(self):
        """«Коды для счетов»: the file, once it is certain who asks."""
        try:
            await self._ask(is_proved)
        except CabinetError as error:
            self._refuse(error)
            return None
        return rx.download(url=f"/api/staff/contract-codes.csv?supplier={self.supplier_id}", filename="codes.csv")

    @rx.event
    async def open_add(self):
        """«Добавить поставщика»."""
        self._open("add")

    @rx.event
    async def add(self, form: dict):
        """A new supplier, for administrators of the installation."""
        given = texts(form, "code", "name", "zone")
        made = await self._try(open_supplier, given["code"], given["name"], given["zone"])
        return rx.redirect(f"{routes.STAFF_SETTINGS}?supplier={made.supplier_id}") if made else None

    async def _save(self, what: str, form: object) -> None:
        given = {name: value for name, value in texts(form, *NAMES).items() if isinstance(form, dict) and name in form}
        self.fields = {**self.fields, **given}  # what was typed stays when it is refused
        try:
            done = await self._ask(SAVES[what], given, self.supplier_id or None)
        except CabinetError as error:
            self._refuse(error)
        else:
            self._open("")
            self.notice = text("staff.change_waits" if done is False else "staff.settings_saved", self._language)
            self._show(await self._ask(supplier_settings, self.supplier_id or None))

    async def _read_chosen(self, wanted: str) -> None:
        choices, found = await self._ask_together(partial(_opened, wanted))
        self.suppliers = [{"value": str(c.supplier_id), "label": c.name} for c in choices]
        if found is None:
            self.status = "empty"
        else:
            self._show(found)

    def _show(self, found: SupplierSettings) -> None:
        self.supplier_id, self.supplier, self.status = found.supplier_id, found.name, "ready"
        self.fields, self.logo = {**dict.fromkeys(NAMES, ""), **found.fields}, logo_address(found)


def _opened(wanted: str, ask: Ask) -> tuple[list[SupplierChoice], SupplierSettings | None]:
    """Whose settings may be opened, and those of `wanted` or the first; None without any."""
    choices = ask(supplier_choices)
    if not choices:
        return choices, None
    number = whole_number(wanted, 10)
    return choices, ask(supplier_settings, choices[0].supplier_id if number is None else number or None)


def logo_address(settings: SupplierSettings) -> str:
    """Of the sign as customers see it; "" without one."""
    return routes.supplier_logo(settings.code, settings.logo) if settings.logo else ""
