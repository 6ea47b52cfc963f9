"""The edition of the rubric that new files are judged by: public, so that everybody knows what is asked."""

from fastapi import APIRouter

from mcc.actions.editions import current_rubric
from mcc.api.answering import Answer
from rubric import Rubric

router = APIRouter(prefix="/editions", tags=["editions"])


class EditionAnswer(Answer):
    hash: str
    """SHA-256 over the meaning of the edition; every file is pinned to one."""
    rubric: Rubric


@router.get("/current")
def show_current() -> EditionAnswer:
    """Dimensions, indicators, levels and awards of the edition in use. Open to everybody."""
    rubric = current_rubric()
    return EditionAnswer(hash=rubric.meaning_hash, rubric=rubric)
