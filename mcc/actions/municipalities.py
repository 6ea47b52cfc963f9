"""The municipalities of Canelones, as data (mcc/data/municipalities.csv)."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError


@dataclass(frozen=True)
class Place:
    """A municipality with the coordinates of its town, in degrees."""

    name: str
    latitude: float
    longitude: float


@cache
def places() -> tuple[Place, ...]:
    text = files("mcc").joinpath("data/municipalities.csv").read_text(encoding="utf-8")
    return tuple(
        Place(row["name"], float(row["latitude"]), float(row["longitude"]))
        for row in csv.DictReader(text.splitlines())
    )


@cache
def municipalities() -> tuple[str, ...]:
    """Their names, in the order of the file."""
    return tuple(place.name for place in places())


def _known(name: str) -> str:
    if name not in municipalities():
        raise PydanticCustomError("municipality_unknown", "not a municipality of Canelones", {"value": name})
    return name


Municipality = Annotated[str, AfterValidator(_known)]
