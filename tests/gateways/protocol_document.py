"""The OpenAPI document of the supplier protocol, to check answers against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import yaml
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.architecture.sources import ROOT

PATH = ROOT / "docs" / "supplier-protocol.v1.yaml"
URI = "urn:supplier-protocol"


@lru_cache
def document() -> dict[str, Any]:
    """The document as it stands in the repository."""
    return yaml.safe_load(PATH.read_text("utf-8"))


def resolve(node: dict[str, Any]) -> dict[str, Any]:
    """A node, or what it refers to."""
    if "$ref" not in node:
        return node
    found: Any = document()
    for part in node["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found


def problems(schema: dict[str, Any], value: object) -> list[str]:
    """What is wrong with a value, by a schema of the document."""
    registry = Registry().with_resource(URI, Resource(contents=document(), specification=DRAFT202012))
    absolute = _absolute(schema)
    checked = Draft202012Validator(absolute, registry=registry, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message[:200]}" for error in checked.iter_errors(value)]


def media() -> Iterator[tuple[str, dict[str, Any], list[Any]]]:
    """(where, schema, examples) of every body in the document."""
    for path, item in document()["paths"].items():
        for method, operation in item.items():
            if method in ("get", "post"):
                yield from _bodies(f"{method} {path}", operation)


def answer_problems(method: str, path: str, status: int, kind: str, body: object) -> list[str]:
    """What is wrong with an answer to a request below the base address."""
    for template, item in document()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path) and method.lower() in item:
            answer = item[method.lower()]["responses"].get(str(status))
            if answer is None:
                return [f"{method} {path}: {status} is not in the document"]
            content = resolve(answer).get("content", {})
            if kind not in content:
                return [] if not content and body is None else [f"{method} {path}: {kind} is not in the document"]
            return problems(content[kind]["schema"], body)
    return [f"{method} {path} is not in the document"]


def _bodies(where: str, operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], list[Any]]]:
    holders = {"request": operation.get("requestBody", {})} | operation["responses"]
    for name, holder in holders.items():
        for kind, found in resolve(holder).get("content", {}).items():
            examples = [resolve(one)["value"] for one in found.get("examples", {}).values()]
            yield (
                f"{where} {name} {kind}",
                found["schema"],
                examples + ([found["example"]] if "example" in found else []),
            )


def _absolute(node: Any) -> Any:
    if isinstance(node, dict):
        return {k: URI + v if k == "$ref" else _absolute(v) for k, v in node.items()}
    return [_absolute(one) for one in node] if isinstance(node, list) else node
