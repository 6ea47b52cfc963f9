"""The description is true: whatever is sent, the API answers as it says, and never with a failure of its own."""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mcc.api.app import create_api
from tests.mcc.api.conftest import Ask
from tests.office import Office

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EXAMPLES = 3
PEOPLE = ("coord", "eval.1", "coop", "admin")
"""Between them they have a part in most routes."""


def try_operation(operation: Any, keys: list[str], real: dict[str, str]) -> None:
    """Send what fits the description and, where there is a body, what does not; compare every answer with it.

    Each is sent to an address that is made up, and to one that exists.
    """
    cases = operation.as_strategy()
    if operation.body:
        cases |= operation.as_strategy(schemathesis.GenerationMode.NEGATIVE)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def conforms(case: Any) -> None:
        for key in keys:
            case.call_and_validate(checks=CHECKS, headers={"Authorization": key})
        for name in case.path_parameters or {}:
            case.path_parameters[name] = real.get(name, case.path_parameters[name])
        for key in keys:
            case.call_and_validate(checks=CHECKS, headers={"Authorization": key})

    conforms()


def test_whatever_is_sent_the_answer_conforms(office: Office, ask: Ask) -> None:
    number = office.submit()
    office.admit(number)
    office.begin(number)
    keys = [str(ask(person).headers["Authorization"]) for person in PEOPLE]
    real = {
        "reference": number,
        "assignment": "1",
        "dimension": "participation",
        "code": "E1",
        "organisation": "1",
    }
    schema = schemathesis.openapi.from_asgi("/openapi.json", create_api(office.installation))
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) > 50
    for operation in operations:
        try_operation(operation, keys, real)
