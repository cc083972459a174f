"""The supplier protocol's document: valid, its examples are what it says, and the cabinet reads just that."""

from __future__ import annotations

import json

import pytest
from openapi_spec_validator import validate
from pydantic.fields import FieldInfo

from energo_cabinet.gateways import supplier_protocol as read
from energo_cabinet.gateways.supplier import SupplierUnavailable
from energo_cabinet.gateways.supplier_client import parse
from tests.gateways.protocol_document import document, media, problems

READS = {
    "Info": read.SupplierInfo,
    "Contract": read.ContractData,
    "Balance": read.BalanceData,
    "Point": read.PointData,
    "Tariff": read.TariffData,
    "Meter": read.MeterData,
    "Bill": read.BillData,
    "Payment": read.PaymentData,
    "Reading": read.ReadingData,
    "ProfileDay": read.ProfileDayData,
    "Event": read.EventData,
    "Notification": read.NoticeData,
    "TicketUpdate": read.TicketUpdate,
    "Decision": read.Decision,
    "Change": read.Change,
    "Receipt": read.ReceiptData,
}
SCHEMAS = document()["components"]["schemas"]
PAGES = {f"{name}Page": read.Page[shape] for name, shape in READS.items() if f"{name}Page" in SCHEMAS}
PAGES |= {"ChangePage": read.ChangePage, "ProfilePage": read.Page[read.ProfileDayData]}


def test_document_is_valid_openapi():
    validate(document())
    assert document()["openapi"].startswith("3.1") and document()["info"]["version"].startswith("1.")


@pytest.mark.parametrize(("where", "schema", "examples"), list(media()), ids=lambda v: v if isinstance(v, str) else "")
def test_every_body_has_examples_that_are_what_it_says(where, schema, examples):
    assert examples, where
    assert [problems(schema, example) for example in examples] == [[] for _ in examples]


@pytest.mark.parametrize("name", sorted(READS))
def test_cabinet_reads_the_fields_of_the_document(name):
    told, fields = document()["components"]["schemas"][name], READS[name].model_fields
    assert set(told["properties"]) == set(fields)
    assert set(told["required"]) == {key for key, field in fields.items() if FieldInfo.is_required(field)}


@pytest.mark.parametrize(("where", "schema", "examples"), list(media()), ids=lambda v: v if isinstance(v, str) else "")
def test_cabinet_reads_every_example(where, schema, examples):
    if "request" in where or "problem" in where:
        return
    assert [parse(_shape(schema), json.dumps(example).encode()) for example in examples]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"debt_rub": 12.5, "as_of": "2026-11-22T10:30:00+03:00"}',
        b'{"debt_rub": "NaN", "as_of": "2026-11-22T10:30:00+03:00"}',
        b'{"debt_rub": "1", "as_of": "2026-11-22T10:30:00"}',
        b'{"debt_rub": "1", "as_of": 1700000000}',
        b"[" * 100_000,
        b'{"debt_rub": "' + b"9" * 100_000 + b'"}',
    ],
    ids=lambda body: body[:40].decode(),
)
def test_garbage_is_refused_without_repeating_it(body):
    with pytest.raises(SupplierUnavailable) as refused:
        parse(read.BalanceData, body)
    assert "12.5" not in str(refused.value) and len(str(refused.value)) < 300


@pytest.mark.parametrize("wrong", ["..", "a/b", "a?b", "a\nb", "", "я", "x" * 65])
def test_name_that_cannot_stand_in_an_address_is_refused(wrong):
    with pytest.raises(SupplierUnavailable):
        parse(read.ContractData, json.dumps({"id": wrong, "number": "1", "login": "1"}).encode())


@pytest.mark.parametrize("wrong", ["a\x00b", "a\u202eb", "x" * 201])
def test_text_that_is_no_name_is_refused(wrong):
    with pytest.raises(SupplierUnavailable):
        parse(read.SupplierInfo, json.dumps({"name": wrong, "version": "1.0"}).encode())


def _shape(schema):
    if "$ref" in schema:
        return (READS | PAGES)[schema["$ref"].rpartition("/")[2]]
    return read.Listed[READS[schema["properties"]["items"]["items"]["$ref"].rpartition("/")[2]]]
