"""What people upload: recognised by its content, pictures drawn anew, so that nothing that is stored can run anything."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from mcc.actions.files import sha256
from mcc.actions.work import Work
from mcc.errors import InputInvalid, Problem, TooLarge, Unavailable

PDF = b"%PDF-"
PICTURES = {
    # By what the content says, never by what the sender says.
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"RIFF": "WEBP",
}
MOST_PIXELS = {"JPEG": 80_000_000, "PNG": 25_000_000, "WEBP": 25_000_000}
"""Larger than telephones make; a picture that claims more is there to fill the memory. A JPEG is read at a fraction."""
LONGEST_SIDE = 2400
"""Pixels: a page of paper stays readable, and a photograph weighs a tenth."""
QUALITY = 82


@dataclass(frozen=True)
class Purified:
    """What is kept of a file that was sent; made before a change begins, as drawing a picture anew takes its time."""

    content: bytes
    media_type: str
    ending: str


@dataclass(frozen=True)
class Received:
    """A file as it was stored."""

    digest: str
    size: int
    media_type: str
    filename: str
    """As the sender called it, with the ending that fits its content."""


NAMED_OTHERWISE = {"pdf", "jpg", "jpeg", "png", "webp", "heic", "doc", "docx", "odt", "xls", "xlsx", "ods"}
"""Endings of files that are never plain text: one that is, was damaged on its way, or is not what it says."""


def check_upload(content: bytes, limit: int) -> Purified:
    """A file as it may be stored. Raises TooLarge, InputInvalid (empty, of a kind that is not taken, unreadable)."""
    if not content:
        raise InputInvalid([Problem("file", "file_missing")])
    if len(content) > limit:
        raise TooLarge("file_too_large", where="file", megabytes=limit // 1_000_000)
    return purify(content)


def receive(work: Work, filename: str, upload: Purified | None) -> Received:
    """Store one file. Raises InputInvalid when there is none, or plain text that is named as something else."""
    if upload is None:
        raise InputInvalid([Problem("file", "file_missing")])
    stem, _, ending = filename.rpartition(".")
    stem = stem or filename
    if upload.ending == "txt" and ending.lower() in NAMED_OTHERWISE:
        raise InputInvalid([Problem("file", "file_is_not_what_it_says", {"ending": ending.lower()})])
    return Received(
        digest=work.files.put_evidence(upload.content),
        size=len(upload.content),
        media_type=upload.media_type,
        filename=f"{stem[:180]}.{upload.ending}",
    )


def read_upload(work: Work, digest: str, name: str) -> bytes:
    """What was stored. Raises Unavailable when it cannot be read or no longer fits its digest."""
    try:
        content = work.files.evidence(digest).read_bytes()
    except OSError as error:
        raise Unavailable("evidence_unreadable", item=name) from error
    if sha256(content) != digest:
        raise Unavailable("evidence_altered", item=name)
    return content


def purify(content: bytes) -> Purified:
    """The content that is kept, its media type and its ending. Pictures lose everything but what is seen.

    So no place and no device of whoever took it is kept either. A PDF stays as it is: it is only ever handed out as a
    file, never opened inside our pages.
    """
    if content.startswith(PDF):
        return Purified(content, "application/pdf", "pdf")
    for start, name in PICTURES.items():
        if content.startswith(start):
            return redraw(content, name)
    return Purified(read_text(content), "text/plain; charset=utf-8", "txt")


def is_picture(content: bytes) -> bool:
    return any(content.startswith(start) for start in PICTURES)


def redraw(content: bytes, name: str) -> Purified:
    """The picture alone, upright, at most 2400 pixels wide or high: PNG stays PNG, the rest becomes JPEG."""
    try:
        with Image.open(BytesIO(content), formats=[name]) as opened:
            _refuse_huge(opened.width * opened.height, MOST_PIXELS[name])
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _write_png(picture) if name == "PNG" else _write_jpeg(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        facts = {"megapixels": MOST_PIXELS[name] // 1_000_000}
        raise InputInvalid([Problem("file", "picture_too_large", facts)]) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise InputInvalid([Problem("file", "picture_unreadable")]) from error


def _refuse_huge(pixels: int, most: int) -> None:
    if pixels > most:
        raise Image.DecompressionBombError


def _write_png(picture: Image.Image) -> Purified:
    plain = picture.convert("RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB")
    return Purified(_save(plain, "PNG", optimize=True), "image/png", "png")


def _write_jpeg(picture: Image.Image) -> Purified:
    return Purified(_save(picture.convert("RGB"), "JPEG", quality=QUALITY), "image/jpeg", "jpg")


def _save(picture: Image.Image, name: str, **options: int | bool) -> bytes:
    written = BytesIO()
    picture.info = {}
    picture.save(written, name, **options)
    return written.getvalue()


def read_text(content: bytes) -> bytes:
    """Plain text, as it is; what looks like a page or a drawing with scripts is none. Raises InputInvalid."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise InputInvalid([Problem("file", "file_type_unknown")]) from error
    if "\x00" in text or text.lstrip("\ufeff \t\r\n").startswith("<"):
        raise InputInvalid([Problem("file", "file_type_unknown")])
    return content
