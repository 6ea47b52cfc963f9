"""Every action on an application, by the name that the command line gives it, with what it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from mcc.actions import (
    accept_rules,
    admit,
    agree,
    amend,
    appeal,
    apply,
    assign,
    authorise,
    challenge,
    correct,
    decide,
    evaluate,
    evidence,
    hear,
    not_applicable,
    renew,
    review,
    staff,
    unseat,
    visit,
    vote,
)
from mcc.actions.finding import find_seat
from mcc.actions.work import Work
from mcc.api import inputs
from mcc.db.tables import Application

Run = Callable[[Work, Application, Any, str], object]


@dataclass(frozen=True)
class Act:
    """One action: `run` takes the piece of work, the application, the checked input and the dimension."""

    help: str
    run: Run
    takes: type[BaseModel] | None = None
    by_dimension: bool = False


def on_file(action: Callable[[Work, Application, Any], object], takes: type[BaseModel], summary: str) -> Act:
    """An action on the application that takes one input."""
    return Act(summary, lambda work, application, given, _: action(work, application, given), takes)


def without_input(action: Callable[[Work, Application], object], summary: str) -> Act:
    return Act(summary, lambda work, application, _given, _dimension: action(work, application))


def on_seat(run: Callable[[Work, Any, Any], object], takes: type[BaseModel] | None, summary: str) -> Act:
    """An action on the actor's own seat in a dimension."""
    return Act(
        summary,
        lambda work, application, given, dimension: run(work, find_seat(work, application, dimension), given),
        takes,
        by_dimension=True,
    )


def on_dimension(run: Run, takes: type[BaseModel] | None, summary: str) -> Act:
    return Act(summary, run, takes, by_dimension=True)


