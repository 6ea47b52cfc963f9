"""The description is true: whatever is sent, the API answers as it says, and never with a failure of its own."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mcc.api.app import create_api
from tests.mcc.api.conftest import Ask
from tests.office import Office

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 12


@pytest.fixture
def description(office: Office) -> schemathesis.BaseSchema:
    """The API of an office that has one file in evaluation."""
    number = office.submit()
    office.admit(number)
    office.begin(number)
    return schemathesis.openapi.from_asgi("/openapi.json", create_api(office.installation))


schema = schemathesis.pytest.from_fixture("description")


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)
def test_whatever_is_sent_the_answer_conforms(case: schemathesis.Case, ask: Ask) -> None:
    for person in ("coord", "eval.1", "coop", "admin"):
        key = ask(person).headers["Authorization"]
        case.call_and_validate(checks=CHECKS, headers={"Authorization": key})
