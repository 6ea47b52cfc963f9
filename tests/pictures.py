"""`./run pictures`: every page of the site as a picture of a phone, with a list to leaf through, in docs/pictures/pages/.

Each page is taken where it first appears on the way of a file, the page of the file in every state; the same walk as
the accessibility test. Runs for two minutes and writes over what is there.
"""

import re
import shutil
import sys
import tempfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize

from mcc.clock import FixedClock
from mcc.installation import open_installation
from mcc.settings import Settings
from tests.mcc.web.route_table import PEOPLE, STATES, Stop, fill, list_stops, prepare
from tests.mcc.web.test_accessibility import browsing, enter, is_page, serving
from tests.office import START, Office, RecordingQueue, make_template

FOLDER = Path(__file__).parents[1] / "docs/pictures/pages"
PHONE = ViewportSize(width=360, height=740)
TALLEST = 4000
QUALITY = 40


SHOW_ANOTHER_FOLDER = """([from, to]) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) node.data = node.data.replaceAll(from, to);
}"""
"""The folder in which the pictures were taken is nobody's business, and another one every time."""


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    taken: list[tuple[str, Stop, str]] = []
    with tempfile.TemporaryDirectory() as name:
        template = Path(name) / "template"
        make_template(template)
        for state in STATES:
            taken += take_state(state, template, Path(name) / state)
            sys.stdout.write(f"{state}: {len(taken)}\n")
            sys.stdout.flush()
    write_list(taken)


def take_state(state: str, template: Path, data: Path) -> list[tuple[str, Stop, str]]:
    """The pictures of one state, by their file names."""
    shutil.copytree(template, data)
    installation = open_installation(Settings(data=data), jobs=RecordingQueue())
    office = Office(replace(installation, demonstration=False, clock=FixedClock(START)))
    places, taken = prepare(office, state), []
    with serving(office) as site, browsing() as browser:
        pages: dict[str, Page] = {}
        for stop in list_stops(state):
            page = pages.get(stop.person) or enter(browser, site, PEOPLE[stop.person])
            pages[stop.person] = page
            page.set_viewport_size(PHONE)
            if is_page(page, site + fill(stop.pattern, places)):
                page.evaluate(SHOW_ANOTHER_FOLDER, [str(data), "/srv/mcc"])
                taken.append((state, stop, keep(page, f"{state}-{stop.person}-{name_of(stop.pattern)}")))
    installation.close()
    return taken


def name_of(pattern: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", pattern.replace(":key", "")).strip("-") or "inicio"


def keep(page: Page, name: str) -> str:
    picture = Image.open(BytesIO(page.screenshot(full_page=True)))
    picture.crop((0, 0, picture.width, min(picture.height, TALLEST))).save(
        FOLDER / f"{name}.webp", quality=QUALITY, method=6
    )
    return f"{name}.webp"


def write_list(taken: list[tuple[str, Stop, str]]) -> None:
    lines = ["# Every page, as a phone shows it\n", "Made by `./run pictures`; not edited by hand.\n"]
    for state in STATES:
        lines.append(f"\n## {state}\n")
        lines += [f"- [{stop.pattern}]({file}) as {stop.person}" for of, stop, file in taken if of == state]
    (FOLDER / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
