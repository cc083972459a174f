"""The one door: identify the caller, open the database session in a worker thread, run the use case, commit."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.cookies import CookieError, SimpleCookie
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from energo_cabinet.auth import device_token, login_session
from energo_cabinet.auth.access import Subject
from energo_cabinet.auth.looks import gathering
from energo_cabinet.auth.staff_session import staff_role
from energo_cabinet.database import impatient_scope, session_scope
from energo_cabinet.door_looks import notebook
from energo_cabinet.errors import NotStored, Outside
from energo_cabinet.live import bell as bell  # rings after every commit that wrote live events
from energo_cabinet.settings import get_settings

P = ParamSpec("P")
T = TypeVar("T")
Service = Callable[Concatenate[Session, Subject, P], T]

Seen = tuple[int, bool]
"""A login session by id, and whether it is of the staff."""
log = logging.getLogger(__name__)

_unnoted: dict[int, datetime] = {}
"""Login session → when its last use could not be noted; at most MOST_UNNOTED."""
MOST_UNNOTED = 10_000
_threads = ThreadPoolExecutor(max_workers=16, thread_name_prefix="door")
_outside = ThreadPoolExecutor(max_workers=64, thread_name_prefix="outside")
"""For calls to other systems: one that hangs takes no thread from everybody else's pages."""


@dataclass(frozen=True, slots=True)
class Caller:
    """What a request says about who sends it, before anything is believed."""

    sid: str = ""
    bearer: str = ""
    ip: str = ""
    device: str = ""
    language: str = "ru"
    browser: str = ""


class Ask:
    """Puts use cases to one caller in one pass through the door; each keeps its own rule and its line in the audit."""

    def __init__(self, session: Session, subject: Subject) -> None:
        self._session, self._subject = session, subject

    def __call__(self, service: Service[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Its answer. TypeError: it waits for another system, which nothing may do inside a transaction of several."""
        try:
            return service(self._session, self._subject, *args, **kwargs)
        except Outside as needed:
            raise TypeError("what waits for another system is asked alone") from needed


def cookie_value(header: str, name: str) -> str:
    """One cookie of a Cookie header; "" when absent or malformed."""
    try:
        morsel = SimpleCookie(header).get(name)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def cookie_name(base: str) -> str:
    """`__Host-sid` over https, `sid` over the demo's plain loopback http."""
    return f"__Host-{base}" if get_settings().is_secure else base


def caller_of(cookie: str, ip: str, device: str) -> Caller:
    """The caller behind a Cookie header, an address and a User-Agent."""
    language = cookie_value(cookie, "lang")
    return Caller(
        sid=cookie_value(cookie, cookie_name("sid")),
        ip=ip[:45],
        device=device[:200],
        language="en" if language == "en" else "ru",
        browser=cookie_value(cookie, cookie_name("kb"))[:100],
    )


def client_ip(peer: str, forwarded_for: str) -> str:
    """The address to count limits by: X-Forwarded-For is believed as far as there are trusted proxies."""
    hops = get_settings().trusted_proxy_hops
    chain = [ip.strip() for ip in forwarded_for.split(",") if ip.strip()]
    return chain[-hops] if hops and len(chain) >= hops else peer


def run(caller: Caller, service: Service[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a use case for a caller in this thread, in one transaction (two, when it needs another system)."""
    try:
        return _run(caller, service, *args, **kwargs)
    except Outside as needed:
        going_on: T = _run(caller, needed.then, needed.call())
        return going_on


async def ask(caller: Caller, service: Service[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """`run` off the event loop."""
    loop = asyncio.get_running_loop()
    try:
        return await loop.run_in_executor(_threads, partial(_run, caller, service, *args, **kwargs))
    except Outside as needed:
        outcome = await loop.run_in_executor(_outside, needed.call)
        going_on: T = await loop.run_in_executor(_threads, partial(_run, caller, needed.then, outcome))
        return going_on


async def ask_together(caller: Caller, reading: Callable[[Ask], T]) -> T:
    """What a page shows at once: `reading` asks one use case after the other, in one pass and one transaction."""
    return await ask(caller, _together, reading)


def run_as_system(service: Service[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a use case for a job or the command line."""
    with session_scope() as session:
        return service(session, Subject("system", datetime.now(UTC)), *args, **kwargs)


def _run(caller: Caller, service: Service[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    return run_at(datetime.now(UTC), caller, service, *args, **kwargs)


def _together(session: Session, subject: Subject, reading: Callable[[Ask], T]) -> T:
    return reading(Ask(session, subject))


def run_at(now: datetime, caller: Caller, service: Service[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a use case for a caller at a moment (aware UTC). Outside: it needs another system first."""
    seen = list[Seen]()
    try:
        with gathering() as looks, session_scope() as session:
            subject = _identify(session, caller, now, seen)
            answer = service(session, subject, *args, **kwargs)
    finally:
        for login_id, is_staff in seen:
            _note_seen(login_id, now, is_staff)
    notebook.note(subject, looks)
    return answer


def _note_seen(login_id: int, now: datetime, is_staff: bool) -> None:
    """At most once a minute, in a transaction of its own: reading goes on beside a locked database or a full disk.

    Also a try that failed is made once a minute: nobody waits for each page.
    """
    if login_id in _unnoted and now - _unnoted[login_id] < login_session.TOUCH_EVERY:
        return
    try:
        with impatient_scope() as session:
            login_session.touch_by_id(session, login_id, now, get_settings(), is_staff)
    except NotStored:
        log.warning("a session's last use could not be noted")
        if len(_unnoted) >= MOST_UNNOTED:
            _unnoted.clear()
        _unnoted[login_id] = now


def _identify(session: Session, caller: Caller, now: datetime, seen: list[Seen]) -> Subject:
    """By the bearer token when there is one (NotSignedIn if it is not good), else by the cookie.

    `seen` gets the login session whose last use is to be noted afterwards.
    """
    common = {"at": now, "ip": caller.ip, "device": caller.device, "language": caller.language}
    common["browser"] = caller.browser
    if caller.bearer:
        device = device_token.find_device(session, caller.bearer, now, get_settings())
        return Subject("customer", user_id=device.user_id, device_id=device.id, **common)  # type: ignore[arg-type]
    found = login_session.find_with_member(session, caller.sid, now)
    if found is None:
        return Subject("anonymous", **common)  # type: ignore[arg-type]
    login, user, member = found
    staff = staff_role(session, user, member, get_settings())
    if login_session.is_touch_due(login, now):
        seen.append((login.id, staff is not None))
    known = {"staff": staff, "proved_at": login.proved_at} | common
    subject = Subject("customer", user_id=user.id, session_id=login.id, **known)  # type: ignore[arg-type]
    return login_session.seen_through(subject, login)
