"""What a camera may show: our code, another server's, anything else (Э-72; issue part 4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from energo_cabinet.domain.phone.scanned import picture_text, read_scanned

CODE = "a" * 42 + "_"
OURS = {"https://lk.energo.ru", "http://localhost:3000"}


def read(text):
    found = read_scanned(text, OURS, "/mobile")
    return found.kind, found.value


@pytest.mark.parametrize("base", sorted(OURS))
def test_our_picture_gives_its_code(base):
    assert read(picture_text(base, "/mobile", CODE)) == ("code", CODE)
    assert read(f"  {base}/mobile/#c={CODE}\n") == ("code", CODE)
    assert read(CODE) == ("code", CODE)


def test_another_servers_picture_leads_there():
    there = f"https://lk.drugoy.ru:8443/mobile#c={CODE}"
    assert read(there) == ("other", there)
    assert read(f"http://localhost:9/mobile#c={CODE}")[0] == "other"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.ru",
        "WIFI:S:home;T:WPA;P:secret;;",
        "ST00012|Name=ООО",
        f"https://lk.energo.ru/mobile?c={CODE}",
        f"https://lk.energo.ru/login#c={CODE}",
        "https://lk.energo.ru/mobile#c=short",
        f"http://lk.drugoy.ru/mobile#c={CODE}",
        f"https://lk.energo.ru@evil.example/mobile#c={CODE}",
        f"https://evil.example\\@lk.energo.ru/mobile#c={CODE}",
        f"javascript://lk.energo.ru/mobile#c={CODE}",
        f"https://[::1/mobile#c={CODE}",
        f"https://lk.energo.ru:99999/mobile#c={CODE}",
        "x" * 501,
        None,
        7,
    ],
)
def test_anything_else_is_nothing(text):
    assert read(text) == ("nothing", "")


@given(st.text(max_size=600))
def test_no_text_breaks_it(text):
    assert read(text)[0] in ("nothing", "code", "other")


@given(st.text(alphabet="abc.:/@#?\\%-_ё", max_size=40))
def test_a_strange_host_never_leads_away_in_plain_text(host):
    kind, value = read(f"https://{host}/mobile#c={CODE}")
    assert kind == "nothing" or value.startswith("https://")
