"""A workflow as an SVG of our own, which needs nothing to be shown: a lane for each holder, time running downwards.

A move that many states share (such as withdrawing) is told in the box that it leads to, not drawn: a dozen arrows
into one box would hide the others.
"""

from dataclasses import dataclass
from html import escape
from textwrap import wrap

from workflows.model import State, Workflow

BOX_WIDTH, BOX_HEIGHT = 190, 62
LANE_WIDTH, ROW_HEIGHT = 232, 104
MARGIN, HEAD = 24, 92
WIDEST_LABEL = 19
"""Letters of a state's name in one line of its box."""
LABEL_AT = 0.36
"""A move's name stands nearer to where it starts: there and back never meet."""
SHARED = 4
"""A move from so many states is told instead of drawn."""
INK, LINE, PAPER, LANE, HELD, FINAL = "#14342b", "#47695e", "#ffffff", "#f4f6f2", "#f7f3e6", "#dfe9e1"
END = ""
"""The lane of what nobody holds any more."""

Place = tuple[int, int]


@dataclass(frozen=True)
class Plan:
    """Where everything stands: the lanes by holder, and the middle of each state's box."""

    lanes: tuple[str, ...]
    places: dict[str, Place]
    width: int
    height: int


def draw(workflow: Workflow, language: str) -> str:
    plan = make_plan(workflow)
    drawn = [move for move in workflow.moves if len(move.from_states) < SHARED]
    courses = [(move, find_course(source, move.to, plan)) for move in drawn for source in move.from_states]
    arrows = [draw_arrow(course) for _, course in courses]
    names = [name_arrow(move.label.in_language(language), course) for move, course in courses]
    boxes = [
        draw_state(workflow, state, plan.places[code], language) for code, state in workflow.states.items()
    ]
    lanes = [draw_lane(workflow, name, index, plan, language) for index, name in enumerate(plan.lanes)]
    title = escape(workflow.title.in_language(language))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {plan.width} {plan.height}" role="img" '
        'aria-labelledby="title description" font-family="system-ui, sans-serif">'
        f'<title id="title">{title}</title><desc id="description">{describe(workflow, language)}</desc>'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0 8 4 0 8z" fill="{LINE}"/></marker></defs>'
        f'<rect width="{plan.width}" height="{plan.height}" fill="{PAPER}"/>'
        f"{write(title, MARGIN, 34, size=22, weight=700, anchor='start')}"
        f"{''.join(lanes)}{''.join(arrows)}{''.join(boxes)}{''.join(names)}</svg>\n"
    )


def make_plan(workflow: Workflow) -> Plan:
    """States in the order of the edition, a row each; holders in the order in which they first hold."""
    order = list(workflow.states)
    holders = dict.fromkeys(state.holder or END for state in workflow.states.values())
    lanes = (*(name for name in holders if name != END), END)
    places = {
        code: (
            MARGIN + lanes.index(workflow.states[code].holder or END) * LANE_WIDTH + LANE_WIDTH // 2,
            HEAD + row * ROW_HEIGHT + ROW_HEIGHT // 2,
        )
        for row, code in enumerate(order)
    }
    return Plan(lanes, places, MARGIN * 2 + len(lanes) * LANE_WIDTH, HEAD + len(order) * ROW_HEIGHT + MARGIN)


def draw_lane(workflow: Workflow, name: str, index: int, plan: Plan, language: str) -> str:
    x = MARGIN + index * LANE_WIDTH
    label = escape(workflow.roles[name].in_language(language)) if name else ""
    background = LANE if index % 2 == 0 else PAPER
    return (
        f'<rect x="{x}" y="{HEAD - 36}" width="{LANE_WIDTH}" height="{plan.height - HEAD + 36 - MARGIN // 2}" '
        f'fill="{background}"/>{write(label, x + LANE_WIDTH // 2, HEAD - 12, size=14, weight=600, colour=LINE)}'
    )


