"""Prepared answers, terms by category and the supplier's calendar."""

from __future__ import annotations

import pytest

from energo_cabinet.domain.desk.answer_fields import address_words, filled, unfilled
from energo_cabinet.errors import CabinetError
from energo_cabinet.services.desk.template import add_template, answer_templates, change_template, remove_template
from energo_cabinet.services.desk.thread import desk_ticket
from tests import cast as make
from tests.services.desk.scene import opened


def test_fields_are_filled_and_what_is_missing_stays_to_be_seen():
    text = "{name}, прибор {meter}, срок {due}: {x y} {1}"
    done = filled(text, {"name": "Анна Викторовна", "meter": "", "due": "01.12.2026"})
    assert done == "Анна Викторовна, прибор {meter}, срок 01.12.2026: {x y} {1}"
    assert unfilled(done) == ["{meter}"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("Соколова Анна Викторовна", "Анна Викторовна"), ("Громов Григорий", "Григорий"), ("ООО «Мир»", "«Мир»"),
     ("Ольга", "Ольга"), ("", "")],
)  # fmt: skip
def test_how_somebody_is_addressed(name, words):
    assert address_words(name) == words


def test_template_is_offered_filled_in_for_its_category(session, cast):
    make.meter(session, cast.point)
    add_template(session, cast.grigory, "Замена", "meter", "{name}, прибор {meter} заменим до {due}.")
    add_template(session, cast.grigory, "Общий", "", "Договор {contract}, {supplier}")
    add_template(session, cast.grigory, "Счета", "charges", "x")
    prepared = desk_ticket(session, cast.grigory, opened(session, cast)).prepared
    assert [(one.title, one.text) for one in prepared] == [
        ("Замена", "Анна Викторовна, прибор 41907352 заменим до 04.12.2026."),
        ("Общий", "Договор 7638-294-061, NeKta"),
    ]


def test_templates_are_changed_and_removed(session, cast):
    row = add_template(session, cast.grigory, "Один", "", "Текст")
    assert change_template(session, cast.grigory, row.id, "Два", "tariff", "Другой").category == "tariff"
    remove_template(session, cast.grigory, row.id)
    assert answer_templates(session, cast.grigory) == []


@pytest.mark.parametrize(
    ("title", "category", "text", "code"),
    [("", "", "x", "required"), ("x", "evil", "x", "ticket_category"), ("x", "", " ", "required"),
     ("x", "", "{pasword}", "desk_template_field"), ("Есть", "", "x", "desk_template_title"),
     ("x", "", "ы" * 4001, "ticket_text_long")],
)  # fmt: skip
def test_template_that_is_refused(session, cast, title, category, text, code):
    add_template(session, cast.grigory, "Есть", "", "x")
    with pytest.raises(CabinetError, match=code):
        add_template(session, cast.grigory, title, category, text)
