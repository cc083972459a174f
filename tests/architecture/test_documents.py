"""The documents are short, complete and name nothing of the place they were written in."""

from __future__ import annotations

import re
import subprocess

import pytest
from pydantic import SecretStr

from energo_cabinet.settings import Settings
from tests.architecture.sources import ROOT

LIMITS = {"README.md": 120, "README.ru.md": 120, "ARCHITECTURE.md": 200, "SECURITY.md": 150, "CONTRIBUTING.md": 100}


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_a_document_stays_short(name):
    assert len((ROOT / name).read_text("utf-8").splitlines()) <= LIMITS[name]


@pytest.mark.parametrize("name", ["docs/settings.md", "docs/settings.ru.md"])
def test_every_setting_is_listed_with_its_default(name):
    rows = dict(re.findall(r"^\| `(ENERGO_\w+)` \| (.*?) \|", (ROOT / name).read_text("utf-8"), re.MULTILINE))
    assert rows == {f"ENERGO_{key.upper()}": _shown(field.default) for key, field in Settings.model_fields.items()}


@pytest.mark.parametrize("name", ["README.md", "README.ru.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_files_named_in_a_document_exist(name):
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / name).read_text("utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_tests_that_security_names_exist():
    named = re.findall(r"`((?:\w+/)*test_\w+)`", (ROOT / "SECURITY.md").read_text("utf-8"))
    assert len(named) > 50
    assert [name for name in named if not (ROOT / "tests" / f"{name}.py").exists()] == []


def test_make_targets_named_in_readme_exist():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    texts = "".join((ROOT / name).read_text("utf-8") for name in ("README.md", "README.ru.md", "CONTRIBUTING.md"))
    named = set(re.findall(r"`make (\w+)", texts))
    assert named <= targets


def test_screenshot_is_small():
    pictures = list((ROOT / "docs").rglob("*.png"))
    assert all(path.stat().st_size <= 150_000 for path in pictures)


def test_lockfiles_and_pins_are_committed():
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    assert {"reflex.lock/package.json", "reflex.lock/bun.lock"} <= set(tracked)
    pins = [line for name in ("requirements.txt", "requirements-dev.txt") for line in (ROOT / name).open()]
    assert [line for line in pins if line.strip() and not line.startswith(("#", "-r")) and "==" not in line] == []


def _shown(default: object) -> str:
    value = default.get_secret_value() if isinstance(default, SecretStr) else default
    if value is None or value == "":
        return "—"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"
