"""Texts in components: both languages travel in the page, the language var chooses (no round trip)."""

from __future__ import annotations

import reflex as rx

from energo_cabinet.auth.access import access
from energo_cabinet.i18n import text


@access("public")
class LanguageState(rx.State):
    """The interface language, kept in the `lang` cookie that REST routes read too."""

    language: str = rx.Cookie("ru", name="lang", path="/", max_age=31_536_000, same_site="lax")

    @rx.event
    def choose(self, language: str):
        """Switch to "ru" or "en" and reload, so that dates and numbers follow."""
        self.language = "en" if language == "en" else "ru"
        return LanguageState.reload

    @rx.event
    def reload(self):
        """Load the page again in the language chosen."""
        return rx.redirect(self.router.url.path or "/")


def t(key: str) -> rx.Var[str]:
    """The text of `key` in the language chosen; KeyError at build time for an unknown key."""
    russian, english = text(key, "ru"), text(key, "en")
    return rx.cond(LanguageState.language == "en", english, russian)  # type: ignore[return-value]
