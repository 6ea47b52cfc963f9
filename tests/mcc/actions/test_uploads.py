"""Uploads: known by their content, drawn anew, and nothing that could run is taken."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from mcc.actions.uploads import LONGEST_SIDE, check_upload, purify, receive
from mcc.errors import InputInvalid, TooLarge
from tests.mcc.pictures import picture
from tests.office import Office


def refusal(content: bytes) -> str:
    with pytest.raises(InputInvalid) as refused:
        purify(content)
    return refused.value.problems[0].code


def huge_png(width: int, height: int) -> bytes:
    """A PNG that claims to be huge, in a hundred bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def test_a_photograph_loses_its_place_and_stands_upright() -> None:
    kept = purify(picture("JPEG", 60, 40, place=True))
    assert (kept.media_type, kept.ending) == ("image/jpeg", "jpg")
    with Image.open(BytesIO(kept.content)) as seen:
        assert seen.size == (40, 60)
        assert dict(seen.getexif()) == {}


@pytest.mark.parametrize(
    ("name", "kept"), [("PNG", "image/png"), ("WEBP", "image/jpeg"), ("JPEG", "image/jpeg")]
)
def test_each_kind_of_picture_is_drawn_anew(name: str, kept: str) -> None:
    found = purify(picture(name))
    assert found.media_type == kept
    assert found.content != picture(name)


def test_a_large_photograph_is_made_smaller() -> None:
    stored = purify(picture("JPEG", 5000, 2000)).content
    with Image.open(BytesIO(stored)) as seen:
        assert seen.size == (LONGEST_SIDE, LONGEST_SIDE * 2 // 5)


def test_what_follows_a_picture_is_not_kept() -> None:
    stored = purify(picture() + b"<script>alert(1)</script>").content
    assert b"script" not in stored


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (huge_png(30_000, 30_000), "picture_too_large"),
        (huge_png(8_900, 8_900), "picture_too_large"),
        (picture()[:200], "picture_unreadable"),
        (b"\x89PNG\r\n\x1a\nnothing", "picture_unreadable"),
        (b"MZ\x90\x00\x03\x00", "file_type_unknown"),
        (b"\x7fELF\x02\x01\x01\x00", "file_type_unknown"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "file_type_unknown"),
        (b"\xef\xbb\xbf\n <html><script>1</script></html>", "file_type_unknown"),
        (b"PK\x03\x04\x00\x00", "file_type_unknown"),
        (b"\xff\xfe\x00", "file_type_unknown"),
    ],
    ids=["bomb", "wide", "cut", "hollow", "exe", "elf", "svg", "html", "zip", "utf16"],
)
def test_what_is_no_paper_is_refused(content: bytes, code: str) -> None:
    assert refusal(content) == code


@pytest.mark.parametrize("content", [b"MZ\x90\x00\x03\x00", b""])
def test_a_renamed_program_and_an_empty_file_are_refused(content: bytes) -> None:
    with pytest.raises(InputInvalid):
        check_upload(content, 1_000_000)


def test_a_file_over_the_limit_is_refused_before_it_is_looked_at() -> None:
    with pytest.raises(TooLarge):
        check_upload(b"MZ" + b" " * 1000, 1000)


def test_a_file_keeps_its_name_with_the_ending_that_fits(office: Office) -> None:
    with office.work("coop") as work:
        received = receive(work, "Acta de marzo.HEIC.exe", purify(picture()))
        assert received.filename == "Acta de marzo.HEIC.jpg"
        assert work.files.evidence(received.digest).read_bytes()[:3] == b"\xff\xd8\xff"


def test_without_a_file_nothing_is_stored(office: Office) -> None:
    with office.work("coop") as work, pytest.raises(InputInvalid):
        receive(work, "acta.pdf", None)


def test_text_that_is_named_as_something_else_is_refused(office: Office) -> None:
    with pytest.raises(InputInvalid) as refused, office.work("coop") as work:
        receive(work, "acta.PDF", purify(b"no es un PDF"))
    assert refused.value.problems[0].code == "file_is_not_what_it_says"
