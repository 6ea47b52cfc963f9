"""The office of `tests/office.py`, for the tests of the application."""

from tests.office import PASSWORD, PEOPLE, START, Office, RecordingQueue, office, template_folder

__all__ = ["PASSWORD", "PEOPLE", "START", "Office", "RecordingQueue", "office", "template_folder"]
