"""Both catalogues are complete and say the same things."""

import re

import pytest

from energo_cabinet.i18n import catalogue, text

RUSSIAN, ENGLISH = catalogue("ru"), catalogue("en")


def test_both_languages_have_the_same_keys():
    assert RUSSIAN.keys() == ENGLISH.keys()


@pytest.mark.parametrize("language", ["ru", "en"])
def test_no_text_is_empty(language):
    assert [key for key, words in catalogue(language).items() if not words.strip()] == []


def test_no_russian_letters_in_english():
    assert [key for key, words in ENGLISH.items() if re.search("[а-яё]", words, re.I)] == []


def test_placeholders_are_the_same():
    def names(words):
        return sorted(re.findall(r"\{(\w+)\}", words))

    assert [key for key in RUSSIAN.keys() & ENGLISH.keys() if names(RUSSIAN[key]) != names(ENGLISH[key])] == []


def test_unknown_key_fails_loudly():
    with pytest.raises(KeyError):
        text("no.such.key", "ru")
