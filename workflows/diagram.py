"""A workflow as a picture: Mermaid text, and an SVG of our own that needs nothing to be shown."""

from html import escape
from typing import Any

from workflows.model import Move, State, Workflow

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y, MARGIN = 210, 54, 90, 34, 30
INK, LINE, PAPER, FINAL, HELD = "#14342b", "#5b7a70", "#ffffff", "#e9efe9", "#f7f3e6"


def mermaid(workflow: Workflow, language: str = "es") -> str:
    """A state diagram in Mermaid's language, labels in `language`."""
    lines = ["stateDiagram-v2", f"  [*] --> {workflow.initial}"]
    lines += [
        f'  state "{state.label.in_language(language)}" as {code}' for code, state in workflow.states.items()
    ]
    for move in workflow.moves:
        lines += [
            f"  {source} --> {move.to}: {move.label.in_language(language)}" for source in move.from_states
        ]
    lines += [f"  {code} --> [*]" for code, state in workflow.states.items() if state.final]
    return "\n".join(lines) + "\n"


def as_document(workflow: Workflow) -> dict[str, Any]:
    """The workflow as plain data, with its hash."""
    return {**workflow.model_dump(mode="json", by_alias=True), "hash": workflow.meaning_hash}


def svg(workflow: Workflow, language: str = "es") -> str:
    """The diagram as an SVG: states in columns by their distance from the beginning, moves as arrows.

    A move that goes back, or past a column, bows out below or above; its label stands in the arrow's title.
    """
    columns = _columns(workflow)
    places = _places(columns)
    width = MARGIN * 2 + len(columns) * BOX_WIDTH + (len(columns) - 1) * GAP_X
    tallest = max(len(column) for column in columns)
    height = MARGIN * 2 + 60 + tallest * BOX_HEIGHT + (tallest - 1) * GAP_Y + 60
    title = escape(workflow.title.in_language(language))
    body = [
        _arrow(workflow, move, source, places, language)
        for move in workflow.moves
        for source in move.from_states
    ]
    body += [_box(workflow, state, places[code], language) for code, state in workflow.states.items()]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="title description" font-family="system-ui, sans-serif">'
        f'<title id="title">{title}</title>'
        f'<desc id="description">{escape(_describe(workflow, language))}</desc>'
        f'<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0 8 4 0 8z" fill="{LINE}"/></marker></defs>'
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>{"".join(body)}</svg>\n'
    )


def _columns(workflow: Workflow) -> list[list[str]]:
    """States by the number of moves that lead to them from the initial one."""
    columns, known = [[workflow.initial]], {workflow.initial}
    while True:
        ahead = [
            move.to
            for here in columns[-1]
            for move in workflow.moves
            if here in move.from_states and move.to not in known
        ]
        fresh = list(dict.fromkeys(ahead))
        if not fresh:
            return columns
        known.update(fresh)
        columns.append(fresh)


def _places(columns: list[list[str]]) -> dict[str, tuple[int, int]]:
    tallest = max(len(column) for column in columns)
    places = {}
    for x, column in enumerate(columns):
        offset = (tallest - len(column)) * (BOX_HEIGHT + GAP_Y) // 2
        for y, code in enumerate(column):
            places[code] = (
                MARGIN + x * (BOX_WIDTH + GAP_X),
                MARGIN + 60 + offset + y * (BOX_HEIGHT + GAP_Y),
            )
    return places


def _box(workflow: Workflow, state: State, place: tuple[int, int], language: str) -> str:
    x, y = place
    fill = FINAL if state.final else HELD if state.holder else PAPER
    label = escape(state.label.in_language(language))
    size = 15 if len(label) <= 26 else 12 if len(label) <= 34 else 9  # noqa: PLR2004 - what fits the box
    holder = escape(workflow.roles[state.holder].in_language(language)) if state.holder else ""
    middle = x + BOX_WIDTH // 2
    text = f'<text x="{middle}" y="{y + (24 if holder else 32)}" text-anchor="middle" font-size="{size}" font-weight="600" fill="{INK}">{label}</text>'
    under = (
        f'<text x="{middle}" y="{y + 42}" text-anchor="middle" font-size="12" fill="{LINE}">{holder}</text>'
        if holder
        else ""
    )
    edge = 3 if state.final else 1.5
    return (
        f'<g id="state-{state.code}"><rect x="{x}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="10" '
        f'fill="{fill}" stroke="{INK}" stroke-width="{edge}"/>{text}{under}</g>'
    )


def _arrow(
    workflow: Workflow, move: Move, source: str, places: dict[str, tuple[int, int]], language: str
) -> str:
    (x1, y1), (x2, y2) = places[source], places[move.to]
    middle1, middle2 = y1 + BOX_HEIGHT // 2, y2 + BOX_HEIGHT // 2
    if x2 > x1:
        start, end = (x1 + BOX_WIDTH, middle1), (x2, middle2)
        bend = max(40, (end[0] - start[0]) // 2)
        path = (
            f"M{start[0]} {start[1]}C{start[0] + bend} {start[1]} {end[0] - bend} {end[1]} {end[0]} {end[1]}"
        )
    else:
        start, end = (x1 + BOX_WIDTH // 2, y1), (x2 + BOX_WIDTH // 2, y2 + (0 if y2 >= y1 else BOX_HEIGHT))
        lift = min(y1, y2) - 40
        path = f"M{start[0]} {start[1]}C{start[0]} {lift} {end[0]} {lift} {end[0]} {end[1]}"
    names = [workflow.states[code].label.in_language(language) for code in (source, move.to)]
    title = escape(f"{names[0]} → {names[1]}: {move.label.in_language(language)}")
    return f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="1.4" marker-end="url(#tip)"><title>{title}</title></path>'


def _describe(workflow: Workflow, language: str) -> str:
    """Every move in words, for those who do not see the picture."""
    state = {code: item.label.in_language(language) for code, item in workflow.states.items()}
    return "; ".join(
        f"{state[source]} → {state[move.to]}: {move.label.in_language(language)}"
        for move in workflow.moves
        for source in move.from_states
    )
