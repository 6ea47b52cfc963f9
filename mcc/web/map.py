"""The map of the register: one tile for each municipality, near where it lies; plain SVG, own drawing.

A map of tiles gives a village the same room as a town, and needs no outlines that nobody offers freely.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import product

from mcc.actions.municipalities import Place, places

COLUMNS, ROWS = 8, 7
TILE = 80
SHADES = 4
LONGEST_LINE = 11

Cell = tuple[int, int]
Spot = tuple[float, float]


@dataclass(frozen=True)
class Tile:
    """One municipality: its corner in units of the drawing, its name in short lines, and how many there are."""

    name: str
    lines: tuple[str, ...]
    x: int
    y: int
    count: int
    shade: int
    """0 for none, up to 4 for the most."""


def draw_map(counts: Mapping[str, int]) -> list[Tile]:
    most = max([SHADES, *counts.values()])
    return [
        Tile(
            name=name,
            lines=break_name(name),
            x=column * TILE,
            y=row * TILE,
            count=counts.get(name, 0),
            shade=-(-counts.get(name, 0) * SHADES // most),
        )
        for name, (column, row) in place_tiles().items()
    ]


@cache
def place_tiles() -> dict[str, Cell]:
    """A cell for each municipality: first the nearest that is free, then every exchange that brings two closer."""
    spots = {place.name: _spot(place) for place in places()}
    cells = [(column, row) for column in range(COLUMNS) for row in range(ROWS)]
    placed: dict[str, Cell] = {}
    for name, spot in spots.items():
        placed[name] = min(
            (cell for cell in cells if cell not in placed.values()), key=partial(_stretch, spot)
        )
    while _exchange(placed, spots, cells):
        pass
    return placed


def _exchange(placed: dict[str, Cell], spots: Mapping[str, Spot], cells: Sequence[Cell]) -> bool:
    """Move one municipality to a better cell, or swap two; False when nothing gets better."""
    for name, cell in product(placed, cells):
        other = next((taken for taken, where in placed.items() if where == cell), None)
        before, after = _stretch(spots[name], placed[name]), _stretch(spots[name], cell)
        if other is not None:
            before += _stretch(spots[other], cell)
            after += _stretch(spots[other], placed[name])
        if after < before - 1e-9:
            if other is not None:
                placed[other] = placed[name]
            placed[name] = cell
            return True
    return False


def _stretch(spot: Spot, cell: Cell) -> float:
    return (cell[0] - spot[0]) ** 2 + (cell[1] - spot[1]) ** 2


def _spot(place: Place) -> Spot:
    """On the grid, from the north-western corner."""
    west, east = min(p.longitude for p in places()), max(p.longitude for p in places())
    south, north = min(p.latitude for p in places()), max(p.latitude for p in places())
    across = (place.longitude - west) / (east - west) * (COLUMNS - 1)
    down = (north - place.latitude) / (north - south) * (ROWS - 1)
    return across, down


def break_name(name: str) -> tuple[str, ...]:
    """In lines short enough for a tile, where its words allow it."""
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + len(word) < LONGEST_LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)
