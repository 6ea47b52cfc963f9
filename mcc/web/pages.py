"""Pages: the templates, what every one of them may use, and the answers that routes give."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from operator import attrgetter
from typing import Any

from babel.dates import format_date, format_datetime
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import Response

from mcc.actions.editions import current_rubric
from mcc.actions.report import name_place
from mcc.clock import CANELONES, local_day
from mcc.phrases import knows, say
from mcc.web.forms import BLANK, Form

LOCALE = "es_UY"


@cache
def environment() -> Environment:
    """Everything is escaped, whatever a template is called."""
    made = Environment(
        loader=PackageLoader("mcc.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "day": show_day,
        "moment": show_moment,
        "number": show_number,
        "opening": open_sentence,
        "pairs": pair_up,
        "twice": lambda word: (word, word),
    }
    made.globals |= {
        "say": say,
        "knows": knows,
        "named": name_codes,
        "evidence_kind": name_evidence_kind,
        "place_name": name_place,
        "style_version": _style_version(),
    }
    return made


def _style_version() -> str:
    """Changes with the style sheet, so that browsers may keep it."""
    return sha256(files("mcc.web").joinpath("static/mcc.css").read_bytes()).hexdigest()[:8]


def open_sentence(text: str) -> str:
    """With a capital first letter; the rest as it is."""
    return text[:1].upper() + text[1:]


def name_codes(group: str, codes: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of code and name, as the choices of a form take them; a code without a name is shown as words."""
    return [
        (
            code,
            open_sentence(say(f"{group}.{code}") if knows(f"{group}.{code}") else code.replace("_", " ")),
        )
        for code in codes
    ]


def pair_up(items: Iterable[Any], value: str, label: str) -> list[tuple[Any, Any]]:
    """Pairs of value and label, taken from the attributes of each item."""
    take = attrgetter(value, label)
    return [take(item) for item in items]


def name_evidence_kind(code: str) -> str:
    """As the edition in use calls it."""
    names = {kind.code: kind.label.in_language("es") for kind in current_rubric().evidence_kinds}
    return names.get(code) or open_sentence(code.replace("_", " "))


def show_day(day: date | datetime) -> str:
    """A day as people say it: 12 de marzo de 2027."""
    local = local_day(day) if isinstance(day, datetime) else day
    return format_date(local, "d 'de' MMMM 'de' y", locale=LOCALE)


def show_moment(moment: datetime) -> str:
    return format_datetime(
        moment.astimezone(CANELONES), "d 'de' MMMM 'de' y 'a las' H:mm", tzinfo=CANELONES, locale=LOCALE
    )


def show_number(value: Any) -> str:
    """A level as it is; a score with one decimal, cut and not rounded, so that it never reads as a minimum it missed."""
    if isinstance(value, int):
        return str(value)
    tenths = int(value * 10)
    return f"{tenths // 10},{tenths % 10}"


def fill(request: Request, template: str, **facts: Any) -> str:
    installation = request.app.state.installation
    return (
        environment()
        .get_template(template)
        .render(
            settings=installation.settings,
            demonstration=installation.demonstration,
            actor=getattr(request.state, "actor", None),
            path=request.url.path,
            **facts,
        )
    )


def render(
    request: Request, template: str, *, form: Form = BLANK, status_code: int = 200, **facts: Any
) -> HTMLResponse:
    """A page. Its title says when something in its form is wrong."""
    return HTMLResponse(fill(request, template, form=form, **facts), status_code)


def go_to(address: str) -> RedirectResponse:
    """The answer to a form that was accepted: reading the next page again repeats nothing."""
    return RedirectResponse(address, 303)


def send_file(content: bytes, media_type: str, filename: str) -> Response:
    """A download: never opened inside our pages, whatever it holds."""
    plain = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in "._-") else "_" for letter in filename
    )
    return Response(
        content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{plain}"'}
    )
