"""Refusing to serve an unsafe installation (SECURITY section 1)."""

import base64
import subprocess
import sys

import pytest
from pydantic import ValidationError

from energo_cabinet.settings import Settings
from energo_cabinet.startup import unsafe_settings
from tests.e2e.cabinet import ROOT, environment

SAFE = {
    "mode": "production",
    "public_url": "https://lk.example.org",
    "secret_key": "correct horse battery staple 4711",
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
        ({"secret_key": "correct horse battery staple 12"}, "ENERGO_SECRET_KEY"),
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
    assert "correct horse" not in sentence


KEY = base64.b64encode(b"k" * 32).decode()
SENSELESS = {
    "secret_key": ("a" * 32, "ab" * 40),
    "public_url": (
        *("lk.example.org", "ftp://lk.example.org", "https://", "https://lk.example.org:x", "https://lk .example.org"),
        *("https://anna:secret@lk.example.org", "https://lk.example.org/cabinet", "https://lk.example.org/?a=1"),
    ),
    "smtp_url": ("not-a-url", "http://mail.example.org", "smtp://", "smtp://mail.example.org:x"),
    "sms_url": ("http://tok@sms.example.org/send", "https://sms.example.org/send", "hello"),
    "seal_keys": ("abc", "a:abc", f"a:{base64.b64encode(b'abc').decode()}", f"a:{KEY},b"),
    "limit_login_ip": ("often", "0/hour", "-1/hour", "5", ""),
    "limit_api": ("300/fortnight",),
    "mail_from": ("a@example.org\r\nBcc: b@example.org", "nobody", "a@example.org, b@example.org"),
    "password_list": ("/nowhere/list.txt", "/"),
    "supplier_ca_file": ("/nowhere/ca.pem",),
    "default_zone": ("Mars/Phobos", "../etc/passwd", "\x00"),
    "redis_url": ("redis://10.0.0.5:6379", "hello", "http://localhost"),
    "database_url": ("hello", "mysql://localhost/cabinet"),
    "supplier_hosts": ("https://supplier.example.org", "a b"),
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, many in SENSELESS.items() for value in many])
def test_what_makes_no_sense_is_refused_with_one_sentence_without_its_value(name, value):
    """RC-4: presence is not sense; each of these let the server start and stopped a part of it later."""
    with pytest.raises(ValidationError) as caught:
        Settings(**(SAFE | {name: value}))
    (wrong,) = caught.value.errors(include_input=False, include_url=False)
    assert wrong["loc"] == (name,) and wrong["msg"].startswith("Value error, must ")
    assert not value.strip() or len(value) < 9 or value not in wrong["msg"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("public_url", "HTTPS://LK.Example.org:443/"),
        ("public_url", "https://lk.example.org:8443"),
        ("smtp_url", "smtps://user:password@mail.example.org:465"),
        ("sms_url", "https://tok@sms.example.org/send?from=Sbyt"),
        ("seal_keys", f"2026:{KEY}, 2025:{KEY}"),
        ("limit_login_ip", "20 per 1 hour"),
        ("redis_url", "redis://:secret@10.0.0.5:6379/0"),
        ("redis_url", "redis://localhost:6379"),
        ("database_url", "postgresql+psycopg://cabinet@/cabinet?host=/run"),
        ("supplier_hosts", "x.ru, .y.ru"),
    ],
)
def test_what_makes_sense_is_taken(name, value):
    assert reasons(**(SAFE | {name: value})) == []


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("HTTPS://LK.Example.org:443/", "https://lk.example.org"),
        ("https://lk.example.org:8443", "https://lk.example.org:8443"),
        ("https://[2001:db8::1]:443", "https://[2001:db8::1]"),
    ],
)
def test_the_origin_is_written_as_browsers_write_it(url, seen):
    """Else nobody can sign in: the browser's Origin never equals it."""
    settings = Settings(**(SAFE | {"public_url": url}))
    assert settings.origins == {seen} and settings.is_secure


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
