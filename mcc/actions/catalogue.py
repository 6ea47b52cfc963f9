"""The catalogue of products and documents, as data (mcc/data/catalogue.yaml): what is asked of whom, and why."""

from calendar import monthrange
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict
from pydantic_core import PydanticCustomError
from ruamel.yaml import YAML


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Strict):
    es: str
    en: str
    pt: str

    def in_language(self, language: str) -> str:
        return str(getattr(self, language, self.es))


class Category(Strict):
    code: str
    label: Words


class Document(Strict):
    """One paper that may be asked for. Without `kinds` or `categories` it concerns every one of them."""

    code: str
    kind: str
    """The kind of evidence that it counts as, in the rubric."""
    label: Words
    why: Words
    issuer: Words
    months_valid: int | None = None
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    legal_status_only: bool = False
    informal_only: bool = False
    by_office: bool = False
    """The office gets it by itself: it is never asked for (Decreto 353/023)."""
    optional: bool = False

    def concerns(self, kind: str, category: str | None, *, legal_status: bool) -> bool:
        fits_status = not (self.informal_only if legal_status else self.legal_status_only)
        fits_kind = not self.kinds or kind in self.kinds
        return fits_status and fits_kind and (not self.categories or category in self.categories)


class Catalogue(Strict):
    categories: tuple[Category, ...]
    documents: tuple[Document, ...]

    def document(self, code: str) -> Document | None:
        return next((item for item in self.documents if item.code == code), None)

    def category(self, code: str | None) -> Category | None:
        return next((item for item in self.categories if item.code == code), None)


@cache
def catalogue() -> Catalogue:
    text = files("mcc").joinpath("data/catalogue.yaml").read_text(encoding="utf-8")
    return Catalogue.model_validate(YAML(typ="safe", pure=True).load(text))


def documents_for(kind: str, category: str | None, *, legal_status: bool) -> tuple[Document, ...]:
    """What concerns a collective of this kind that asks for the mark in this category, in the order of the file."""
    return tuple(
        item for item in catalogue().documents if item.concerns(kind, category, legal_status=legal_status)
    )


def expiry_of(code: str, issued_on: date) -> date | None:
    """When a document that was issued that day stops counting; None when it does not expire."""
    document = catalogue().document(code)
    if document is None or document.months_valid is None:
        return None
    months = issued_on.month - 1 + document.months_valid
    year, month = issued_on.year + months // 12, months % 12 + 1
    return date(year, month, min(issued_on.day, monthrange(year, month)[1]))


def _known(code: str) -> str:
    if catalogue().category(code) is None:
        raise PydanticCustomError("category_unknown", "not a category of the catalogue", {"value": code})
    return code


CategoryCode = Annotated[str, AfterValidator(_known)]
