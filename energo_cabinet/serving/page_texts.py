"""Texts of compiled pages: the build carries marks, which become words here, so that a changed text needs no build.

`i18n.ui.t` compiles `~t<hash>~` instead of words and notes what each mark means; names in braces follow the mark,
because a page puts figures in their place, in a browser and while it is prerendered. Afterwards the files that carry
marks are kept aside as patterns, and written out with words: what a browser gets is what it got when words were
compiled. Names of chunks carry a hash of what is in them, because browsers keep them for a year; here it is made anew
for those whose words are in it or in something they load.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from energo_cabinet import i18n
from energo_cabinet.errors import CabinetError

Said = tuple[str, list[str]]
"""The words of a mark, and the names in braces that a page puts figures for."""
NOTES, PATTERNS, WRITTEN = "energo.texts.json", "patterns", "energo.written.json"
MARK = re.compile(r"~t[0-9a-f]{16}~")
_END = "|~"
_MARK_OR_END = re.compile(rf"{MARK.pattern}|{re.escape(_END)}")
"""A mark, or the end of what stands for a name of its words: `~t<hash>~{count}|~`, prerendered `~t<hash>~5|~`."""
_SEAL = re.compile(r"-[\w-]{8}\.js\b")
"""The end of a chunk's name, by which other files can be told to load it."""
_SCRIPT = re.compile(r"(<script\b[^>]*>.*?</script>)", re.DOTALL)
_IN_SCRIPT = str.maketrans({"`": "\\`", "$": "\\$", "'": "\\'", "<": "\\x3c"})


def note(build: Path, marks: Mapping[str, Mapping[str, Any]]) -> None:
    """Leave beside a fresh build what its marks mean and which texts were compiled as they stand."""
    asked, listed = sorted(i18n.asked), sorted(i18n.listed)
    notes = {"marks": marks, "asked": asked, "listed": listed, "compiled": _compiled(asked, listed)}
    (build / NOTES).write_text(json.dumps(notes))


def needs_build(build: Path) -> bool:
    """Whether a text that was compiled as it stands has changed since (titles, and what is cut into paragraphs)."""
    notes = _notes(build)
    return not notes or notes["compiled"] != _compiled(notes["asked"], notes["listed"])


def digest(build: Path) -> str:
    """Of the words that belong into the pages; CabinetError("text_gone") when the catalogues lack one."""
    return _digest(_words(build))


def is_filled(build: Path) -> bool:
    """Whether the words in the pages are those of the catalogues."""
    path = build / WRITTEN
    return path.exists() and json.loads(path.read_text())["digest"] == digest(build)


def fill(build: Path) -> None:
    """Write the words of the catalogues into the pages of `build`; what was written before goes."""
    client, patterns, words = build / "client", build / PATTERNS, _words(build)
    if not patterns.exists():
        _keep_patterns(client, patterns)
    sources = {str(path.relative_to(patterns)): path.read_text("utf-8") for path in _files(patterns)}
    filled = {name: _filled(name, source, words) for name, source in sources.items()}
    seals = _seals(filled)
    _remove(build, filled)
    written = []
    for name, content in filled.items():
        written.append(_SEAL.sub(lambda found: seals.get(found[0], found[0]), name))
        _write(client / written[-1], _SEAL.sub(lambda found: seals.get(found[0], found[0]), content).encode())
    (build / WRITTEN).write_text(json.dumps({"digest": _digest(words), "files": written}))


def _compiled(asked: list[str], listed: list[str]) -> str:
    """Digest of texts that stand in the build as they are; a key that is gone counts as changed."""
    known = {language: i18n.catalogue(language) for language in i18n.LANGUAGES}
    taken = [[key, *(known[language].get(key) for language in i18n.LANGUAGES)] for key in asked]
    names = [[prefix, *(key for key in known["ru"] if key.startswith(prefix))] for prefix in listed]
    return hashlib.sha256(json.dumps([taken, names]).encode()).hexdigest()


def _notes(build: Path) -> dict[str, Any]:
    path = build / NOTES
    return json.loads(path.read_text()) if path.exists() else {}


