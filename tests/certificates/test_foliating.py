"""Papers bound into one: every leaf is numbered, and nothing that acts comes along."""

from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from certificates import Part, Record, Section, bind, count_pages, lay_out_picture, lay_out_records


def paper(title: str, lines: int = 1) -> bytes:
    section = Section(heading=title, items=tuple(f"Renglón {number}" for number in range(lines)))
    return lay_out_records(title, [Record(title=title, sections=(section,), office="Oficina")])


def draw_picture(width: int, height: int) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (width, height), "green").save(drawn, "PNG")
    return drawn.getvalue()


def test_every_page_counts_once_and_each_part_has_its_bookmark() -> None:
    parts = [Part("Uno", paper("Uno", 120)), Part("Dos", paper("Dos"))]
    bound = bind(parts, "Foja {number} de {count}", "Todo")
    assert count_pages(bound) == sum(count_pages(part.pdf) or 0 for part in parts)
    with pikepdf.open(BytesIO(bound)) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Uno", "Dos"]


def test_what_could_act_or_be_filled_in_stays_behind() -> None:
    with pikepdf.open(BytesIO(paper("Uno"))) as document:
        action = pikepdf.Dictionary({"/S": pikepdf.Name.JavaScript, "/JS": "app.alert(1)"})
        document.Root.OpenAction = action
        document.pages[0].obj["/AA"] = pikepdf.Dictionary({"/O": action})
        changed = BytesIO()
        document.save(changed)
    bound = bind([Part("Uno", changed.getvalue())], "{number}", "Todo")
    with pikepdf.open(BytesIO(bound)) as document:
        assert "/OpenAction" not in document.Root
        assert "/AA" not in document.pages[0]
        assert "/Annots" not in document.pages[0]


@pytest.mark.parametrize("broken", [b"", b"%PDF-1.7\n", b"hola"])
def test_what_is_no_pdf_has_no_pages(broken: bytes) -> None:
    assert count_pages(broken) is None


def test_what_is_locked_with_a_password_has_none_either() -> None:
    locked = BytesIO()
    with pikepdf.open(BytesIO(paper("Uno"))) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert count_pages(locked.getvalue()) is None


@pytest.mark.parametrize("size", [(40, 30), (4000, 3000), (300, 4000)])
def test_a_picture_is_one_page_no_larger_than_a4(size: tuple[int, int]) -> None:
    page = lay_out_picture(draw_picture(*size))
    with pikepdf.open(BytesIO(page)) as document:
        (only,) = document.pages
        width, height = (float(side) for side in only.mediabox[2:])
    assert width <= 596
    assert height <= 843


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="no picture"):
        lay_out_picture(b"hola")
