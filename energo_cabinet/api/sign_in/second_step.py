"""The second step of sign-in and the mailed links of a changed e-mail: plain forms, because cookies change."""

from __future__ import annotations

import time

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, RedirectResponse

from energo_cabinet import routes
from energo_cabinet.api.cookies import drop_session, drop_step, set_session, step_of
from energo_cabinet.api.door import ask
from energo_cabinet.api.sign_in.session import Field, back, even_out, is_local, know, landing, to
from energo_cabinet.auth.session_cache import forget_sessions
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.person import email_change
from energo_cabinet.services.person.export import export_file
from energo_cabinet.services.sign_in import second_step
from energo_cabinet.services.sign_in.second_step import FinishedStep

router = APIRouter(default_response_class=RedirectResponse, include_in_schema=True)


@router.post("/login/code", status_code=303)
async def code(
    request: Request, code: Field = "", next: Field = "", by: Field = "", passkey: Field = ""
) -> RedirectResponse:
    """The code that the browser's step waits for; then the session's cookie, and the way on."""
    target, started = next if is_local(next) else "", time.monotonic()
    try:
        done = await ask(request, second_step.finish_sign_in, step_of(request), code)
    except CabinetError as error:
        await even_out(started)
        if error.code == "second_step_expired":
            return drop_step(back(routes.LOGIN, error, next=target))
        return back(routes.SECOND_STEP, error, next=target, by=kind(by), passkey="yes" if passkey == "yes" else "")
    return drop_step(await signed_in(request, done, target))


@router.post("/login/code/send", status_code=303)
async def send(request: Request, next: Field = "", passkey: Field = "") -> RedirectResponse:
    """Another SMS for the browser's step."""
    target = next if is_local(next) else ""
    try:
        await ask(request, second_step.send_code_again, step_of(request))
    except CabinetError as error:
        page = routes.LOGIN if error.code == "second_step_expired" else routes.SECOND_STEP
        return back(page, error, next=target, by="sms")
    return to(routes.SECOND_STEP, done="sent", next=target, by="sms", passkey="yes" if passkey == "yes" else "")


@router.post("/email/confirm", status_code=303)
async def confirm_email(request: Request, key: Field = "") -> RedirectResponse:
    """The new address confirms (Н-53): the second click, as with activation."""
    try:
        await ask(request, email_change.confirm_email, key)
    except CabinetError as error:
        return back(routes.EMAIL, error)
    forget_sessions()
    return to(routes.EMAIL, done="confirmed")


@router.post("/email/undo", status_code=303)
async def undo_email(request: Request, undo: Field = "") -> RedirectResponse:
    """The old address takes the change back; all sessions end, also this browser's if it is of that account."""
    try:
        await ask(request, email_change.undo_email, undo)
    except CabinetError as error:
        return back(routes.EMAIL, error)
    forget_sessions()
    response = to(routes.EMAIL, done="undone")
    drop_session(response)
    return response


@router.get("/profile/export/{export_id}", response_class=FileResponse)
async def export(request: Request, export_id: int) -> FileResponse:
    """«Выгрузить мои данные»: the archive, for its owner."""
    path = await ask(request, export_file, export_id)
    headers = {"Cache-Control": "no-store"}
    return FileResponse(path, media_type="application/zip", filename="my-data.zip", headers=headers)


async def signed_in(request: Request, done: FinishedStep, target: str) -> RedirectResponse:
    """The session's cookie, and the way on."""
    forget_sessions()
    response = to(target or await landing(request, done.token))
    set_session(response, done.token, done.remember)
    await know(request, response, done.token)
    return response


def kind(by: str) -> str:
    """What the second step asks for, as the address says."""
    return by if by in ("totp", "sms", "passkey") else "totp"
