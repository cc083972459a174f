"""The phone's front (Э-67…71): signing in there, coming in by a confirmed claim, the manifest of the installed page."""

from __future__ import annotations

import time

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse

from energo_cabinet import routes
from energo_cabinet.api.cookies import set_phone, set_session, set_step
from energo_cabinet.api.door import ask, caller
from energo_cabinet.api.sign_in.session import Field, back, even_out, to
from energo_cabinet.auth.session_cache import forget_sessions
from energo_cabinet.domain.sign_in.browser_name import browser_name
from energo_cabinet.errors import AccountDisabled, CabinetError, SecondStepNeeded
from energo_cabinet.i18n import text
from energo_cabinet.services.phone import pairing_claim
from energo_cabinet.settings import get_settings

router = APIRouter(prefix="/mobile", include_in_schema=False)

ICONS = (("192", "any"), ("512", "any"), ("512", "maskable"))


@router.post("/login", status_code=303)
async def login(request: Request, email: Field = "", password: Field = "") -> RedirectResponse:
    """«ВОЙТИ»: as at /login, remembered, and listed among the devices."""
    started = time.monotonic()
    try:
        token = await ask(request, pairing_claim.sign_in_on_phone, email, password, _device(request))
    except SecondStepNeeded as needed:
        response = to(routes.SECOND_STEP, by=needed.by)
        set_step(response, needed.token)
        return response
    except CabinetError as error:
        await even_out(started)
        return back(routes.LOGIN if isinstance(error, AccountDisabled) else routes.MOBILE, error)
    return _inside(token)


@router.post("/enter", status_code=303)
async def enter(request: Request, claim: Field = "") -> RedirectResponse:
    """The confirmed phone comes in: the claim becomes a login session, once."""
    try:
        token = await ask(request, pairing_claim.enter_by_claim, claim)
    except CabinetError as error:
        return back(routes.MOBILE, error)
    return _inside(token)


@router.get("/manifest.webmanifest")
def manifest(request: Request) -> JSONResponse:
    """What an installed page is called and looks like; the name is a setting."""
    name, language = get_settings().system_name, caller(request).language
    icons = [
        {"src": f"/icons/{purpose}-{size}.png", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size, purpose in ICONS
    ]
    body = {
        "id": routes.MOBILE,
        "name": name,
        "short_name": name,
        "description": text("site.description", language),
        "lang": language,
        "start_url": routes.MOBILE,
        "scope": "/",
        "display": "standalone",
        "background_color": "#f9f9fb",
        "theme_color": "#3e63dd",
        "icons": icons,
    }
    headers = {"cache-control": "no-cache"}
    return JSONResponse(body, headers=headers, media_type="application/manifest+json")


def _inside(token: str) -> RedirectResponse:
    forget_sessions()
    response = to(routes.START)
    set_session(response, token, True)
    set_phone(response)
    return response


def _device(request: Request) -> str:
    return ", ".join(name for name in reversed(browser_name(caller(request).device)) if name)
