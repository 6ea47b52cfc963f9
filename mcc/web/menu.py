"""The menu: what each person finds at the top of every page, by what they may do."""

from collections.abc import Iterator
from dataclasses import dataclass

from mcc.actions.work import PUBLIC, Actor, Role


@dataclass(frozen=True)
class MenuItem:
    name: str
    """The words are `menu.NAME` of the catalogues."""
    address: str
    current: bool
    count: int = 0


ENTRIES: tuple[tuple[str, str, frozenset[Role]], ...] = (
    # The places of those who work with the files come first; an empty set stands for everybody.
    ("applications", "/solicitudes", frozenset(Role) - {Role.PUBLIC}),
    ("desk", "/evaluacion", frozenset({Role.EVALUATOR})),
    ("committee", "/comite", frozenset({Role.COMMITTEE, Role.COORDINATOR})),
    ("signing", "/firma", frozenset({Role.SIGNATORY})),
    ("administration", "/administracion", frozenset({Role.ADMINISTRATOR, Role.COORDINATOR, Role.AUDITOR})),
    ("cases", "/casos", frozenset({Role.COORDINATOR, Role.APPEAL_PANEL})),
    ("notices", "/avisos", frozenset(Role) - {Role.PUBLIC}),
    ("collective", "/colectivos", frozenset({Role.APPLICANT})),
    ("register", "/registro", frozenset()),
    ("verify", "/verificar", frozenset()),
    ("follow", "/seguimiento", frozenset({Role.PUBLIC})),
)


def menu_of(actor: Actor | None, path: str, *, unread: int = 0) -> Iterator[MenuItem]:
    roles = (actor or PUBLIC).roles
    for name, address, allowed in ENTRIES:
        if not allowed or allowed & roles:
            here = path == address or path.startswith(f"{address}/")
            yield MenuItem(name, address, here, unread if name == "notices" else 0)
