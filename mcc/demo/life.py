"""What becomes of a certificate in the demonstration: looked at every year, suspended, given up, renewed."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from mcc.actions import admit, amend, apply, improve, motion, renew, surveil, suspend
from mcc.actions.work import SYSTEM, Work
from mcc.clock import CANELONES, add_months
from mcc.db.queries.certify import certificate_of
from mcc.db.tables import Application, Certificate
from mcc.demo.cases import report
from mcc.demo.dossier import Afterwards, Dossier
from mcc.demo.happenings import Changed
from mcc.demo.stage import COMMITTEE, COORDINATOR, REVIEWER, SEATED, TODAY, Play, days_later, opening_of
from mcc.phrases import say

YEARLY = (12, 24)
RECHECKED_AFTER = 10
"""Days."""
FOLLOWED_AFTER = 45
HEARD_FOR = 11
"""Days from a motion to its vote: one more than its holder has to answer."""
MEASURES = {"suspend": suspend.suspend, "reinstate": suspend.reinstate, "withdraw": suspend.withdraw}

AddPapers = Callable[[Work, Application, Dossier], None]
Step = Callable[[], None]


def live_on(act: Play, add_papers: AddPapers) -> Iterator[datetime]:
    """Every step of the dossier and of each year, in the order of time, as far as today."""
    issued = act.now
    steps = [
        *_list_years(act, issued),
        *_list_steps(act, issued, add_papers),
        *_list_reports(act, issued),
        *_list_changes(act, issued),
    ]
    for moment, step in sorted(steps, key=lambda row: row[0]):
        yield act.at(moment)
        step()


def _list_years(act: Play, issued: datetime) -> Iterator[tuple[datetime, Step]]:
    for months in YEARLY:
        opened = _after(issued, months)
        rechecked = days_later(opened, RECHECKED_AFTER)
        if rechecked < TODAY:
            yield opened, lambda: _open_due(act)
            yield rechecked, lambda: _recheck(act)


def _list_steps(act: Play, issued: datetime, add_papers: AddPapers) -> Iterator[tuple[datetime, Step]]:
    for step in act.dossier.course.afterwards:
        if step.action == "expire":
            with act.stage.installation.look(SYSTEM) as work:
                moment = days_later(opening_of(_certificate(act, work).valid_until), 1)
        else:
            moment = _after(issued, step.after_months)
        if step.action in MEASURES:
            yield days_later(moment, -HEARD_FOR), lambda step=step: _propose(act, step)  # type: ignore[misc]
        yield moment, lambda step=step: _take_step(act, step, add_papers)  # type: ignore[misc]


def _list_reports(act: Play, issued: datetime) -> Iterator[tuple[datetime, Step]]:
    for reported in act.dossier.course.reports:
        yield _after(issued, reported.after_months), lambda reported=reported: report(act, reported)  # type: ignore[misc]


def _list_changes(act: Play, issued: datetime) -> Iterator[tuple[datetime, Step]]:
    changed = act.dossier.course.change
    if changed is not None:
        yield _after(issued, changed.after_months), lambda: _report_change(act, changed)


def _report_change(act: Play, changed: Changed) -> None:
    with act.stage.work(act.dossier.slug) as work:
        application = act.stage.application(work, act.number)
        given = amend.ChangeInput(
            kind=amend.ChangeKind.PRODUCT,
            happened_on=work.today,
            words=changed.words,
            products=[*application.products, changed.product],
        )
        amend.report_change(work, application, given)


def _after(issued: datetime, months: int) -> datetime:
    return opening_of(add_months(issued.astimezone(CANELONES).date(), months))


def _open_due(act: Play) -> None:
    with act.stage.installation.work(SYSTEM) as work:
        surveil.open_due(work)


def _recheck(act: Play) -> None:
    """What was opened for this certificate: it still holds."""
    with act.stage.work(REVIEWER) as work:
        certificate = _certificate(act, work)
        row = surveil.find_open(work, certificate)
        if row is not None:
            found = surveil.FindingInput(holds=True, note=say("demo.still_holds", "es"))
            surveil.recheck(work, certificate, dict.fromkeys(row.indicators, found))


def _take_step(act: Play, step: Afterwards, add_papers: AddPapers) -> None:
    if step.action == "renew":
        _renew(act, step, add_papers)
        return
    if step.action == "expire":
        with act.stage.installation.work(SYSTEM) as work:
            suspend.expire_overdue(work)
        return
    given = suspend.ReasonInput(reason=step.reason)
    if step.action == "relinquish":
        with act.stage.work(act.dossier.slug) as work:
            suspend.relinquish(work, _certificate(act, work), given)
        return
    _vote(act, step)
    with act.stage.work(COMMITTEE) as work:
        MEASURES[step.action](work, _certificate(act, work), given)


def live_with_plan(act: Play) -> Iterator[datetime]:
    """Of a collective that is on the way; the others live on with their certificate, or without a plan."""
    with act.stage.work(COORDINATOR) as work:
        on_the_way = act.stage.application(work, act.number).state == "on_the_way"
    moment = days_later(act.now, FOLLOWED_AFTER)
    if on_the_way and moment < TODAY:
        yield act.at(moment)
        _improve(act)


def _improve(act: Play) -> None:
    """What a collective on the way has done since: its first step is done, the next under way, and the office came by."""
    with act.stage.work(act.dossier.slug) as work:
        application = act.stage.application(work, act.number)
        going = (improve.Progress.DONE, improve.Progress.UNDER_WAY)
        for step, progress in zip(improve.list_steps(work, application), going, strict=False):
            given = improve.StepInput(
                progress=progress,
                responsible=act.dossier.collective.contact.name,
                note=say("demo.step", "es"),
            )
            improve.change_step(work, application, step.indicator, given)
    with act.stage.work(COORDINATOR) as work:
        visited = improve.FollowUpInput(
            on=work.today, summary=say("demo.follow_up", "es"), next_on=work.today + timedelta(days=60)
        )
        improve.record_follow_up(work, act.stage.application(work, act.number), visited)


def _propose(act: Play, step: Afterwards) -> None:
    """Put to the committee; whoever holds the mark has its days to answer, and lets them pass."""
    with act.stage.work(COORDINATOR) as work:
        given = motion.MotionInput(measure=motion.Measure(step.action), reason=step.reason)
        motion.open_motion(work, _certificate(act, work), given)


def _vote(act: Play, step: Afterwards) -> None:
    for username in SEATED:
        with act.stage.work(username) as work:
            given = motion.MotionVoteInput(in_favour=True, reasons=step.reason)
            motion.vote_motion(work, _certificate(act, work), given)


def _renew(act: Play, step: Afterwards, add_papers: AddPapers) -> None:
    with act.stage.work(act.dossier.slug) as work:
        application = renew.begin_renewal(work, _certificate(act, work))
        key = application.key
        if step.renewal != "draft":
            add_papers(work, application, act.dossier)
            apply.submit(work, application, declaration=True)
    if step.renewal == "in_admissibility":
        with act.stage.work(COORDINATOR) as work:
            renewal = work.session.get_one(Application, key)
            admit.take_up(work, renewal, admit.TakeUpInput(expediente=act.dossier.expediente))


def _certificate(act: Play, work: Work) -> Certificate:
    certificate = certificate_of(work.session, act.stage.application(work, act.number).key)
    assert certificate is not None, "issued earlier in the story"
    return certificate
