"""Section 6: a changed text reaches pages that are built already, and only whole words do."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from energo_cabinet import i18n
from energo_cabinet.errors import CabinetError
from energo_cabinet.serving import page_texts

MARKS = {f"~t{number:016x}~": number for number in range(4)}
TITLE, QUOTES, OPEN, FIXED = MARKS
KEYS = {TITLE: "a.title", QUOTES: "a.quotes", OPEN: "a.open", FIXED: "a.title"}


@pytest.fixture
def words(monkeypatch) -> dict[str, str]:
    """The catalogue of both languages."""
    known = {"a.title": "R&D <b>", "a.quotes": 'it\'s "`${x}`" \\ new\nline', "a.open": "{n} of {of}"}
    monkeypatch.setattr(i18n, "catalogue", lambda _language: known)
    monkeypatch.setattr(i18n, "asked", {"a.title"})
    monkeypatch.setattr(i18n, "listed", set())
    return known


@pytest.fixture
def build(tmp_path, words) -> Path:
    """What a build leaves: a page, a chunk with marks, one that loads it, one that does not."""
    client = tmp_path / "client"
    (client / "assets").mkdir(parents=True)
    (client / "a.html").write_text(f'<title>{TITLE}</title><script>import "/assets/a-12345678.js"; "{TITLE}"</script>')
    (client / "assets" / "a-12345678.js").write_text(f"x=`{QUOTES}`;y='{QUOTES}';z=\"{OPEN}{{n}}|~\";w='{FIXED}'")
    (client / "assets" / "loads-23456789.js").write_text('import"./a-12345678.js"')
    (client / "assets" / "free-34567890.js").write_text("1")
    meant = {mark: {"key": KEYS[mark], "language": "ru", "params": {}, "is_open": False, "names": []} for mark in MARKS}
    meant[OPEN] |= {"params": {"of": 3}, "is_open": True, "names": ["{n}"]}
    page_texts.note(tmp_path, meant)
    return tmp_path


def _chunk(build: Path, name: str) -> Path:
    return next((build / "client" / "assets").glob(f"{name}-*.js"))


def test_words_stand_where_the_marks_were_whatever_the_quotes(build, words):
    page_texts.fill(build)
    chunk = _chunk(build, "a").read_text()
    quoted = words["a.quotes"].replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    quoted = quoted.replace("`", "\\`").replace("$", "\\$").replace("'", "\\'")
    assert chunk == f"x=`{quoted}`;y='{quoted}';z=\"{{n}} of 3\";w='R&D \\x3cb>'"
    page = (build / "client" / "a.html").read_text()
    assert "<title>R&amp;D &lt;b&gt;</title>" in page and '"R&D \\x3cb>"' in page


def test_figures_that_a_page_has_put_in_while_it_was_prerendered_stand_in_the_words(build):
    page = build / "client" / "b.html"
    page.write_text(f"<p>{OPEN}5|~, {OPEN}{TITLE}|~ |~</p>")
    page_texts.fill(build)
    assert page.read_text() == "<p>5 of 3, R&amp;D &lt;b&gt; of 3 |~</p>"


def test_names_of_chunks_follow_their_words_and_what_they_load(build, words):
    page_texts.fill(build)
    before = {name: _chunk(build, name).name for name in ("a", "loads", "free")}
    assert before["a"] in _chunk(build, "loads").read_text() and before["a"] in (build / "client/a.html").read_text()
    words["a.quotes"] = "other"
    page_texts.fill(build)
    after = {name: _chunk(build, name).name for name in before}
    assert {name for name in before if before[name] != after[name]} == {"a", "loads"}
    assert after["a"] in _chunk(build, "loads").read_text()


def test_filling_again_leaves_nothing_of_before(build, words):
    page_texts.fill(build)
    files = len(list((build / "client").rglob("*")))
    words["a.quotes"] = "other"
    assert not page_texts.is_filled(build)
    page_texts.fill(build)
    assert page_texts.is_filled(build) and len(list((build / "client").rglob("*"))) == files


def test_what_is_sent_packed_says_the_same(build):
    page_texts.fill(build)
    for path in json.loads((build / page_texts.WRITTEN).read_text())["files"]:
        plain = build / "client" / path
        assert gzip.decompress(plain.with_name(f"{plain.name}.gz").read_bytes()) == plain.read_bytes()


def test_only_a_text_that_was_compiled_as_it_stands_needs_a_build(build, words):
    words["a.quotes"] = "other"
    assert not page_texts.needs_build(build)
    words["a.title"] = "other"
    assert page_texts.needs_build(build)


def test_chunks_that_cannot_be_told_apart_stop_the_build(build):
    (build / "client" / "assets" / "b-12345678.js").write_text(TITLE)
    with pytest.raises(RuntimeError, match="review page_texts"):
        page_texts.fill(build)


def test_a_text_that_is_gone_is_one_sentence(build, words):
    page_texts.fill(build)
    del words["a.open"]
    with pytest.raises(CabinetError, match="text_gone"):
        page_texts.fill(build)
    assert _chunk(build, "a").exists()
