"""Section 6: what is compiled into pages asks for a build, and nothing else does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from energo_cabinet.serving import front_end
from energo_cabinet.settings import Settings
from tests.architecture.sources import ROOT

INPUTS = ("energo_cabinet", "assets", "reflex.lock", "rxconfig.py", "requirements.txt")


@pytest.fixture(scope="module")
def copied(tmp_path_factory) -> Path:
    """A copy of everything that the digest reads."""
    folder = tmp_path_factory.mktemp("sources")
    for name in INPUTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    return folder


@pytest.fixture
def sources(copied, monkeypatch) -> Path:
    """The copy in place of the real sources."""
    monkeypatch.setattr(front_end, "ROOT", copied)
    return copied


@contextmanager
def _edited(path: Path, old: str, new: str) -> Iterator[None]:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    yield
    path.write_text(text, "utf-8")


def _first(folder: Path, words: str) -> Path:
    return next(path for path in sorted(folder.rglob("*.py")) if words in path.read_text("utf-8"))


SAME = {
    "a statement of a service": ("services", ".where(", ".where(True, "),
    "a calculation": ("domain", "    return ", "    return None or "),
    "a way in": ("api", "    return ", "    return None or "),
    "what a handler does": ("state", "\n        await self.", "\n        pass\n        await self."),
    "a comment in a page": ("pages", "def add_to(", "# why\ndef add_to("),
}
OTHER = {
    "a page": ("pages", "class_name=", "title='t', class_name="),
    "a component": ("components", "class_name=", "title='t', class_name="),
    "a var of a state": ("state", "    @rx.event\n", "    added: int = 0\n\n    @rx.event\n"),
    "a column of what a page shows": (
        "services",
        "@dataclass(frozen=True, slots=True)\nclass ",
        "class Added:\n    x: int\n\n\n@dataclass(frozen=True, slots=True)\nclass ",
    ),
}


@pytest.mark.parametrize("change", SAME)
def test_what_no_page_shows_needs_no_build(sources, change):
    room, old, new = SAME[change]
    before = front_end.digest(Settings())
    with _edited(_first(sources / "energo_cabinet" / room, old), old, new):
        assert front_end.digest(Settings()) == before


@pytest.mark.parametrize("change", OTHER)
def test_what_a_page_shows_needs_a_build(sources, change):
    room, old, new = OTHER[change]
    before = front_end.digest(Settings())
    with _edited(_first(sources / "energo_cabinet" / room, old), old, new):
        assert front_end.digest(Settings()) != before


def test_texts_are_no_part_of_what_is_compiled(sources):
    before = front_end.digest(Settings())
    path = next((sources / "energo_cabinet" / "i18n").rglob("*ru.toml"))
    with _edited(path, "\n", "\nadded = 'слово'\n"):
        assert front_end.digest(Settings()) == before


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("assets/css/tokens.css", "\n"),
        ("rxconfig.py", "\n"),
        ("requirements.txt", "\n"),
        ("reflex.lock/package.json", '"type"'),  # a build beside this writes it on one line for a while
    ],
)
def test_assets_pins_and_configuration_need_a_build(sources, name, old):
    before = front_end.digest(Settings())
    with _edited(sources / name, old, f"{old} "):
        assert front_end.digest(Settings()) != before