ACTS: dict[str, Act] = {
    "revise": on_file(apply.revise_application, apply.ScopeInput, "Change the scope of a draft"),
    "submit": on_file(
        lambda work, application, given: apply.submit(work, application, declaration=given.declaration),
        inputs.DeclarationInput,
        "Hand the application in; it gets its number and receipt",
    ),
    "answer-request": on_file(apply.answer_request, apply.AnswersInput, "Answer what the office asked for"),
    "withdraw-application": on_file(
        lambda work, application, given: apply.withdraw_application(work, application, reason=given.reason),
        inputs.WithdrawalInput,
        "Give the application up",
    ),
    "take-up": on_file(admit.take_up, admit.TakeUpInput, "Begin the admissibility check"),
    "request-information": on_file(admit.request_information, admit.RequestInput, "Ask for what is missing"),
    "remind-applicant": without_input(admit.remind_applicant, "Note that the applicant was reminded today"),
    "archive": without_input(admit.archive, "File away what went unanswered"),
    "reopen": without_input(admit.reopen, "Take an archived application up again"),
    "refuse-admission": on_file(admit.refuse_admission, admit.RefusalInput, "Do not admit, with a reason"),
    "admit": on_file(
        lambda work, application, given: admit.admit(work, application, eligible=given.eligible),
        inputs.EligibilityInput,
        "Admit, pinned to the edition in use",
    ),
    "assign-evaluator": on_file(
        assign.assign_evaluator, assign.SeatInput, "Seat an evaluator for a dimension"
    ),
    "relieve-evaluator": on_file(
        assign.relieve_evaluator, assign.ReliefInput, "Free the seat of somebody who cannot go on"
    ),
    "set-safeguard": on_file(
        staff.set_safeguard, staff.SafeguardInput, "Settle how a file is evaluated that too few people could"
    ),
    "accept-team": without_input(challenge.accept_team, "Have nothing against those who evaluate"),
    "file-challenge": on_file(
        challenge.file_challenge, challenge.ChallengeInput, "Ask that somebody does not evaluate"
    ),
    "report-change": on_file(
        amend.report_change, amend.ChangeInput, "Report that something that the certificate says has changed"
    ),
    "accept-change": on_file(amend.accept_change, amend.AnswerInput, "Accept a change that was reported"),
    "refuse-change": on_file(amend.refuse_change, amend.AnswerInput, "Do not accept a change"),
    "require-correction": on_file(
        correct.require_correction, correct.CorrectionInput, "Have some indicators put right first"
    ),
    "finish-correction": without_input(correct.finish_correction, "Hand in what was put right"),
    "begin-another": without_input(
        renew.begin_another, "Begin anew from an application that brought no mark"
    ),
    "shorten-evaluation": on_file(
        renew.shorten_evaluation, renew.ShorteningInput, "Evaluate some indicators only, and keep the rest"
    ),
    "record-notification": on_file(
        appeal.record_notification, appeal.NotificationInput, "Record when the collective was formally told"
    ),
    "file-appeal": on_file(appeal.file_appeal, appeal.AppealInput, "Appeal against the outcome"),
    "begin-evaluation": without_input(evaluate.begin_evaluation, "Open the evaluation"),
    "accept": on_seat(
        lambda work, seat, given: evaluate.accept(work, seat, no_conflict=given.no_conflict),
        inputs.NoConflictInput,
        "Take a seat, declaring no conflict of interest",
    ),
    "declare-conflict": on_seat(
        lambda work, seat, given: unseat.declare_conflict(work, seat, reason=given.reason),
        inputs.ConflictInput,
        "Step back from the application",
    ),
    "save-scores": on_seat(
        lambda work, seat, given: evaluate.save_scores(work, seat, given.scores),
        inputs.ScoresInput,
        "Keep what has been filled in so far",
    ),
    "request-not-applicable": on_seat(
        lambda work, seat, given: not_applicable.request_not_applicable(
            work, seat, given.indicator, reason=given.reason
        ),
        inputs.NotApplicableInput,
        "Ask to leave an indicator out",
    ),
    "decide-not-applicable": on_file(
        lambda work, application, given: not_applicable.decide_not_applicable(
            work, application, given.indicator, approved=given.approved
        ),
        inputs.ApprovalInput,
        "Approve or refuse that an indicator is left out",
    ),
    "lock": on_seat(lambda work, seat, _: evaluate.lock_scores(work, seat), None, "Close a sheet for good"),
    "report-visit": on_file(visit.report_visit, visit.VisitInput, "Hand in the report of the visit"),
    "propose-levels": on_dimension(
        lambda work, application, given, dimension: agree.propose_levels(
            work, application, dimension, given.levels
        ),
        inputs.ProposalInput,
        "Write down what the two evaluators agreed on",
    ),
    "confirm-levels": on_dimension(
        lambda work, application, _, dimension: agree.confirm_levels(work, application, dimension),
        None,
        "Stand behind what the other evaluator wrote down",
    ),
    "see-on-site": on_file(
        lambda work, application, given: evidence.see_on_site(work, application, given.code, given.seen_on),
        inputs.SightingInput,
        "Confirm having seen an item of evidence on site",
    ),
    "send-to-decision": on_file(
        review.send_to_decision, review.ReviewInput, "Send the file to the committee"
    ),
    "return-to-evaluation": on_file(
        review.return_to_evaluation, review.ReturnInput, "Send dimensions back to the evaluators, once"
    ),
    "open-hearing": on_file(
        hear.open_hearing, hear.HearingInput, "Hear the collective before an adverse outcome"
    ),
    "answer-hearing": on_file(hear.answer_hearing, hear.HeardInput, "Answer for the collective"),
    "reevaluate-after-hearing": on_file(
        review.reevaluate_after_hearing, review.ReturnInput, "Score dimensions again, with new evidence"
    ),
    "vote": on_file(vote.vote, vote.VoteInput, "Vote for one's institution, or keep a draft"),
    "step-aside": on_file(vote.step_aside, vote.StepAsideInput, "Take no part in this file, for good"),
    "decide": on_file(decide.decide, decide.DecisionInput, "Record what the committee voted"),
    "return-to-review": on_file(
        decide.return_to_review,
        decide.QuestionsInput,
        "Send the file back to the review with questions, once",
    ),
    "accept-rules": on_file(
        accept_rules.accept_rules, accept_rules.AcceptanceInput, "Accept the rules of use for the collective"
    ),
    "authorise-issue": on_file(
        authorise.authorise_issue, authorise.AuthorisationInput, "Sign for the certificate; it is then issued"
    ),
}
