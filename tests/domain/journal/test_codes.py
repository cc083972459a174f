"""The dictionary: complete, in plain words, in both languages (Н-113, F-4)."""

from __future__ import annotations

import csv

import pytest

from energo_cabinet.domain.journal.codes import (
    AREAS,
    RESPONSIBLE,
    Mark,
    codes_containing,
    kind_named,
    kind_of,
    kinds,
    normal_code,
)
from tests.conftest import SHARED


def test_counts_of_the_standard_and_of_the_meter():
    """280 event codes and 10 quality bits of СПОДЭС, 52 journals of Меркурий 23x."""
    codes = list(kinds())
    quality = [code for code in codes if code.startswith("spodes.96.5.")]
    assert (len(codes), len(quality), sum(code.startswith("m23x.") for code in codes)) == (342, 10, 52)


def test_every_code_of_the_published_tables_is_there():
    folder = SHARED / "data" / "events"
    if not folder.exists():
        pytest.skip("the folder of real data is absent")
    with (folder / "spodes_events.csv").open(encoding="utf-8") as file:
        known = {normal_code("spodes", f"{row['obis']}:{row['code']}") for row in csv.DictReader(file)}
    with (folder / "mercury_23x_events.csv").open(encoding="utf-8") as file:
        known |= {normal_code("m23x", row["code_hex"]) for row in csv.DictReader(file)}
    assert known == set(kinds())


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_event_says_what_it_means_and_what_to_do(language):
    assert all(len(w.name) > 5 and len(w.meaning) > 20 and len(w.todo) > 10 for w in _words(language))
    assert all(w.meaning.endswith(".") and w.todo.endswith(".") for w in _words(language))


def _words(language):
    return [kind.words[language] for kind in kinds().values()]


def test_everything_has_somebody_who_answers():
    assert all(kind.who in RESPONSIBLE and kind.area in AREAS for kind in kinds().values())


def test_every_end_names_a_beginning_of_the_same_phase():
    ends = [kind for kind in kinds().values() if kind.mark == Mark.END]
    assert len(ends) > 40
    assert all((kind_of(e.pair).mark, kind_of(e.pair).phase) == (Mark.START, e.phase) for e in ends)
    assert len({e.pair for e in ends}) == len(ends)


def test_names_are_found_as_the_seed_writes_them():
    found = kind_named("Время выхода/возврата за макс. нормальное допустимое значение напряжения в фазе 3 ")
    assert (found.code, found.phase, found.area, found.severity) == ("m23x.2A", 3, "voltage", 1)


def test_search_ignores_case_and_language():
    assert "m23x.02" in codes_containing("КОРРЕКЦИИ ЧАСОВ") and "m23x.02" in codes_containing("clock CORR")


@pytest.mark.parametrize(
    ("dictionary", "code", "expected"),
    [
        ("m23x", "0x2a", "m23x.2A"),
        ("M23X", "2", "m23x.02"),
        ("spodes", "0.0.96.11.3.255:1024", "spodes.96.11.3.1024"),
        ("spodes", "96.11.0/007", "spodes.96.11.0.7"),
        ("ce303", "41", "ce303.41"),
        ("m23x", "100", ""),
        ("spodes", "7", ""),
        ("", "7", ""),
        ("<b>", "1", ""),
        ("ce303", "x" * 40, ""),
    ],
)
def test_codes_of_files(dictionary, code, expected):
    assert normal_code(dictionary, code) == expected
