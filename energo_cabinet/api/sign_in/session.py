"""Forms that set cookies: plain HTML POSTs answered 303, because a websocket sees only its handshake's cookies."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse

from energo_cabinet import door, routes
from energo_cabinet.api.cookies import drop_phone, drop_session, set_browser, set_session, set_step
from energo_cabinet.api.door import ask, caller
from energo_cabinet.auth.session_cache import forget_sessions
from energo_cabinet.errors import AccountDisabled, CabinetError, SecondStepNeeded
from energo_cabinet.services.phone import device
from energo_cabinet.services.sign_in import account, known_browser
from energo_cabinet.services.staff import frame

EVEN_ANSWER_S = 0.4
"""Refused and unknown are answered no sooner than this, so that time tells nothing about an address."""

Field = Annotated[str, Form()]
router = APIRouter(default_response_class=RedirectResponse, include_in_schema=True)


@router.post("/login", status_code=303)
async def login(
    request: Request,
    email: Field = "",
    password: Field = "",
    remember: Field = "",
    next: Field = "",
    open: Field = "",
) -> RedirectResponse:
    """Sign in; the cookie comes with the redirect to `next` or the start page."""
    keep = remember == "on"
    started = time.monotonic()
    try:
        token = await ask(request, account.sign_in, email, password, keep, open[:100])
    except SecondStepNeeded as needed:
        has_passkey = "yes" if needed.passkey else ""
        response = to(routes.SECOND_STEP, by=needed.by, passkey=has_passkey, next=next if is_local(next) else "")
        set_step(response, needed.token)
        return response
    except CabinetError as error:
        await even_out(started)
        return back(routes.LOGIN, error, next=next if is_local(next) else "", open=open[:100])
    forget_sessions()
    response = to(next if is_local(next) else await landing(request, token))
    set_session(response, token, keep)
    await know(request, response, token)
    return response


@router.post("/logout", status_code=303)
async def logout(request: Request) -> RedirectResponse:
    """Sign out: the session ends on the server, the cookie goes; on a phone also what it kept for offline."""
    is_phone = await ask(request, device.is_phone)
    await ask(request, account.sign_out)
    forget_sessions()
    response = to(routes.MOBILE if is_phone else routes.LOGIN)
    drop_session(response)
    if is_phone:
        drop_phone(response)
        response.headers["clear-site-data"] = '"storage"'
    return response


@router.post("/activate", status_code=303)
async def activate(request: Request, key: Field = "", password: Field = "") -> RedirectResponse:
    """Activate an account by its mailed key and its application's password: the second click (Э-39)."""
    try:
        await ask(request, account.activate, key, password)
    except CabinetError as error:
        return back(routes.ACTIVATE, error, key=key if error.code != "invalid_code" and len(key) <= 100 else "")
    return to(routes.ACTIVATE, done="activated")


@router.post("/recover", status_code=303)
async def recover(request: Request, email: Field = "") -> RedirectResponse:
    """Ask for a reset letter; the answer is the same whether the address is known or not."""
    started = time.monotonic()
    try:
        await ask(request, account.request_reset, email)
    except CabinetError as error:
        return back(routes.RECOVER, error)
    finally:
        await even_out(started)
    return to(routes.RECOVER, done="sent")


@router.post("/reset", status_code=303)
async def reset(request: Request, key: Field = "", password: Field = "", password2: Field = "") -> RedirectResponse:
    """Set a new password by a mailed key; this browser's session ends with all the others."""
    try:
        await ask(request, account.reset_password, key, password, password2)
    except CabinetError as error:
        return back(routes.RESET, error, key=key if error.code != "invalid_code" and len(key) <= 100 else "")
    forget_sessions()
    response = to(routes.LOGIN, done="reset")
    drop_session(response)
    return response


async def landing(request: Request, token: str) -> str:
    """Where whoever holds a fresh session's token begins."""
    return await door.ask(replace(caller(request), sid=token), frame.landing)


async def know(request: Request, response: RedirectResponse, token: str) -> None:
    """Mark the browser as one that whoever holds the fresh session signs in with."""
    known = await door.ask(replace(caller(request), sid=token), known_browser.know_browser)
    set_browser(response, known)


def to(path: str, **query: str) -> RedirectResponse:
    """Answer 303 to a page; empty values stay out of the address."""
    given = {key: value for key, value in query.items() if value}
    return RedirectResponse(f"{path}?{urlencode(given)}" if given else path, 303)


def back(path: str, error: CabinetError, **query: str) -> RedirectResponse:
    """Answer 303 to the form, which words the error's code."""
    minutes = str(error.params.get("minutes", ""))
    at = error.supplier if isinstance(error, AccountDisabled) else ""
    return to(path, error=error.code, minutes=minutes, at=at, **query)


async def even_out(started: float) -> None:
    """Wait until EVEN_ANSWER_S have passed."""
    await asyncio.sleep(max(0.0, started + EVEN_ANSWER_S - time.monotonic()))


def is_local(path: str) -> bool:
    """Whether `path` stays on this site (no `//host`, no `/\\host`, no control characters)."""
    return path.startswith("/") and path[1:2] not in ("/", "\\") and path.isprintable() and len(path) <= 500
