"""The office of `tests/office.py`, for the tests that break things."""

from tests.office import office, template_folder

__all__ = ["office", "template_folder"]
