"""schemathesis on the published OpenAPI: no server error whatever is sent, only described answers (plan 8)."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.browser import site
from tests.api.v1.test_application import application as application
from tests.api.v1.test_application import desk as desk
from tests.api.v1.test_application import paired as paired

pytestmark = pytest.mark.parametrize("dialect", ["sqlite"], indirect=True)
EXAMPLES = 20
QUIET = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def answers(operation, headers) -> set[int]:
    """Statuses that an operation gives to generated input, each checked."""
    seen = set()

    @QUIET
    @given(case=operation.as_strategy())
    def call(case):
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=CHECKS)
        seen.add(answer.status_code)

    call()
    return seen


def test_whatever_is_sent_the_answer_is_as_described(paired, installation):
    installation.set(limit_api="100000/minute", limit_pairing_claim="100000/minute")
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", site())
    headers = {"authorization": paired.headers["authorization"]}
    operations = sorted((found.ok() for found in schema.get_all_operations()), key=lambda o: o.method == "delete")
    seen = {operation.label: answers(operation, headers) for operation in operations}  # its own device goes last
    assert len(seen) >= 20
    assert {status for statuses in seen.values() for status in statuses} <= {
        200,
        201,
        204,
        401,
        403,
        404,
        409,
        422,
        429,
    }
    assert all(200 in seen[f"GET /{name}"] for name in ("me", "devices", "contracts", "notifications"))
