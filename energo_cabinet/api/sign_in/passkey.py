"""Passkeys: what the browser's script asks the authenticator for, and the forms that it sends the answer with."""

from __future__ import annotations

import time
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse

from energo_cabinet import routes
from energo_cabinet.api.cookies import ceremony_of, drop_ceremony, drop_step, set_ceremony, step_of
from energo_cabinet.api.door import ask
from energo_cabinet.api.sign_in.second_step import kind, signed_in
from energo_cabinet.api.sign_in.session import Field, back, even_out, is_local
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.sign_in import passkey_sign_in

router = APIRouter(include_in_schema=True)


@router.post("/passkey/sign-in")
async def begin_sign_in(request: Request) -> JSONResponse:
    """Any passkey of this site; the challenge is bound to the browser by a cookie."""
    asked = await ask(request, passkey_sign_in.begin_sign_in)
    response = _options(asked.options)
    set_ceremony(response, asked.token)
    return response


@router.post("/passkey/second-step")
async def begin_second_step(request: Request) -> JSONResponse:
    """A passkey of whose password was right in this browser."""
    return _options(await ask(request, passkey_sign_in.begin_second_step, step_of(request)))


@router.post("/passkey/proof")
async def begin_proof(request: Request) -> JSONResponse:
    """A passkey of whoever is signed in."""
    return _options(await ask(request, passkey_sign_in.begin_proof))


@router.post("/login/passkey", status_code=303, response_class=RedirectResponse)
async def sign_in(request: Request, answer: Field = "", remember: Field = "", next: Field = "") -> RedirectResponse:
    """Sign in by a passkey alone; the cookie comes with the redirect to `next` or the start page."""
    target, started = next if is_local(next) else "", time.monotonic()
    token = ceremony_of(request)
    try:
        done = await ask(request, passkey_sign_in.sign_in_by_passkey, token, answer, remember == "on")
    except CabinetError as error:
        await even_out(started)
        return drop_ceremony(back(routes.LOGIN, error, next=target))
    return drop_ceremony(await signed_in(request, done, target))


@router.post("/login/code/passkey", status_code=303, response_class=RedirectResponse)
async def second_step(request: Request, answer: Field = "", next: Field = "", by: Field = "") -> RedirectResponse:
    """The passkey that the browser's step waits for."""
    target, started = next if is_local(next) else "", time.monotonic()
    try:
        done = await ask(request, passkey_sign_in.finish_by_passkey, step_of(request), answer)
    except CabinetError as error:
        await even_out(started)
        if error.code == "second_step_expired":
            return drop_step(back(routes.LOGIN, error, next=target))
        return back(routes.SECOND_STEP, error, next=target, by=kind(by), passkey="yes")
    return drop_step(await signed_in(request, done, target))


def _options(options: dict[str, Any]) -> JSONResponse:
    return JSONResponse({"get": options})
