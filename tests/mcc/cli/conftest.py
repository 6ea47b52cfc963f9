"""Commands run as from a shell, in this process: exit code, standard output, standard error."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mcc.cli.running import run


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)


Mcc = Callable[..., Result]


@pytest.fixture
def mcc(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Mcc:
    """`mcc ARGS`, away from whatever installation the environment names, with messages in English."""
    monkeypatch.setenv("MCC_DATA", str(tmp_path / "var"))
    monkeypatch.setenv("MCC_LOCALE", "en")

    def call(*arguments: object) -> Result:
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Result(int(code), captured.out, captured.err)

    return call
