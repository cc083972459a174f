"""Pages visited without a browser: a state with the address and the cookie of a real login session."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import reflex as rx
from reflex.istate.data import HeaderData, URLData
from sqlalchemy import event
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session

from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.login_session import open_session
from energo_cabinet.models import User
from energo_cabinet.settings import get_settings


class Visitor:
    """Somebody's browser: `open(State, "/points/1")` runs the page's load and gives the state and what it answered."""

    def __init__(self, token: str, language: str = "ru") -> None:
        self._cookie = f"sid={token}; lang={language}"

    def state(self, cls: type, address: str) -> Any:
        """A fresh state of a tab at an address."""
        root = rx.State(_reflex_internal_init=True)
        root.rx_router_headers = HeaderData.from_router_data({"headers": {"cookie": self._cookie}})
        root.rx_router_url = URLData.from_router_data({"asPath": address})
        return root.get_substate(cls.get_full_name().split("."))

    def open(self, cls: type, address: str) -> Any:
        """The state after its load; `answer` is what the handler returned."""
        state = self.state(cls, address)
        self.answer = asyncio.run(state.load())
        return state


@pytest.fixture(scope="module")
def dialect() -> str:
    """SQLite only: what differs between databases is tested with the services."""
    return "sqlite"


@pytest.fixture
def visitor_of(session: Session, installation) -> Callable[..., Visitor]:
    """Sign a subject in: committed, so that the door's own connection sees it."""

    def sign_in(who: Subject | None, language: str = "ru") -> Visitor:
        if who is None:
            return Visitor("", language)
        at = Subject("system", datetime.now(UTC))
        token = open_session(session, at, session.get(User, who.user_id), False, get_settings())
        session.commit()
        return Visitor(token, language)

    return sign_in


@pytest.fixture
def passes() -> Iterator[list[object]]:
    """The transactions begun meanwhile: the door opens one a pass, which also identifies the caller."""
    begun: list[object] = []

    def note(session: AnySession, transaction: object, connection: object) -> None:
        begun.append(transaction)

    event.listen(AnySession, "after_begin", note)
    yield begun
    event.remove(AnySession, "after_begin", note)
