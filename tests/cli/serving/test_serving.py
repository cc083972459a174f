"""Section 1: what cannot be served or installed is said in one clear sentence, exit code ≠ 0."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.cabinet import ROOT, environment
from tests.servers import free_port


def _run(tmp_path: Path, command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "energo_cabinet", command]
    env = environment(tmp_path, free_port(), **settings)
    return subprocess.run(call, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120)


def _make(folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed")
    return subprocess.run([make, "setup"], cwd=folder, env=env, capture_output=True, text=True, timeout=170)


def test_unmigrated_database_is_not_served(tmp_path):
    done = _run(tmp_path, "run")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "make migrate" in done.stderr


def test_unreachable_database_is_one_sentence_without_its_password(tmp_path):
    url = f"postgresql+psycopg://cabinet:geheim@127.0.0.1:{free_port()}/cabinet"
    done = _run(tmp_path, "run", ENERGO_DATABASE_URL=url)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "does not answer" in done.stderr and "geheim" not in done.stderr


def test_byte_code_is_kept_where_the_environment_forbids_it(tmp_path):
    kept = tmp_path / "kept"
    done = _run(tmp_path, "migrate", PYTHONDONTWRITEBYTECODE="1", PYTHONPYCACHEPREFIX=str(kept))
    assert done.returncode == 0
    assert any(kept.rglob("migrations.*.pyc"))


def test_demo_refuses_to_touch_a_production_installation(tmp_path):
    done = _run(tmp_path, "demo", ENERGO_MODE="production")
    assert done.returncode == 1
    assert not (tmp_path / "cabinet.db").exists()


def test_production_without_key_address_and_smtp_is_refused(tmp_path):
    done = _run(tmp_path, "run", ENERGO_MODE="production")
    assert done.returncode == 1
    assert all(word in done.stderr for word in ("ENERGO_SECRET_KEY", "ENERGO_PUBLIC_URL", "ENERGO_SMTP_URL"))
    assert "Traceback" not in done.stderr


def test_too_old_python_is_one_sentence(tmp_path):
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "bin").mkdir()
    old = tmp_path / "bin" / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = _make(tmp_path, PATH=str(old.parent))
    assert done.returncode != 0
    assert done.stderr.startswith("Energo Cabinet needs Python 3.11 or newer")


def test_no_registry_is_one_sentence(tmp_path):
    shutil.copytree(ROOT / "energo_cabinet", tmp_path / "energo_cabinet", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path)
    closed = f"http://127.0.0.1:{free_port()}/simple"
    env = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": str(tmp_path)}
    done = _make(tmp_path, **env, PYTHON=sys.executable, PIP_CONFIG_FILE="/dev/null", PIP_INDEX_URL=closed)
    assert done.returncode != 0
    assert "the package registry could not be reached" in done.stderr
    assert "Traceback" not in done.stderr
