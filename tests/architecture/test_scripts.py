"""The scripts of the pages: one contract each, kept by both sides; each module joined once, none large."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from energo_cabinet.joined_assets import SCRIPT
from tests.architecture.sources import ROOT, Module, of_layer

MODULES = {path.name: path for path in sorted(SCRIPT.parent.glob("*.js"))}
APART = {path.name: path for path in sorted((ROOT / "assets").glob("*.js"))}
"""For the time without a network: files and scopes of their own."""
SCRIPTS = MODULES | APART
NAME = re.compile(r"data-[a-z]+(?:-[a-z]+)*(?![\w-])")


@lru_cache
def halves(path: Path) -> tuple[str, str]:
    """(comment at the head, code without comments)."""
    head, code = re.fullmatch(r"((?://[^\n]*\n)+)(.*)", path.read_text("utf-8"), re.DOTALL).groups()
    return head.replace("\n// ", " "), re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", code, flags=re.DOTALL)


def contract(path: Path) -> list[str]:
    """The data attributes of its contract, in their order."""
    return NAME.findall(halves(path)[0].partition("Contract: ")[2])


def dashed(name: str) -> str:
    """`draftUrl` → `data-draft-url`."""
    return "data-" + re.sub("([A-Z])", r"-\1", name).lower()


def written(path: Path) -> set[str]:
    """What a script sets itself."""
    code = halves(path)[1]
    names = re.findall(r"dataset\.(\w+) = ", code)
    return {dashed(name) for name in names} | set(re.findall(r'setAttribute\("(data-[\w-]+)"', code))


def used(path: Path) -> set[str]:
    """Data attributes that a script's code names, in whatever way."""
    code = halves(path)[1]
    taken = re.findall(r"\{ ([^}]*) \} = \w+\.dataset", code)
    names = re.findall(r"dataset\.(\w+)", code)
    names += [re.split(r"[ :]", part)[0] for parts in taken for part in parts.split(", ")]
    words = re.findall(r'word\(field, "([\w-]+)"\)', code)
    return set(NAME.findall(code)) | {dashed(name) for name in names} | {f"data-word-{word}" for word in words}


def imported(path: Path) -> list[str]:
    """Modules that a module imports, in their order."""
    return re.findall(r'^(?:import|\} from)\b[^;]*"\./(\w+\.js)";$', halves(path)[1], re.MULTILINE)


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_states_what_it_listens_to(name):
    assert "Contract: " in halves(SCRIPTS[name])[0]
    assert set(contract(SCRIPTS[name])) == used(SCRIPTS[name])


def test_what_a_script_listens_to_is_set_by_a_page():
    own = set().union(*map(written, SCRIPTS.values()))
    wanted = {(name, one) for name, path in SCRIPTS.items() for one in contract(path)}
    assert sorted((name, one) for name, one in wanted if one not in set_by_pages() | own) == []


def test_what_a_page_sets_is_listened_to():
    heard = {one for path in SCRIPTS.values() for one in contract(path)}
    styled = {one for path in (ROOT / "assets/css").rglob("*.css") for one in NAME.findall(path.read_text("utf-8"))}
    assert sorted(set_by_pages() - heard - styled) == []


def test_a_contract_begins_with_an_attribute_of_its_own():
    firsts = Counter(names[0] for path in SCRIPTS.values() if (names := contract(path)))
    assert [name for name, count in firsts.items() if count > 1] == []


def test_modules_stay_small():
    sizes = {name: len(path.read_text("utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: size for name, size in sizes.items() if size > 120} == {}


def test_every_module_is_joined_once():
    """The entry imports what listens; what it does not import, others stand on."""
    order = imported(SCRIPT)
    beneath = {name for path in MODULES.values() if path != SCRIPT for name in imported(path)}
    assert [name for name, count in Counter(order).items() if count > 1] == []
    assert {SCRIPT.name, *order} | beneath == set(MODULES)
    listening = {name for name, path in MODULES.items() if "addEventListener(" in halves(path)[1]}
    assert listening - set(order) <= {"press.js", "file_list.js"}


def set_by_pages() -> set[str]:
    """Data attributes of the pages: `data_x=…`, `{"data-x": …}`, `{f"data_word_{name}": … for name in NAMES}`."""
    found = {name for module in of_layer("pages", "components") for name in _set_by(module)}
    return {name.replace("_", "-") for name in found} | set(
        NAME.findall((ROOT / "assets/offline.html").read_text("utf-8"))
    )


def _set_by(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.keyword) and node.arg and node.arg.startswith("data_"):
            yield node.arg
        elif isinstance(node, ast.Dict):
            yield from (key.value for key in node.keys if isinstance(key, ast.Constant) and _is_data(key.value))
        elif isinstance(node, ast.DictComp) and isinstance(node.key, ast.JoinedStr):
            start = ast.unparse(node.key.values[0]).strip("'")
            if _is_data(start):
                yield from (start + name for name in _names(module, node.generators[0].iter))


def _is_data(name: object) -> bool:
    return isinstance(name, str) and re.match("data[_-]", name) is not None


def _names(module: Module, names: ast.expr) -> list[str]:
    if isinstance(names, ast.Name):
        assigned = [n for n in module.tree.body if isinstance(n, ast.Assign) and ast.unparse(n.targets[0]) == names.id]
        names = assigned[0].value
    return list(ast.literal_eval(names))
