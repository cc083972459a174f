"""«Создать обращение» (Н-138…Н-142): prefilled from the profile, the address and the draft; sent once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import reflex as rx

from energo_cabinet import routes
from energo_cabinet.auth.access import access
from energo_cabinet.domain.attachment import attachment_ids
from energo_cabinet.domain.phone_number import phone_words
from energo_cabinet.domain.typed import id_of
from energo_cabinet.errors import CabinetError, NotFound, NotSignedIn
from energo_cabinet.services.point.point import point_details
from energo_cabinet.services.ticket.draft import NewForm, discard_draft, new_form
from energo_cabinet.services.ticket.ticket import TicketCategory, TicketForm, open_ticket
from energo_cabinet.state.base import PageState, texts
from energo_cabinet.state.frame.session import SessionState
from energo_cabinet.state.ticket.template import templates_of

FIELDS = ("category", "theme", "text", "email", "phone", "point")
NO_ERRORS = dict.fromkeys((*FIELDS, "attachments", "form"), "")
LONGEST = {"category": 16, "theme": 120, "text": 4000, "point": 12}


@dataclass(frozen=True)
class FormView:
    """What the fields begin with; `key` changes with every form, `draft_url` "" keeps no draft."""

    key: str = ""
    category: str = ""
    theme: str = ""
    text: str = ""
    email: str = ""
    phone: str = ""
    point: str = ""
    place: str = ""
    draft_url: str = ""
    supplier: str = ""
    supplier_email: str = ""


@access("customer")
class TicketNewState(PageState, rx.State):
    """`status`: "loading", "ready", "no_contracts", "failed"; `draft`: "restored", "other" (kept aside) or "";
    `template`: words to begin with, of the category chosen."""

    form: FormView = FormView()
    points: list[dict[str, str]] = []
    errors: dict[str, str] = NO_ERRORS
    is_busy: bool = False
    draft: str = ""
    template: str = ""
    _contract_id: int | None = None
    _templates: dict[str, str] = {}

    @rx.event
    async def load(self):
        """Fill the form: what the address says, else what was typed before, else the profile."""
        session = await self.get_state(SessionState)
        asked = _asked(self.router.url.query_parameters)
        self.errors, self.is_busy = NO_ERRORS, False
        return await self._load(self._read(session, asked))

    @rx.event
    async def submit(self, form: dict):
        """«СОЗДАТЬ ОБРАЩЕНИЕ»."""
        self.is_busy, self.errors = True, NO_ERRORS
        yield
        given = texts(form, *FIELDS, "key", "attachments")
        point = given.pop("point")
        files = given.pop("attachments")
        try:
            sent = TicketForm(**given, attachment_ids=tuple(attachment_ids(files)))
            thread = await self._ask(open_ticket, self._contract_id or 0, sent, self._point(point))
        except NotSignedIn:
            yield rx.redirect(routes.LOGIN)
            return
        except CabinetError as error:
            self.errors = NO_ERRORS | self._field_messages(error)
            return
        finally:
            self.is_busy = False
        yield rx.redirect(routes.ticket(thread.card.id))

    @rx.event
    async def start_anew(self):
        """«Начать заново»: the draft goes."""
        if self._contract_id is None:
            return
        await self._ask(discard_draft, self._contract_id)
        session = await self.get_state(SessionState)
        self._fill(await self._ask(new_form, self._contract_id), {}, session.selected)

    @rx.event
    async def suggest(self, category: str):
        """Words to begin with, filled from the contract (F-16)."""
        chosen = texts({"category": category}, "category")["category"]
        self.template = self._templates.get(chosen, "")

    @rx.event
    async def leave(self):
        """Forget the form with the page."""
        self.reset()

    async def _read(self, session: SessionState, asked: dict[str, str]) -> None:
        await self._show_contract_of(session, asked.get("point", ""))
        self._contract_id = session._contract_id
        if self._contract_id is None:
            self.status = "no_contracts"
            return
        self._fill(await self._ask(new_form, self._contract_id), asked, session.selected)

    async def _show_contract_of(self, session: SessionState, point: str) -> None:
        """The point in the address chooses the contract."""
        if (point_id := id_of(point)) is None:
            return
        try:
            details = await self._ask(point_details, point_id)
        except NotFound:
            return
        if details.card.contract_id is not None:
            await session._show_contract(details.card.contract_id)

    def _fill(self, found: NewForm, asked: dict[str, str], link_id: str) -> None:
        begun = {"email": found.email, "phone": phone_words(found.phone)}
        self.draft = "" if not found.draft else "other" if asked else "restored"
        is_aside = self.draft == "other"
        self.form = FormView(
            **begun | (asked or found.draft),
            key=f"{found.key}+" if is_aside else found.key,
            place="" if is_aside else f"ticket-{link_id}",
            draft_url="" if is_aside else f"/api/tickets/drafts/new/{self._contract_id}",
            supplier=found.supplier_name,
            supplier_email=found.supplier_email,
        )
        self.points = [{"value": str(point.id), "label": point.name} for point in found.points]
        self._templates = templates_of(found, self.form.point, self._language)
        self.template = "" if self.form.text else self._templates.get(self.form.category, "")
        self.status = "ready"

    def _point(self, value: str) -> int | None:
        return int(value) if any(value == option["value"] for option in self.points) else None


def _asked(query: Mapping[str, str]) -> dict[str, str]:
    """What the address fills in; anybody can write anything there."""
    found = {name: query.get(name, "")[:longest] for name, longest in LONGEST.items()}
    if found["category"] not in set(TicketCategory):
        found["category"] = ""
    return {name: value for name, value in found.items() if value.strip()}
