"""A browser tab without a browser: the tree of states behind one socket, with the cookies of its handshake."""

from __future__ import annotations

import asyncio
import inspect
from datetime import UTC, datetime
from typing import Any, TypeVar

import reflex as rx
from reflex.istate.data import HeaderData, ReflexURL, URLData
from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.login_session import open_session
from energo_cabinet.models import User
from energo_cabinet.settings import get_settings

S = TypeVar("S", bound=rx.State)


class Tab:
    """States of one tab; `run` calls a handler as the socket would."""

    def __init__(self, cookies: str = "") -> None:
        self.root = rx.State(_reflex_internal_init=True)  # type: ignore[call-arg]
        self.root.rx_router_headers = HeaderData.from_router_data({"headers": {"cookie": cookies}})

    def state(self, kind: type[S]) -> S:
        """This tab's instance of a state."""
        return self.root.get_substate(kind.get_full_name().split("."))  # type: ignore[return-value]

    def look_at(self, path: str) -> None:
        """Move the tab to an address of the cabinet."""
        self.root.rx_router_url = URLData.from_url(ReflexURL(f"http://localhost{path}"))

    def run(self, kind: type[S], handler: str, *arguments: Any) -> S:
        """Run a handler to its end."""
        state = self.state(kind)
        asyncio.run(_finish(getattr(state, handler)(*arguments)))
        return state


async def _finish(started: Any) -> None:
    if inspect.isasyncgen(started):
        async for _ in started:
            pass
    elif inspect.isawaitable(started):
        await started


def signed_in(session: Session, who: Subject, language: str = "ru") -> Tab:
    """The tab of somebody who has signed in just now."""
    user = session.get(User, who.user)
    assert user is not None
    visitor = Subject("anonymous", datetime.now(UTC))
    token = open_session(session, visitor, user, False, get_settings())
    session.commit()
    return Tab(f"sid={token}; lang={language}")
