"""One dossier's way through the office, step by step, as a generator that yields the moment of its next step."""

from collections.abc import Iterator
from datetime import datetime

from mcc.actions import (
    accept_rules,
    admit,
    apply,
    authorise,
    decide,
    evidence,
    hear,
    publish,
    review,
    vote,
)
from mcc.actions.settle import compute_assessment
from mcc.actions.uploads import purify
from mcc.actions.work import Role, Work
from mcc.db.tables import Application, Organisation
from mcc.demo.cases import play_appeal
from mcc.demo.dossier import DecisionNotes, Dossier, Heard
from mcc.demo.evaluation import play_evaluation
from mcc.demo.life import live_on, live_with_plan
from mcc.demo.stage import (
    COMMITTEE,
    COORDINATOR,
    REVIEWER,
    SEATED,
    SIGNATORY,
    Ended,
    Play,
    days_later,
    end_if,
    working_days_later,
)

Story = Iterator[datetime]


def play(act: Play) -> Story:
    """Drive the file from its submission, which is its first step, to the end of its course."""
    try:
        yield from _play_to_the_end(act)
    except Ended:
        yield from play_appeal(act)
        yield from live_with_plan(act)


def _play_to_the_end(act: Play) -> Story:
    _submit(act)
    end_if(act, "submitted")
    yield from _admit(act)
    end_if(act, "admitted")
    yield from play_evaluation(act)
    end_if(act, "in_review")
    yield from _decide(act)
    yield from live_on(act, _add_evidence)


def _submit(act: Play) -> None:
    dossier = act.dossier
    act.stage.hire(dossier.slug, dossier.collective.contact.name, Role.APPLICANT)
    with act.stage.work(dossier.slug) as work:
        organisation = apply.register_organisation(work, _organisation_input(dossier))
        organisation_id = organisation.key
    with act.stage.work(dossier.slug) as work:
        application = apply.draft_application(work, organisation_id, _scope_input(dossier))
        _add_evidence(work, application, dossier)
        apply.submit(work, application, declaration=dossier.declaration)
        act.number = application.number or ""


def _organisation_input(dossier: Dossier) -> apply.OrganisationInput:
    collective = dossier.collective
    return apply.OrganisationInput(
        name=collective.name,
        kind=apply.CollectiveKind(collective.kind),
        legal_status=collective.legal_status,
        municipality=collective.municipality,
        founded=collective.founded,
        members=collective.members,
        women=collective.women,
        registration=collective.registration,
        contact_name=collective.contact.name,
        contact_phone=collective.contact.phone,
        contact_email=collective.contact.email,
    )


def _scope_input(dossier: Dossier) -> apply.ScopeInput:
    scope = dossier.scope
    return apply.ScopeInput(
        scope_kind=apply.ScopeKind(scope.kind),
        category=scope.category,
        products=list(scope.products),
        process=scope.process,
        site_address=scope.site.address,
        site_municipality=scope.site.municipality,
    )


def _add_evidence(work: Work, application: Application, dossier: Dossier) -> None:
    for item in dossier.evidence:
        stored = item.form == "stored"
        given = evidence.EvidenceInput(
            code=item.id,
            kind=item.kind,
            title=item.title,
            form=evidence.EvidenceForm(item.form),
            filename=f"{item.id}.txt" if stored else None,
            book=item.book,
            folio=item.folio,
        )
        upload = purify((item.content or "").encode()) if stored else None
        evidence.add_evidence(work, application, given, upload)


def _admit(act: Play) -> Story:
    dossier, stage = act.dossier, act.stage
    yield act.at(working_days_later(act.now, 2))
    with stage.work(COORDINATOR) as work:
        given = admit.TakeUpInput(expediente=dossier.expediente)
        admit.take_up(work, stage.application(work, act.number), given)
    end_if(act, "in_admissibility")
    yield from _ask(act)
    yield act.at(working_days_later(act.now, 3))
    with stage.work(COORDINATOR) as work:
        application = stage.application(work, act.number)
        if (refused := dossier.course.not_admitted) is not None:
            given_refusal = admit.RefusalInput(
                reason=admit.RefusalReason(refused.reason), explanation=refused.explanation
            )
            admit.refuse_admission(work, application, given_refusal)
        else:
            admit.admit(work, application, eligible=True)
    if dossier.course.not_admitted is not None:
        raise Ended


