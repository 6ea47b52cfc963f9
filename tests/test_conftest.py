"""The rule that nothing is skipped in continuous integration, tried on tests that skip in every way there is."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

SKIPPING = {
    "by_a_call": "import pytest\ndef test_it(): pytest.skip('no reason')\n",
    "by_a_mark": "import pytest\n@pytest.mark.skip\ndef test_it(): pass\n",
    "by_a_condition": "import pytest\n@pytest.mark.skipif(True, reason='always')\ndef test_it(): pass\n",
    "as_a_known_failure": "import pytest\n@pytest.mark.xfail\ndef test_it(): assert False\n",
    "as_a_whole_file": "import pytest\npytest.importorskip('nowhere_to_be_found')\ndef test_it(): pass\n",
}
RUNNING = "def test_it(): pass\n"


def run_under_our_rules(folder: Path, tests: dict[str, str], **environment: str) -> Counter[str]:
    """How many of these test files passed, were skipped or failed."""
    shutil.copy(Path(__file__).with_name("conftest.py"), folder)
    for name, source in tests.items():
        (folder / f"test_{name}.py").write_text(source, encoding="utf-8")
    report = folder / "report.xml"
    options = ["-p", "no:cacheprovider", "--continue-on-collection-errors", f"--junitxml={report}"]
    subprocess.run(
        [sys.executable, "-m", "pytest", *options, "--rootdir=.", "."],
        cwd=folder,
        env={**{name: value for name, value in os.environ.items() if name != "CI"}, **environment},
        capture_output=True,
        timeout=120,
        check=False,
    )
    cases = ET.parse(report).iter("testcase")  # noqa: S314 - written by pytest a moment ago
    return Counter(WORDS[next((outcome.tag for outcome in case), "passed")] for case in cases)


WORDS = {"passed": "passed", "skipped": "skipped", "failure": "failed", "error": "failed"}


def test_in_continuous_integration_a_skipped_test_is_a_failure(tmp_path: Path) -> None:
    outcomes = run_under_our_rules(tmp_path, {**SKIPPING, "that_runs": RUNNING}, CI="true")
    assert outcomes == {"failed": len(SKIPPING), "passed": 1}


def test_elsewhere_a_skipped_test_is_only_skipped(tmp_path: Path) -> None:
    outcomes = run_under_our_rules(tmp_path, {**SKIPPING, "that_runs": RUNNING})
    assert outcomes == {"skipped": len(SKIPPING), "passed": 1}
