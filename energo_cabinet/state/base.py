"""What every state shares: the way through the door and the message of a refusal."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Concatenate, NoReturn, ParamSpec, TypeVar

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from energo_cabinet import door, routes
from energo_cabinet.auth.access import Subject
from energo_cabinet.domain.typed import id_of
from energo_cabinet.errors import CabinetError, InvalidInput, NotFound, NotSignedIn, StepUpNeeded
from energo_cabinet.i18n import text

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)


class CabinetState(rx.State, mixin=True):
    """Mixin of every state: `_ask` a service, `_language`, `_message` of an error."""

    async def _ask(
        self,
        service: Callable[Concatenate[Session, Subject, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a service for whoever holds the cookie of this socket's handshake."""
        try:
            return await door.ask(self._caller(), service, *args, **kwargs)
        except StepUpNeeded as needed:
            from energo_cabinet.state.sign_in.step_up import StepUpState  # it is a state like this one

            await (await self.get_state(StepUpState))._offer(needed.by)
            raise

    async def _ask_together(self, reading: Callable[[door.Ask], T]) -> T:
        """Several use cases in one pass through the door. `reading` runs in its thread: it touches no state."""
        return await door.ask_together(self._caller(), reading)

    def _caller(self) -> door.Caller:
        headers = self.router.headers
        return door.caller_of(headers.cookie or "", self.router.session.client_ip or "", headers.user_agent or "")

    @property
    def _language(self) -> str:
        return self._caller().language

    @property
    def _address_id(self) -> int:
        """The id at the end of the address; 0, which nothing has, for what is none."""
        last = self.router.url.path.rstrip("/").rpartition("/")[2]
        return id_of(last) or 0

    def _message(self, error: CabinetError) -> str:
        """The refusal in the user's words."""
        return text(f"error.{error.code}", self._language, **error.params)

    def _field_messages(self, error: CabinetError) -> dict[str, str]:
        """Form field → message, for errors that stand beside a field."""
        if isinstance(error, InvalidInput):
            return {f: text(f"error.{c}", self._language, **error.params) for f, c in error.fields.items()}
        return {error.field or "form": self._message(error)}


class PageState(CabinetState, mixin=True):
    """Mixin of the state behind a page that is read when it opens; `status` says what the page shows."""

    status: str = "loading"

    async def _load(
        self, reading: Awaitable[T], show: Callable[[T], EventSpec | None] | None = None
    ) -> EventSpec | None:
        """Read, then `show`; whoever is not signed in goes to the sign-in page, other errors of reading stay here.

        What `show` returns is where the browser goes instead.
        """
        try:
            found = await reading
        except NotSignedIn:
            return rx.redirect(routes.LOGIN)
        except Exception as error:
            if not isinstance(error, CabinetError) or not self._refused(error):
                log.exception("%s failed to load", type(self).__name__)
                self._failed()
            return None
        return None if show is None else show(found)

    def _refused(self, error: CabinetError) -> bool:
        """Show a refusal that is no failure; False for one that is."""
        return False

    def _failed(self) -> None:
        self.status = "failed"


class ItemPage(PageState, mixin=True):
    """Mixin of a page of one thing: what is not there, or is none of the caller's, is "missing"."""

    def _refused(self, error: CabinetError) -> bool:
        if isinstance(error, NotFound):
            self._missing()
        return isinstance(error, NotFound)

    def _missing(self) -> None:
        self.status = "missing"


class AddressedPage(PageState, mixin=True):
    """Mixin of a page whose address says what to read: that may be "missing", or "invalid" with a `message`."""

    message: str = ""

    def _refused(self, error: CabinetError) -> bool:
        if isinstance(error, NotFound):
            self._forget("missing", "")
        else:
            self._forget("invalid", self._message(error))
        return True

    def _failed(self) -> None:
        self._forget("failed", "")

    def _forget(self, status: str, message: str) -> None:
        """Show nothing but why."""
        raise NotImplementedError


def tried(call: Callable[[], T]) -> Callable[[], T]:
    """Call it now: what it found, or the error it ended with, comes when the result is called."""
    try:
        found = call()
    except Exception as error:
        return partial(_raise, error)
    return lambda: found


def _raise(error: Exception) -> NoReturn:
    raise error


def texts(form: object, *names: str) -> dict[str, str]:
    """The named fields of a submitted form as texts; "" for whatever is absent or no text (arguments are not typed)."""
    given = form if isinstance(form, dict) else {}
    return {name: value if isinstance(value := given.get(name), str) else "" for name in names}
