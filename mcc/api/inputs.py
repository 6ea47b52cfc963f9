"""What people give to actions that take plain arguments: input models shared by the API and the command line."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from mcc.actions.agree import DiscussionInput
from mcc.actions.evaluate import ScoreInput
from mcc.actions.inputs import Code, Input, Line, Prose, ShortLine
from mcc.actions.passwords import NewPassword

Secret = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=200)]
MOST_INDICATORS = 200


class SignInInput(Input):
    username: Secret
    password: Secret


class PasswordInput(Input):
    password: NewPassword


class MembershipInput(Input):
    organisation: int = Field(ge=1, le=2**63 - 1)


class ApiKeyInput(Input):
    label: ShortLine


class DeclarationInput(Input):
    declaration: bool
    """The applicant declares that what the file says is true."""


class WithdrawalInput(Input):
    reason: Prose


class EligibilityInput(Input):
    eligible: bool
    """The coordinator finds that the scheme is open to this collective and this scope."""


class NoConflictInput(Input):
    no_conflict: bool
    """The evaluator declares that there is no conflict of interest."""


class ConflictInput(Input):
    reason: Annotated[Prose, Field(max_length=500)]


class ScoresInput(Input):
    scores: dict[Code, ScoreInput] = Field(min_length=1, max_length=MOST_INDICATORS)


class NotApplicableInput(Input):
    indicator: Code
    reason: Annotated[Prose, Field(max_length=1000)]


class ApprovalInput(Input):
    indicator: Code
    approved: bool


class ProposalInput(Input):
    levels: dict[Code, DiscussionInput] = Field(min_length=1, max_length=MOST_INDICATORS)


class SightingInput(Input):
    code: Code
    seen_on: date


class ReceiptInput(Input):
    receipt: Line
