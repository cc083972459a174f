"""Who may import whom, and what a layer must not contain (DESIGN section 3; ARCHITECTURE.md tells the deviations)."""

from __future__ import annotations

import pytest

from tests.architecture.sources import modules, of_layer

MAY_IMPORT = {
    "models": set(),
    "domain": {"models"},
    "formats": {"domain", "models"},
    "auth": {"domain", "models", "errors", "settings"},
    "gateways": {"domain", "models", "settings", "errors"},
    "services": {"domain", "models", "auth", "formats", "gateways", "errors", "settings", "routes"},
    "jobs": {"services", "gateways", "auth", "settings", "errors", "door"},
    "api": {"services", "auth", "settings", "errors", "door", "i18n", "routes", "domain", "formatting", "models"}
    | {"words_page"},
    "live": {"services", "auth", "models", "settings", "errors", "door"},
    "cli": {"services", "settings", "errors", "door", "i18n", "migrations", "serving", "demo", "database", "formats"}
    | {"startup", "proxies"},
    "serving": {"settings", "errors", "i18n"},
    "components": {"domain", "models", "i18n", "theme", "routes", "formatting", "settings"},
    "state": {
        "services",
        "components",
        "auth",
        "errors",
        "i18n",
        "domain",
        "door",
        "routes",
        "formatting",
        "theme",
        "live",
    },
    "pages": {"state", "components", "i18n", "routes", "settings"},
    "demo": {"auth", "database", "domain", "models", "services", "settings", "door"},
    "i18n": set(),
    "settings": set(),
    "errors": set(),
    "routes": set(),
    "theme": set(),
    "words_page": {"i18n"},
    "proxies": {"settings"},
    "database": {"settings", "errors"},
    "door": {"auth", "database", "settings", "errors", "live", "door_looks"},
    "door_looks": {"auth", "database"},
    "migrations": {"database", "errors"},
    "formatting": {"i18n"},
    "gate": {"auth", "live", "settings", "database", "door", "routes", "gate_http", "gate_socket"},
    "gate_http": {"auth", "settings", "door", "errors", "i18n", "routes", "words_page", "proxies"},
    "gate_socket": {"auth", "settings", "door"},
    "gate_events": {"auth", "domain", "live", "settings", "door", "routes", "gate"},
    "frontend_plugin": {"settings", "joined_assets", "i18n", "serving"},
    "joined_assets": set(),
    "logging_setup": {"settings"},
    "startup": {"auth", "settings", "errors", "migrations", "i18n"},
    "energo_cabinet": {"api", "live", "components", "gate", "gate_events", "jobs", "pages", "settings"}
    | {"logging_setup", "startup", "serving"},
    "__main__": {"cli"},
    "__init__": set(),
}
"""Layer → what of this package it may import besides itself."""

EXCEPTIONS = {
    ("services/notice/letter.py", "i18n"): "letters are written in their reader's language",
    ("services/notice/sms.py", "i18n"): "so are text messages",
    ("services/sign_in/registration.py", "i18n"): "a consent keeps the hash of the text that was shown",
    ("services/imports/words.py", "i18n"): "the answer beside a file of a watched folder",
    ("auth/session_cache.py", "database"): "the gate asks for a session before any door is open",
}
"""(module, what it imports beyond its layer) → why."""

FORBIDDEN_LIBRARIES = {
    "models": {"reflex", "httpx", "starlette", "fastapi"},
    "domain": {"reflex", "httpx", "starlette", "fastapi", "sqlalchemy", "sqlmodel"},
    "formats": {"reflex", "httpx", "starlette", "fastapi", "sqlalchemy", "sqlmodel"},
    "auth": {"reflex", "starlette", "fastapi"},
    "gateways": {"reflex", "sqlmodel", "starlette", "fastapi"},
    "services": {"reflex", "starlette", "fastapi", "httpx"},
    "jobs": {"reflex", "sqlmodel", "sqlalchemy"},
    "components": {"sqlmodel", "sqlalchemy"},
    "pages": {"sqlmodel", "sqlalchemy"},
}

FORBIDDEN_CALLS = {
    "models": {"now", "today", "utcnow"},
    "domain": {"now", "today", "utcnow", "open", "read_text", "write_text"},
    "formats": {"now", "today", "utcnow"},
    "services": {"now", "today", "utcnow", "commit"},
    "auth": {"commit"},
    "state": {"select", "now", "today", "commit", "run_as_system"},
    "pages": {"now", "today"},
    "components": {"now", "today"},
    "api": {"select", "commit"},
    "jobs": {"select", "commit"},
}


@pytest.mark.parametrize("layer", sorted({module.layer for module in modules()}))
def test_a_layer_imports_only_what_it_may(layer):
    allowed = MAY_IMPORT[layer] | {layer}
    strangers = []
    for module in of_layer(layer):
        inside = str(module.path).partition("energo_cabinet/")[2]
        for name in module.imports():
            package, _, rest = name.partition(".")
            target = rest.partition(".")[0]
            if package == "energo_cabinet" and target not in allowed and (inside, target) not in EXCEPTIONS:
                strangers.append(f"{module.name} imports {name}")
    assert strangers == []


@pytest.mark.parametrize("layer", sorted(FORBIDDEN_LIBRARIES))
def test_a_layer_knows_no_foreign_library(layer):
    found = [(m.name, name) for m in of_layer(layer) for name in m.imports()]
    assert [pair for pair in found if pair[1].partition(".")[0] in FORBIDDEN_LIBRARIES[layer]] == []


@pytest.mark.parametrize("layer", sorted(FORBIDDEN_CALLS))
def test_a_layer_does_not_call(layer):
    found = [f"{m.name}:{line} {name}()" for m in of_layer(layer) for name, line in m.calls()]
    assert [call for call in found if call.rpartition(" ")[2].removesuffix("()") in FORBIDDEN_CALLS[layer]] == []


def test_demo_is_imported_by_the_command_line_only():
    importers = {m.layer for m in modules() if any(name.startswith("energo_cabinet.demo") for name in m.imports())}
    assert importers <= {"demo", "cli"}


def test_what_parses_files_loads_no_tables():
    """The process of its own starts in a fraction of a second and has a small memory; SQLModel takes both."""
    known = {module.dotted: module for module in modules()}
    waiting, seen = [m.dotted for m in of_layer("formats")], set()
    while waiting:
        name = waiting.pop()
        if name not in seen and name in known:
            seen.add(name)
            waiting += [wanted for wanted in known[name].imports() if wanted.startswith("energo_cabinet.")]
    assert "energo_cabinet.domain.typed" in seen
    assert [name for name in sorted(seen) if name.startswith("energo_cabinet.models")] == []
