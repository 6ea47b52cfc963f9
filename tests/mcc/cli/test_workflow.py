"""`mcc workflow show`: diagrams and tables."""

import pytest

from tests.mcc.cli.conftest import Mcc
from workflows import EDITIONS


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize(
    ("shape", "beginning"), [("mermaid", "stateDiagram-v2"), ("svg", "<svg"), ("json", "{")]
)
def test_every_workflow_is_shown_in_every_shape(mcc: Mcc, name: str, shape: str, beginning: str) -> None:
    result = mcc("workflow", "show", name, "--format", shape)
    assert (result.code, result.out.lstrip().startswith(beginning)) == (0, True)


def test_the_diagram_is_in_the_language_of_the_reader(mcc: Mcc, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Draft" in mcc("workflow", "show", "application").out
    monkeypatch.setenv("MCC_LOCALE", "es")
    assert "Borrador" in mcc("workflow", "show", "application").out
