"""The cookies of sign-in: `__Host-sid` over https, `sid` over the demo's http; `step` before the code, `pk`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from energo_cabinet.door import cookie_name, cookie_value
from energo_cabinet.settings import get_settings


def set_session(response: Response, token: str, remember: bool) -> None:
    """Give the browser its session: for 30 days when asked, otherwise until it is closed."""
    settings = get_settings()
    response.set_cookie(
        cookie_name("sid"),
        token,
        max_age=settings.session_remember_days * 86_400 if remember else None,
        path="/",
        secure=settings.is_secure,
        httponly=True,
        samesite="strict",
    )


def set_browser(response: Response, token: str) -> None:
    """The browser's own random value: it opens nothing; guesses made elsewhere do not shut its owner out."""
    response.set_cookie(
        cookie_name("kb"),
        token,
        max_age=180 * 86_400,
        path="/",
        secure=get_settings().is_secure,
        httponly=True,
        samesite="strict",
    )


def drop_session(response: Response) -> None:
    """Take the session cookie back."""
    response.delete_cookie(
        cookie_name("sid"), path="/", secure=get_settings().is_secure, httponly=True, samesite="strict"
    )


def set_step(response: Response, token: str) -> None:
    """Mark the browser whose password was right: worth nothing without the code, gone with the browser."""
    response.set_cookie(
        cookie_name("step"), token, path="/", secure=get_settings().is_secure, httponly=True, samesite="strict"
    )


def step_of(request: Request) -> str:
    """The browser's step token; "" without one."""
    return cookie_value(request.headers.get("cookie", ""), cookie_name("step"))


def drop_step(response: RedirectResponse) -> RedirectResponse:
    """Take the step back."""
    response.delete_cookie(
        cookie_name("step"), path="/", secure=get_settings().is_secure, httponly=True, samesite="strict"
    )
    return response


def set_ceremony(response: Response, token: str) -> None:
    """What a passkey's challenge is bound to: worth nothing without the key, gone with the browser."""
    response.set_cookie(
        cookie_name("pk"), token, path="/", secure=get_settings().is_secure, httponly=True, samesite="strict"
    )


def ceremony_of(request: Request) -> str:
    """The browser's; "" without one."""
    return cookie_value(request.headers.get("cookie", ""), cookie_name("pk"))


def drop_ceremony(response: RedirectResponse) -> RedirectResponse:
    """Take it back."""
    response.delete_cookie(
        cookie_name("pk"), path="/", secure=get_settings().is_secure, httponly=True, samesite="strict"
    )
    return response


def set_phone(response: Response) -> None:
    """Tell the scripts that this is a paired phone: assets/phone.js keeps data for offline only there. No secret."""
    settings = get_settings()
    age = settings.session_remember_days * 86_400
    response.set_cookie("phone", "1", max_age=age, path="/", secure=settings.is_secure, samesite="strict")


def drop_phone(response: Response) -> None:
    """Take that back."""
    response.delete_cookie("phone", path="/", secure=get_settings().is_secure, samesite="strict")
