"""Stored files: whole or absent, on disk before anything says so."""

import os
from pathlib import Path

import pytest

from mcc.actions.files import write_whole


def test_a_file_and_its_folder_are_on_disk_before_the_writing_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut right afterwards loses neither the content nor the name."""
    flushed: list[bool] = []
    flush = os.fsync

    def note(handle: int) -> None:
        flush(handle)
        flushed.append(os.path.isdir(f"/proc/self/fd/{handle}"))  # noqa: PTH112 - a handle, not a path

    monkeypatch.setattr(os, "fsync", note)
    write_whole(tmp_path / "a" / "b", b"content")
    assert flushed == [False, True]
    assert (tmp_path / "a" / "b").read_bytes() == b"content"


def test_what_cannot_be_written_leaves_the_old_one_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_whole(tmp_path / "b", b"old")

    def fail(_handle: int) -> None:
        raise OSError

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError):  # noqa: PT011 - any error of the disk
        write_whole(tmp_path / "b", b"new")
    assert (tmp_path / "b").read_bytes() == b"old"
