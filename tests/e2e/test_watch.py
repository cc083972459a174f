"""Section 6: `make watch` on a copy of the checkout; what is saved is served, a mistake leaves the last good one."""

from __future__ import annotations

import signal
from pathlib import Path

import httpx
from playwright.sync_api import expect

from tests.e2e.watched import CODE, SECONDS
from tests.e2e.watched import watched as watched
from tests.servers import wait_for


def test_a_changed_service_is_served_without_a_build(watched):
    with watched.saved(watched.source(CODE), CODE, '"second_wording"'):
        assert "error=second_wording" in watched.refusal()
    assert "error=wrong_credentials" in watched.refusal()
    assert "Building" not in watched.log.read_text()


def test_a_mistake_is_said_in_one_sentence_and_the_last_good_one_serves_on(watched):
    with watched.saved(watched.source(CODE), CODE, f"{CODE} if", said="✗ SyntaxError"):
        assert "error=wrong_credentials" in watched.refusal()
    with watched.saved(watched.source(CODE), "from __future__", "nonsense()\nfrom __future__", said="✗ "):
        assert "error=wrong_credentials" in watched.refusal()
    assert "Traceback" not in watched.log.read_text()


def test_a_changed_text_reaches_an_open_tab_by_itself(watched, page, watch):
    page.goto(f"{watched.url}/login")
    title = page.title()
    assert title
    with watched.saved(watched.source(f'"{title}"', "i18n", "*ru.toml"), f'"{title}"', '"Другое название"'):
        expect(page).to_have_title("Другое название")
        expect(page.get_by_role("heading", name="Другое название")).to_be_visible()
    expect(page).to_have_title(title)
    assert "Building" not in watched.log.read_text()
    page.close()
    watch.forget()  # a tab loses its server each time


def test_a_catalogue_that_cannot_be_read_is_one_sentence(watched):
    path = watched.source("[", "i18n", "*ru.toml")
    with watched.saved(path, path.read_text("utf-8"), "[broken", said="✗ "):
        assert httpx.get(f"{watched.url}/login/").status_code == 200


def test_many_files_saved_at_once_are_one_new_server(watched):
    before = watched.log.read_text().count("served after")
    for path in sorted((watched.folder / "energo_cabinet" / "jobs").rglob("*.py")):
        path.write_text(f"{path.read_text('utf-8')}\n")
    wait_for(lambda: watched.log.read_text().count("served after") > before, SECONDS, "a new server")
    watched.refusal()
    assert watched.log.read_text().count("served after") - before <= 2


def test_the_end_while_pages_are_built_leaves_no_process(watched):
    page = watched.source("class_name=", "pages")
    watched.save(page, page.read_text("utf-8").replace("class_name=", "title='t', class_name=", 1), "Building")
    watched.process.send_signal(signal.SIGINT)
    assert watched.process.wait(60) == 0
    wait_for(lambda: not _of(watched.folder), 30, "the end of everything that was started")


def _of(folder: Path) -> list[str]:
    """Processes that run in a checkout."""
    return [path.parent.name for path in Path("/proc").glob("[0-9]*/cwd") if _is_in(path, folder)]


def _is_in(link: Path, folder: Path) -> bool:
    try:
        return link.readlink().is_relative_to(folder)
    except OSError:
        return False