def draw_state(workflow: Workflow, state: State, place: Place, language: str) -> str:
    x, y = place
    lines = wrap(state.label.in_language(language), WIDEST_LABEL)
    shared = [move for move in workflow.moves if move.to == state.code and len(move.from_states) >= SHARED]
    told = [f"{move.label.in_language(language)} ({len(move.from_states)} →)" for move in shared][:1]
    fill = FINAL if state.final else HELD if state.holder else PAPER
    first = y + 5 - 9 * (len(lines) + len(told) - 1)
    text = [write(escape(line), x, first + 18 * row, size=15, weight=650) for row, line in enumerate(lines)]
    text += [write(escape(line), x, first + 18 * len(lines), size=12, colour=LINE) for line in told]
    return (
        f'<g id="state-{state.code}"><rect x="{x - BOX_WIDTH // 2}" y="{y - BOX_HEIGHT // 2}" width="{BOX_WIDTH}" '
        f'height="{BOX_HEIGHT}" rx="10" fill="{fill}" stroke="{INK}" '
        f'stroke-width="{3 if state.final else 1.5}"/>{"".join(text)}</g>'
    )


@dataclass(frozen=True)
class Course:
    """A cubic curve from one box to another."""

    points: tuple[Place, Place, Place, Place]
    upwards: bool


def find_course(source: str, target: str, plan: Plan) -> Course:
    """Downwards from the bottom of a box to the top of the next; back up along the sides."""
    (x1, y1), (x2, y2) = plan.places[source], plan.places[target]
    if y2 > y1:
        top, end = y1 + BOX_HEIGHT // 2, y2 - BOX_HEIGHT // 2
        bend = max(30, (end - top) // 2)
        return Course(((x1, top), (x1, top + bend), (x2, end - bend), (x2, end)), upwards=False)
    side = -1 if x2 <= x1 else 1
    facing = side if x2 == x1 else -side
    bow = 56 if x2 == x1 else 44
    left, right = x1 + side * BOX_WIDTH // 2, x2 + facing * BOX_WIDTH // 2
    return Course(
        ((left, y1), (left + side * bow, y1), (right + facing * bow, y2), (right, y2)), upwards=True
    )


def draw_arrow(course: Course) -> str:
    """Dashed where it leads back up."""
    start, *others = course.points
    path = f"M{start[0]} {start[1]}C" + " ".join(f"{x} {y}" for x, y in others)
    dash = ' stroke-dasharray="5 4"' if course.upwards else ""
    return f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="1.5"{dash} marker-end="url(#tip)"/>'


def name_arrow(label: str, course: Course) -> str:
    x, y = find_point(course.points, LABEL_AT)
    return write(escape(label), x, y + 4, size=12, halo=True)


def find_point(points: tuple[Place, Place, Place, Place], part: float) -> Place:
    """The point of a cubic curve after a part (0 to 1) of its course."""
    rest = 1 - part
    weights = (rest**3, 3 * rest**2 * part, 3 * rest * part**2, part**3)
    x, y = (
        sum(weight * point[axis] for weight, point in zip(weights, points, strict=True)) for axis in (0, 1)
    )
    return round(x), round(y)


def write(
    text: str,
    x: int,
    y: int,
    *,
    size: int,
    weight: int = 400,
    colour: str = INK,
    anchor: str = "middle",
    halo: bool = False,
) -> str:
    """A line of text, escaped already; with a halo it stays readable on top of lines."""
    around = (
        f' stroke="{PAPER}" stroke-width="4" paint-order="stroke" stroke-linejoin="round"' if halo else ""
    )
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" '
        f'fill="{colour}"{around}>{text}</text>'
    )


def describe(workflow: Workflow, language: str) -> str:
    """Every move in words, for those who do not see the picture."""
    state = {code: item.label.in_language(language) for code, item in workflow.states.items()}
    return escape(
        "; ".join(
            f"{state[source]} → {state[move.to]}: {move.label.in_language(language)}"
            for move in workflow.moves
            for source in move.from_states
        )
    )
