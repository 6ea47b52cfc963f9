"""What holds for every test: in continuous integration nothing is skipped, and no example has a time limit."""

import os
from collections.abc import Generator

import pytest
from hypothesis import settings

# Machines that check changes are slow and shared: a test that takes long is stopped by pytest-timeout alone.
settings.register_profile("mcc", deadline=None)
settings.load_profile("mcc")

NOTHING_MAY_BE_SKIPPED = os.environ.get("CI") == "true"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where every tool can be had, a skipped test is one that nobody looks at: it counts as failed."""
    report = yield
    if NOTHING_MAY_BE_SKIPPED and report.skipped:
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a file that skips itself while it is read."""
    report = yield
    if NOTHING_MAY_BE_SKIPPED and report.skipped:
        _fail(report)
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    vars(report).pop("wasxfail", None)
    report.outcome = "failed"
    report.longrepr = f"Nothing may be skipped where CI=true: {report.longrepr}"
