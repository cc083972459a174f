"""Names of browsers and systems in a User-Agent."""

import pytest

from energo_cabinet.domain.sign_in.browser_name import browser_name

WEBKIT = "Mozilla/5.0 ({}) AppleWebKit/537.36 (KHTML, like Gecko) {}"


@pytest.mark.parametrize(
    ("system", "engine", "names"),
    [
        ("Windows NT 10.0; Win64; x64", "Chrome/131.0 Safari/537.36", ("Chrome", "Windows")),
        ("Windows NT 10.0", "Chrome/130.0 YaBrowser/24.1 Safari/537.36", ("Yandex Browser", "Windows")),
        ("iPhone; CPU iPhone OS 18_0 like Mac OS X", "Version/18 Mobile/1 Safari/604.1", ("Safari", "iPhone")),
        ("Linux; Android 14; Pixel 8", "Chrome/131.0 Mobile Safari/537.36", ("Chrome", "Android")),
        ("Macintosh; Intel Mac OS X 14_0", "Chrome/131.0 Safari/537.36 Edg/131.0", ("Edge", "macOS")),
    ],
)
def test_known_browsers(system, engine, names):
    assert browser_name(WEBKIT.format(system, engine)) == names


def test_anything_else_is_unknown():
    assert browser_name("") == ("", "")
    assert browser_name("curl/8.5") == ("", "")
