"""The pictures say what the tables say, and the committed ones are today's."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.workflows.conftest import Alter
from workflows import EDITIONS, as_document, load_workflow, load_workflow_file, mermaid, svg

PICTURES = Path(__file__).parents[2] / "docs" / "workflows"
SVG = "{http://www.w3.org/2000/svg}"


def test_mermaid_names_the_beginning_every_move_and_every_end(alter: Alter) -> None:
    assert mermaid(load_workflow_file(alter()), "en").splitlines() == [
        "stateDiagram-v2",
        "  [*] --> open",
        '  state "Open" as open',
        '  state "Waiting" as waiting',
        '  state "Closed" as closed',
        "  open --> waiting: Wait",
        "  open --> closed: Close",
        "  waiting --> closed: Close",
        "  closed --> [*]",
    ]


def test_the_document_has_the_hash_and_everything_else(alter: Alter) -> None:
    workflow = load_workflow_file(alter())
    document = as_document(workflow)
    assert document["hash"] == workflow.meaning_hash
    assert [move["from"] for move in document["moves"]] == [["open"], ["open", "waiting"]]


@pytest.mark.parametrize("life", EDITIONS)
def test_a_picture_shows_every_state_and_describes_every_move(life: str) -> None:
    workflow = load_workflow(life)
    picture = ET.fromstring(svg(workflow))  # noqa: S314 - our own drawing
    groups = {group.get("id") for group in picture.iter(f"{SVG}g")}
    assert groups == {f"state-{code}" for code in workflow.states}
    described = (picture.findtext(f"{SVG}desc") or "").split("; ")
    assert len(described) == sum(len(move.from_states) for move in workflow.moves)
    assert picture.get("role") == "img"
    assert picture.findtext(f"{SVG}title") == workflow.title.es


@pytest.mark.parametrize("life", EDITIONS)
def test_no_name_runs_over_its_box_and_no_box_over_another(life: str) -> None:
    picture = ET.fromstring(svg(load_workflow(life)))  # noqa: S314 - our own drawing
    boxes = []
    for group in picture.iter(f"{SVG}g"):
        box = group.find(f"{SVG}rect")
        assert box is not None
        boxes.append((int(box.get("x", 0)), int(box.get("y", 0))))
        texts = group.findall(f"{SVG}text")
        assert len(texts) <= 3
        assert all(len(text.text or "") <= 27 for text in texts)
    assert len(set(boxes)) == len(boxes)


@pytest.mark.parametrize("life", EDITIONS)
def test_the_committed_pictures_are_what_the_editions_draw_now(life: str) -> None:
    workflow = load_workflow(life)
    assert (PICTURES / f"{life}.svg").read_text("utf-8") == svg(workflow)
    assert (PICTURES / f"{life}.mmd").read_text("utf-8") == mermaid(workflow)


def test_what_an_edition_says_never_becomes_markup(alter: Alter) -> None:
    workflow = load_workflow_file(alter(("es: Abierto", "es: '<b>&'")))
    assert "&lt;b&gt;&amp;" in svg(workflow)
    assert "<b>" not in svg(workflow)
