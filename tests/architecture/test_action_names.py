"""Names of use cases last: the sealed audit journal carries them, so the list beside this file only grows."""

from __future__ import annotations

import ast
import hashlib
import re

import energo_cabinet.services as services
from energo_cabinet.auth.access import SERVICES
from tests.architecture.sources import ROOT, modules
from tests.walk import import_all

LIST = ROOT / "tests" / "architecture" / "action_names.txt"
FORM = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*")
FIRST = 350
FIRST_SHA256 = "1588874812cc14384378523e7a7fddbb17233f6c3f3577f53da15d60af312187"
"""Of the first names, without "retired": who changes or takes one away has to come past this line."""


def names() -> dict[str, bool]:
    """Name → whether it is in use; a name that no use case bears any more is followed by "retired"."""
    return {line.split()[0]: line.split()[1:] != ["retired"] for line in LIST.read_text("utf-8").splitlines()}


def test_use_cases_bear_the_listed_names_and_no_others():
    """A new use case adds its name at the end; one that goes is marked "retired"."""
    import_all(services)
    assert set(SERVICES) == {name for name, is_used in names().items() if is_used}


def test_the_list_only_grows():
    first = list(names())[:FIRST]
    assert hashlib.sha256("\n".join(first).encode()).hexdigest() == FIRST_SHA256


def test_names_are_unique_and_of_one_form():
    lines = [line.split()[0] for line in LIST.read_text("utf-8").splitlines()]
    assert len(lines) == len(set(lines))
    assert [name for name in lines if not FORM.fullmatch(name)] == []


def test_every_use_case_of_the_sources_is_registered():
    """A module that the walk does not reach would drop out of the tests by strangers, staff and views."""
    reached = set(import_all(services))
    written = {}
    for module in modules():
        for function in module.functions():
            for mark in function.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "service":
                    written[ast.literal_eval(mark.args[1])] = module
    assert set(written) == set(SERVICES)
    assert [m.name for m in written.values() if m.dotted not in reached] == []
