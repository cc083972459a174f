"""Section 1: two commands from a bare clone; what a start builds, how it ends, what it says when it cannot."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from energo_cabinet.serving import front_end
from energo_cabinet.settings import get_settings
from tests.e2e.cabinet import ROOT, environment, seconds_to_answer
from tests.servers import answers, free_port, wait_for

DEMO = [sys.executable, "-m", "energo_cabinet", "demo", "--empty"]


def test_build_leaves_lockfiles_as_committed(built):
    changed = subprocess.run(["git", "status", "--porcelain", "reflex.lock"], cwd=ROOT, capture_output=True, text=True)
    assert changed.stdout == ""


def test_port_does_not_need_another_build(built, monkeypatch):
    monkeypatch.setenv("ENERGO_PORT", "3999")
    get_settings.cache_clear()
    try:
        assert front_end.is_current(get_settings())
    finally:
        get_settings.cache_clear()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_demo_and_all_its_processes(built, tmp_path, number):
    port = free_port()
    process = subprocess.Popen(DEMO, env=environment(tmp_path, port), cwd=ROOT, stdout=subprocess.PIPE)
    seconds_to_answer(port, time.monotonic())
    family = _children(process.pid)
    process.send_signal(number)
    assert process.wait(20) == 0
    wait_for(lambda: not any(map(_alive, family)), 10, "the end of the server's processes")
    assert family and not answers(port)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_while_the_demo_is_prepared_leaves_nothing_running(built, tmp_path, number):
    port = free_port()
    process = subprocess.Popen(DEMO[:-1], env=environment(tmp_path, port), cwd=ROOT, stdout=subprocess.DEVNULL)
    wait_for(lambda: bool(_children(process.pid)), 60, "the server's process")
    family = _children(process.pid)
    process.send_signal(number)
    assert process.wait(20) == -number
    wait_for(lambda: not any(map(_alive, family)), 120, "the end of the server's processes")
    assert not answers(port)


def test_a_preparation_that_fails_is_one_sentence_and_serves_nothing(built, tmp_path):
    (tmp_path / "cabinet.db").write_text("no database at all" * 99)
    port = free_port()
    done = subprocess.run(DEMO, env=environment(tmp_path, port), cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "file is not a database" in done.stderr
    assert not answers(port)


def test_busy_port_is_one_clear_sentence(built, cabinet):
    done = subprocess.run(DEMO, env=cabinet.env, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stderr.startswith("Port ") and done.stderr.count("\n") == 1


def test_plain_reflex_run_is_the_demo(built, tmp_path):
    port = free_port()
    reflex = [str(Path(sys.executable).parent / "reflex"), "run"]
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(reflex, env=environment(tmp_path, port), cwd=ROOT, stdout=log)
    wait_for(lambda: "Energo Cabinet is ready" in (tmp_path / "log").read_text(), 60, "reflex run as the demo")
    process.terminate()
    assert process.wait(30) == 0


def _children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout.split()
    pairs = [(int(a), int(b)) for a, b in zip(found[::2], found[1::2], strict=True)]
    direct = [child for child, parent in pairs if parent == pid]
    return direct + [grandchild for child in direct for grandchild in _children(child)]


def _alive(pid: int) -> bool:
    return subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True).stdout.strip()[:1] not in (
        b"",
        b"Z",
    )
