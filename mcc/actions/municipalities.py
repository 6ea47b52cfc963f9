"""The municipalities of Canelones, as data (mcc/data/municipalities.csv)."""

import csv
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError


@cache
def municipalities() -> tuple[str, ...]:
    """Their names, in the order of the file."""
    text = files("mcc").joinpath("data/municipalities.csv").read_text(encoding="utf-8")
    return tuple(row["name"] for row in csv.DictReader(text.splitlines()))


def _known(name: str) -> str:
    if name not in municipalities():
        raise PydanticCustomError("municipality_unknown", "not a municipality of Canelones", {"value": name})
    return name


Municipality = Annotated[str, AfterValidator(_known)]
