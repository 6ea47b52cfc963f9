"""The office of `tests/office.py`, for the walks through the whole process."""

from tests.office import office, template_folder

__all__ = ["office", "template_folder"]