def _words(build: Path) -> dict[str, Said]:
    try:
        return {
            mark: (i18n.shown(meant["key"], meant["language"], meant["params"], meant["is_open"]), meant["names"])
            for mark, meant in _notes(build).get("marks", {}).items()
        }
    except (KeyError, IndexError, ValueError) as error:
        raise CabinetError("text_gone", text=str(error)) from error


def _digest(words: dict[str, Said]) -> str:
    return hashlib.sha256(json.dumps(words, sort_keys=True).encode()).hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in {".js", ".html"} and path.is_file())


def _keep_patterns(client: Path, patterns: Path) -> None:
    """Copy what carries marks aside, and what loads such a chunk: its name will change."""
    sources = {path: path.read_text("utf-8") for path in _files(client)}
    loads = {path: set(_SEAL.findall(source)) for path, source in sources.items()}
    kept = {path for path, source in sources.items() if MARK.search(source)}
    while more := {path for path in sources.keys() - kept if loads[path] & _own_seals(kept)}:
        kept |= more
    unfinished = patterns.with_suffix(".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    for path in kept:
        target = unfinished / path.relative_to(client)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    unfinished.rename(patterns)


def _own_seals(paths: set[Path]) -> set[str]:
    return {found[0] for path in paths if (found := _SEAL.search(path.name))}


def _remove(build: Path, patterns: Iterable[str]) -> None:
    """Take away what the patterns came from, or what was made of them before."""
    path = build / WRITTEN
    before = json.loads(path.read_text())["files"] if path.exists() else []
    path.unlink(missing_ok=True)
    for name in (*patterns, *before):
        (build / "client" / name).unlink(missing_ok=True)
        (build / "client" / f"{name}.gz").unlink(missing_ok=True)


def _filled(name: str, source: str, words: dict[str, Said]) -> str:
    parts = [source] if name.endswith(".js") else _SCRIPT.split(source)
    quotes = [_in_script] if name.endswith(".js") else [_in_html, _in_script]
    return "".join(_put(part, words, quotes[number % len(quotes)])[0] for number, part in enumerate(parts))


def _put(
    source: str, words: dict[str, Said], quote: Callable[[str], str], at: int = 0, is_in: bool = False
) -> tuple[str, int]:
    """`source` from `at` on with words for marks; when `is_in` what stands for a name, and where it ends."""
    put = []
    while found := _MARK_OR_END.search(source, at):
        if found[0] == _END and is_in:
            put.append(source[at : found.start()])
            return "".join(put), found.end()
        put.append(source[at : found.start()])
        at = found.end()
        if found[0] == _END:
            put.append(_END)
            continue
        said, names = words[found[0]]
        shown = quote(said)
        for name in names:
            figure, at = _put(source, words, quote, at, is_in=True)
            shown = shown.replace(name, figure)
        put.append(shown)
    return "".join([*put, source[at:]]), len(source)


def _in_script(words: str) -> str:
    """Inside a literal of any of the three kinds of quotes; a minifier chooses them."""
    return json.dumps(words, ensure_ascii=False)[1:-1].translate(_IN_SCRIPT)


def _in_html(words: str) -> str:
    return html.escape(words)


def _seals(filled: dict[str, str]) -> dict[str, str]:
    """End of a chunk's name → the same with a hash of its words and of all that it loads."""
    named = {name: _SEAL.findall(name) for name in filled if name.startswith("assets/")}
    if any(len(seals) != 1 for seals in named.values()) or len({seals[0] for seals in named.values()}) < len(named):
        raise RuntimeError("chunks of this Vite version are named otherwise: review page_texts.py")
    chunks = {seals[0]: filled[name] for name, seals in named.items()}
    loads = {seal: set(_SEAL.findall(content)) & chunks.keys() for seal, content in chunks.items()}
    own = {seal: hashlib.sha256(content.encode()).digest() for seal, content in chunks.items()}
    sealed = {}
    for seal in chunks:
        reached, todo = {seal}, [seal]
        while todo:
            new = loads[todo.pop()] - reached
            reached |= new
            todo += new
        words = hashlib.sha256(b"".join(own[each] for each in sorted(reached))).hexdigest()[:8]
        sealed[seal] = seal.replace(".js", f"{words}.js")
    return sealed


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
