"""SECURITY test 20: mutated and hostile XML is read or refused, never a crash; each in < 2 s."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from energo_cabinet.formats.files.content import FileContent, FormatError
from energo_cabinet.formats.files.options import ReadOptions
from energo_cabinet.formats.process.reader import read_bytes
from tests.formats.maket_writer import Channel, maket
from tests.formats.told import told
from tests.soak.draw import number

OPTIONS = ReadOptions("Europe/Moscow", point="1")
SEED = maket({"5": [Channel(values=range(48), marks={3: ' status="1"'})], "6": [Channel("03", range(24))]})
LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "lol": f'<!DOCTYPE m [<!ENTITY l0 "lol">{LOL}]><message>&l9;</message>',
    "quadratic": f'<!DOCTYPE m [<!ENTITY a "{"a" * 50_000}">]><message>{"&a;" * 50_000}</message>',
    "external": '<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><message>&x;</message>',
    "parameter": '<!DOCTYPE m [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]><message/>',
    "external dtd": '<!DOCTYPE message SYSTEM "http://127.0.0.1:9/x.dtd"><message/>',
    "depth": f"<message>{'<a>' * 200_000}{'</a>' * 200_000}</message>",
    "undefined entity": "<message>&nope;</message>",
    "long attribute": f'<message class="{"9" * 30_000_000}"/>',
    "long comment": f"<!--{'-' * 30_000_000}--><message/>",
    "long name": f"<{'m' * 30_000_000}/>",
    "many attributes": "<message " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>",
    "unknown encoding": '<?xml version="1.0" encoding="klingon"?><message/>',
    "multibyte encoding": '<?xml version="1.0" encoding="shift_jis"?><message/>',
    "nul": "<message>\x00</message>",
    "only text": "<",
}


def outcome(data: bytes) -> FileContent | FormatError:
    """Read or refused, in words; anything else fails the test."""
    try:
        content = read_bytes(data, "f", OPTIONS)
    except FormatError as error:
        assert all(told(error.notices))
        return error
    told(content.warnings)
    return content


@pytest.mark.parametrize("name", HOSTILE)
def test_attacks_are_refused_fast(name):
    start = time.process_time()
    refused = outcome(HOSTILE[name].encode())
    assert isinstance(refused, FormatError)
    assert time.process_time() - start < 2


def test_long_text_is_no_attack():
    assert outcome(SEED.replace(b"<area", b"\n" * 3_000_000 + b"<area", 1)).number == 1


def test_entities_are_refused_because_of_the_dtd():
    assert outcome(HOSTILE["external"].encode()).notices[0].code == "xml_dtd"
    assert outcome(HOSTILE["depth"].encode()).notices[0].code == "xml_depth"


PIECES = st.sampled_from([b"<", b"&", b"</", b"]]>", b"0" * 40, b"-1", b"\xff", SEED[300:900]])
PLACES = st.sampled_from([b">1</value>", b'"0030"', b'"20240612"', b"<day>20240612", b'code="5"'])


@pytest.mark.soak
@settings(max_examples=number("mutations of XML"), deadline=2000, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_mutated_files_are_read_or_refused(data):
    mutated = bytearray(SEED)
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(mutated)))
        end = start + data.draw(st.sampled_from([0, 1, 2, 30, 400]))
        mutated[start:end] = data.draw(st.binary(max_size=6) | PIECES)
    assert isinstance(outcome(bytes(mutated)), FileContent | FormatError)


@pytest.mark.soak
@settings(max_examples=number("examples of XML in places"), deadline=2000)
@given(st.text(max_size=12), PLACES)
def test_any_text_in_any_place_is_read_or_refused(text, place):
    changed = place[:-1] + text.encode("cp1251", "replace") + place[-1:]
    assert isinstance(outcome(SEED.replace(place, changed, 1)), FileContent | FormatError)


@settings(max_examples=100, deadline=2000)
@given(st.text(max_size=200))
def test_any_table_is_read_or_refused(text):
    data = b"time;A+\n2024-01-01T00:00;1\n" + text.encode("utf-8", "replace")
    assert isinstance(outcome(data), FileContent | FormatError)
