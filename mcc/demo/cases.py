"""Cases of the demonstration: what strangers report, and what collectives appeal against."""

from collections.abc import Iterator
from datetime import datetime

from mcc.actions import appeal, cases, challenge, complain, misuse
from mcc.actions.challenge import Finding
from mcc.actions.work import PUBLIC
from mcc.db.queries.certify import certificate_of
from mcc.demo.happenings import Appealed, Challenged, Reported
from mcc.demo.stage import COORDINATOR, PANEL, Play, days_later, working_days_later

WAY = ("acknowledge", "accept_case", "investigate", "resolve")
REACHES = {"filed": 0, "acknowledged": 1, "under_investigation": 3, "resolved": 4, "dismissed": 3}
"""How many steps of that way are taken."""


def report(act: Play, reported: Reported) -> None:
    """Somebody without a name reports it; the office, or the panel, does as much as the dossier says, on the same day."""
    if reported.kind == "complaint":
        _complain(act, reported)
        return
    with act.stage.installation.work(PUBLIC) as work:
        certificate = certificate_of(work.session, act.stage.application(work, act.number).key)
        assert certificate is not None, "issued earlier in the story"
        given = misuse.MisuseInput(
            certificate=certificate.public_code,
            words=reported.words,
            place=reported.place,
            seen_on=work.today,
        )
        receipt = misuse.report_misuse(work, given).receipt
    for action in WAY[: REACHES[reported.until]]:
        _move(act, receipt, COORDINATOR, action, reported.answer if action == "resolve" else None)


def _complain(act: Play, reported: Reported) -> None:
    with act.stage.installation.work(PUBLIC) as work:
        given = complain.ComplaintInput(about=complain.About.HOUSE, words=reported.words)
        receipt = complain.file_complaint(work, given).receipt
    for action in WAY[: REACHES[reported.until]]:
        who = COORDINATOR if action == "acknowledge" else PANEL
        _move(act, receipt, who, action, reported.answer if action == "resolve" else None)


def play_challenge(act: Play, challenged: Challenged) -> None:
    """Filed by the collective, studied by the office, dismissed."""
    with act.stage.work(act.dossier.slug) as work:
        given = challenge.ChallengeInput(evaluator=challenged.evaluator, words=challenged.words)
        application = act.stage.application(work, act.number)
        receipt = challenge.file_challenge(work, application, given).receipt
    for action in WAY[:3]:
        _move(act, receipt, COORDINATOR, action)
    with act.stage.work(COORDINATOR) as work:
        found = challenge.FindingInput(outcome=Finding.DISMISSED, words=challenged.answer)
        challenge.resolve_challenge(work, cases.open_case(work, receipt), found)


def play_appeal(act: Play) -> Iterator[datetime]:
    """Told of the outcome the next working day, the collective appeals; the panel studies it."""
    appealed = act.dossier.course.appeal
    if appealed is None:
        return
    yield act.at(working_days_later(act.now, 1))
    with act.stage.work(COORDINATOR) as work:
        told = appeal.NotificationInput(
            means=appeal.Means.MAIL, told=act.dossier.collective.contact.name, told_on=work.today
        )
        appeal.record_notification(work, act.stage.application(work, act.number), told)
    yield act.at(days_later(act.now, appealed.after_days))
    with act.stage.work(act.dossier.slug) as work:
        given = appeal.AppealInput(words=appealed.words)
        receipt = appeal.file_appeal(work, act.stage.application(work, act.number), given).receipt
    yield act.at(working_days_later(act.now, 2))
    for action in WAY[: REACHES[appealed.until]]:
        _move(act, receipt, COORDINATOR if action == "acknowledge" else PANEL, action)
    if appealed.until == "dismissed":
        yield act.at(working_days_later(act.now, 15))
        _dismiss(act, receipt, appealed)


def _dismiss(act: Play, receipt: str, appealed: Appealed) -> None:
    with act.stage.work(PANEL) as work:
        outcome = appeal.OutcomeInput(outcome=appeal.Outcome.DISMISSED, words=appealed.answer)
        appeal.resolve_appeal(work, cases.open_case(work, receipt), outcome)


def _move(act: Play, receipt: str, username: str, action: str, words: str | None = None) -> None:
    with act.stage.work(username) as work:
        cases.move_case(
            work,
            cases.open_case(work, receipt),
            action,
            cases.CaseMoveInput(words=words, outcome=Finding.UPHELD if action == "resolve" else None),
        )