def _ask(act: Play) -> Story:
    stage, course = act.stage, act.dossier.course
    for request in course.information_requested:
        yield act.at(working_days_later(act.now, 2))
        with stage.work(COORDINATOR) as work:
            application = stage.application(work, act.number)
            admit.request_information(work, application, admit.RequestInput(items=list(request.items)))
        if course.unanswered:
            yield from _archive(act)
        yield act.at(working_days_later(act.now, 4))
        with stage.work(act.dossier.slug) as work:
            application = stage.application(work, act.number)
            apply.answer_request(work, application, apply.AnswersInput(answers=list(request.answers)))


def _archive(act: Play) -> Story:
    """Two reminders, then the term runs out."""
    for days in (6, 5):
        yield act.at(days_later(act.now, days))
        with act.stage.work(COORDINATOR) as work:
            admit.remind_applicant(work, act.stage.application(work, act.number))
    yield act.at(working_days_later(act.now, 10))
    with act.stage.work(COORDINATOR) as work:
        admit.archive(work, act.stage.application(work, act.number))
    raise Ended


def _decide(act: Play) -> Story:
    stage, dossier = act.stage, act.dossier
    assert dossier.review is not None, "a dossier that is evaluated to the end has its review"
    yield act.at(working_days_later(act.now, 5))
    yield from _hear(act, dossier.review.hearing, by=REVIEWER)
    _send_to_decision(act, dossier.review.notes)
    _vote_first(act)
    end_if(act, "in_decision")
    assert dossier.decision is not None, "a dossier that is decided has its decision"
    yield act.at(working_days_later(act.now, 8))
    award = _vote(act, dossier.decision)
    yield from _hear(act, dossier.decision.hearing, by=COMMITTEE)
    with stage.work(COMMITTEE) as work:
        application = stage.application(work, act.number)
        given = decide.DecisionInput(
            award=award,
            resolution_number=dossier.decision.resolution,
            resolution_date=work.today,
            authority=dossier.decision.authority,
            reasons=dossier.decision.reasons,
        )
        decide.decide(work, application, given)
        granted = application.state == "granted"
    if not granted:
        raise Ended
    yield act.at(working_days_later(act.now, 1))
    with stage.work(dossier.slug) as work:
        accepted = accept_rules.AcceptanceInput(name=dossier.collective.contact.name, accepted=True)
        accept_rules.accept_rules(work, stage.application(work, act.number), accepted)
    with stage.work(SIGNATORY) as work:
        authorise.authorise_issue(work, stage.application(work, act.number), authorise.AuthorisationInput())
    stage.wait_until_issued(act.number)
    _publish_page(act)


def _send_to_decision(act: Play, notes: str) -> None:
    with act.stage.work(REVIEWER) as work:
        application = act.stage.application(work, act.number)
        review.send_to_decision(work, application, review.ReviewInput(notes=notes))


def _hear(act: Play, heard: Heard | None, *, by: str) -> Story:
    """By the review before it sends the file on; or by the committee, to which the review then sends it again."""
    if heard is None:
        return
    with act.stage.work(by) as work:
        application = act.stage.application(work, act.number)
        hear.open_hearing(work, application, hear.HearingInput(tells=heard.tells))
    yield act.at(days_later(act.now, 6))
    with act.stage.work(act.dossier.slug) as work:
        application = act.stage.application(work, act.number)
        hear.answer_hearing(work, application, hear.HeardInput(answer=heard.answer))
    yield act.at(working_days_later(act.now, 1))
    if by == COMMITTEE:
        _send_to_decision(act, heard.answer)


def _vote_first(act: Play) -> None:
    """Of a file that waits for its decision one institution has voted: whoever tries it is the second."""
    if (reasons := act.dossier.course.first_vote) is None:
        return
    with act.stage.work(COMMITTEE) as work:
        application = act.stage.application(work, act.number)
        award = compute_assessment(work, application)[1].award
        vote.vote(work, application, vote.VoteInput(award=award, reasons=reasons))


def _vote(act: Play, decision: DecisionNotes) -> str:
    """Each institution votes; returns what they voted for."""
    for username in SEATED:
        with act.stage.work(username) as work:
            application = act.stage.application(work, act.number)
            award = decision.award or compute_assessment(work, application)[1].award
            vote.vote(work, application, vote.VoteInput(award=award, reasons=decision.reasons))
    return award


def _publish_page(act: Play) -> None:
    page = act.dossier.page
    if page is None:
        return
    with act.stage.work(act.dossier.slug) as work:
        application = act.stage.application(work, act.number)
        holder = work.session.get_one(Organisation, application.organisation_id)
        publish.publish_page(work, holder, publish.PageInput(**page.model_dump(), published=True))
