"""Refusing to serve an unsafe installation (SECURITY section 1)."""

import subprocess
import sys

import pytest

from energo_cabinet.settings import Settings
from energo_cabinet.startup import unsafe_settings
from tests.e2e.cabinet import ROOT, environment

SAFE = {
    "mode": "production",
    "public_url": "https://lk.example.org",
    "secret_key": "k" * 32,
    "smtp_url": "smtp://mail.example.org",
    "host": "0.0.0.0",
}


def reasons(**settings):
    return unsafe_settings(Settings(**settings))


def test_defaults_are_a_safe_demo(monkeypatch):
    for name in ("ENERGO_HOST", "ENERGO_MODE", "GRANIAN_WORKERS"):
        monkeypatch.delenv(name, raising=False)
    assert reasons() == []


def test_complete_production_settings_are_safe():
    assert reasons(**SAFE) == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"secret_key": "k" * 31}, "ENERGO_SECRET_KEY"),
        ({"secret_key": ""}, "ENERGO_SECRET_KEY"),
        ({"public_url": "http://lk.example.org", "host": "127.0.0.1"}, "ENERGO_PUBLIC_URL"),
        ({"public_url": "https://*"}, "ENERGO_PUBLIC_URL"),
        ({"smtp_url": ""}, "ENERGO_SMTP_URL"),
        ({"workers": 2}, "ENERGO_REDIS_URL"),
        ({"mode": "demo"}, "ENERGO_MODE"),
    ],
)
def test_each_lack_is_one_sentence_that_names_the_setting(change, named):
    (sentence,) = reasons(**(SAFE | change))
    assert named in sentence
    assert "k" * 31 not in sentence


def test_plain_cookie_never_leaves_loopback():
    assert any("cookie" in sentence for sentence in reasons(**(SAFE | {"public_url": "http://lk.example.org"})))


def test_workers_of_the_server_itself_count(monkeypatch):
    monkeypatch.setenv("GRANIAN_WORKERS", "3")
    assert "ENERGO_REDIS_URL" in reasons(**SAFE)[0]


def start(tmp_path, *arguments, **settings):
    env = environment(tmp_path, 3000, **settings)
    call = [sys.executable, *arguments]
    return subprocess.run(call, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120)


IMPORT = ("-c", "import energo_cabinet.energo_cabinet")


def test_unsafe_installation_ends_with_its_sentences_and_exit_code_1(tmp_path):
    done = start(tmp_path, *IMPORT, ENERGO_MODE="production")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for name in ("ENERGO_SECRET_KEY", "ENERGO_PUBLIC_URL", "ENERGO_SMTP_URL", "reflex run --env prod"):
        assert name in done.stderr


@pytest.mark.parametrize(
    ("setting", "named"),
    [
        ({"REFLEX_CORS_ALLOWED_ORIGINS": "*"}, "REFLEX_CORS_ALLOWED_ORIGINS"),
        ({"REFLEX_TELEMETRY_ENABLED": "true"}, "Telemetry"),
        ({"REFLEX_STATE_MANAGER_MODE": "disk"}, "REFLEX_STATE_MANAGER_MODE"),
        ({"ENERGO_PORT": "many"}, "ENERGO_PORT"),
        ({"ENERGO_PASSWORD_MIN_LENGTH": "6"}, "ENERGO_PASSWORD_MIN_LENGTH"),
    ],
)
def test_unsafe_surroundings_are_refused_even_in_the_demo(tmp_path, setting, named):
    done = start(tmp_path, *IMPORT, **setting)
    assert done.returncode == 1
    assert named in done.stderr
    assert "Traceback" not in done.stderr


FORGOTTEN = """
import reflex as rx
class ForgottenState(rx.State):
    @rx.event
    def act(self):
        pass
import energo_cabinet.energo_cabinet
"""


def test_state_without_a_rule_stops_the_start(tmp_path):
    done = start(tmp_path, "-c", FORGOTTEN)
    assert done.returncode == 1
    assert "forgotten_state has event handlers but no @access rule" in done.stderr
