"""What is called while pages are compiled lies where the digest of the front end counts whole functions."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from energo_cabinet.serving.compiled import RUN
from tests.architecture.sources import PACKAGE, ROOT

COMPILE = """
import cProfile, json, sys
profile = cProfile.Profile(builtins=False)
profile.enable()
from reflex.compiler.compiler import compile_unevaluated_page
from energo_cabinet.energo_cabinet import app
for route, page in app._unevaluated_pages.items():
    compile_unevaluated_page(route, page, app.style, app.theme)
profile.disable()
calls = [
    [caller.code.co_filename, callee.code.co_filename, callee.code.co_name]
    for caller in profile.getstats() if not isinstance(caller.code, str)
    for callee in caller.calls or () if not isinstance(callee.code, str)
]
print(json.dumps([len(app._unevaluated_pages), calls]))
"""
MAY_BE_CALLED = {
    "access": "notes the rule of a state class, by",
    "on_change": "notes what a state reads anew, by",
    "register": "the decorator of either",
    "get_settings": "what pages ask for is front_end.PRINTED",
    "is_demo": "so is this",
}
"""Functions elsewhere that states and pages call while they are imported or compiled → why they do not count."""


def test_nothing_outside_the_compiled_rooms_is_called_by_them(tmp_path):
    env = os.environ | {"ENERGO_DATA_DIR": str(tmp_path), "ENERGO_PORT": "3000"}
    done = subprocess.run([sys.executable, "-c", COMPILE], env=env, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    pages, calls = json.loads(done.stdout.splitlines()[-1])
    named = {(_room(callee), name) for caller, callee, name in calls if _room(caller) in RUN - {"energo_cabinet"}}
    outside = {(room, name) for room, name in named if room and room not in RUN and not _is_body(name)}
    assert pages > 50
    assert {pair for pair in outside if pair[1] not in MAY_BE_CALLED} == set()


def _room(path: str) -> str:
    """Folder or module of the package; "" for other packages."""
    if not path.startswith(f"{PACKAGE}{os.sep}"):
        return ""
    return path.removeprefix(f"{PACKAGE}{os.sep}").partition(os.sep)[0].removesuffix(".py")


def _is_body(name: str) -> bool:
    """The body of a module or class that an import runs: its constants do count."""
    return name == "<module>" or name[:1].isupper()
