"""What happens to a file of the demonstration from outside: reports, complaints, challenges, changes, appeals."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Reported(Strict):
    """A misuse of the mark that somebody reports, or a complaint about the house, and how far it has come."""

    after_months: int
    kind: Literal["misuse", "complaint"] = "misuse"
    words: str
    place: str = "-"
    until: Literal["filed", "acknowledged", "under_investigation", "resolved"] = "filed"
    answer: str = "-"


class Changed(Strict):
    """One more product that the holder reports, and that waits for the office."""

    after_months: int
    product: str
    words: str


class Challenged(Strict):
    """Somebody whom the collective did not want to be evaluated by, and why the office saw it otherwise."""

    evaluator: str
    words: str
    answer: str


class Appealed(Strict):
    """An appeal against the outcome, so many days after the collective was told."""

    after_days: int
    words: str
    until: Literal["filed", "acknowledged", "under_investigation", "dismissed"] = "filed"
    answer: str = "-"
