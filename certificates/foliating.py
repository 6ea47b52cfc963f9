"""Many papers bound into one file, every page numbered as a leaf of it (foja).

The pages of others are taken as pictures of themselves: whatever they could run, open or fill in stays behind. The bound file
is for reading and printing; it has bookmarks, and the tags of its parts are lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from PIL import Image

from certificates.layout import lay_out_stamps

A4_POINTS = (595, 842)
MOST_PAGES = 2000
"""Of one paper; what is longer is named and kept out."""
ACTIVE = ("/Annots", "/AA", "/Metadata", "/PieceInfo", "/StructParents", "/Tabs")
"""Of a page: what could act, or points to what is not taken along."""


@dataclass(frozen=True)
class Part:
    title: str
    pdf: bytes


def count_pages(pdf: bytes) -> int | None:
    """None for what cannot be read: broken, locked with a password, too long, without a page."""
    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            count = len(document.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError):
        return None
    return count if 0 < count <= MOST_PAGES else None


def lay_out_picture(content: bytes) -> bytes:
    """One page of at most A4 with a picture on it. Raises ValueError for what is no picture."""
    try:
        with Image.open(BytesIO(content)) as picture:
            drawn = picture.convert("RGB")
    except OSError as error:
        raise ValueError("no picture") from error
    points = max(size / room for size, room in zip(drawn.size, A4_POINTS, strict=True))
    page = BytesIO()
    drawn.save(page, "PDF", resolution=72 * max(points, 1))
    return page.getvalue()


def bind(parts: Sequence[Part], stamp: str, title: str) -> bytes:
    """One PDF, its leaves stamped with `stamp` (which has places for `number` and `count`), a bookmark for each part.

    Every part has pages: see `count_pages`.
    """
    bound = pikepdf.new()
    first_leaves = []
    for part in parts:
        first_leaves.append((part.title, len(bound.pages)))
        with pikepdf.open(BytesIO(part.pdf)) as document:
            _quieten(document)
            bound.pages.extend(document.pages)
    _stamp(bound, stamp)
    with bound.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(name, leaf) for name, leaf in first_leaves)
    bound.docinfo["/Title"] = title
    written = BytesIO()
    bound.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def _quieten(document: pikepdf.Pdf) -> None:
    if "/AcroForm" in document.Root:
        del document.Root.AcroForm
    for page in document.pages:
        for key in ACTIVE:
            if key in page:
                del page[key]


def _stamp(bound: pikepdf.Pdf, stamp: str) -> None:
    count = len(bound.pages)
    texts = [stamp.format(number=number, count=count) for number in range(1, count + 1)]
    with pikepdf.open(BytesIO(lay_out_stamps(texts))) as stamps:
        for page, overlay in zip(bound.pages, stamps.pages, strict=True):
            page.add_overlay(overlay, pikepdf.Rectangle(*map(float, page.cropbox)))
