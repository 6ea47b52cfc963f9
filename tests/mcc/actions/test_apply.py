"""Applying: what is required, who may, and what the number opens."""

from datetime import date

import pytest

from certificates import parse_number
from mcc.actions import admit, apply, evidence
from mcc.actions.follow import status_by_receipt
from mcc.actions.inputs import parse_input
from mcc.actions.uploads import purify
from mcc.db.tables import Application
from mcc.errors import InputInvalid, NotAllowed, NotFound, Refused
from tests.office import Office

ORGANISATION = {
    "name": "Grupo de Prueba (ficticio)",
    "kind": "artisans_group",
    "legal_status": False,
    "municipality": "Tala",
    "founded": "2019-05-01",
    "members": 6,
    "women": 4,
    "contact_name": "Persona de Prueba",
    "contact_phone": "099 000 000",
    "contact_email": "prueba@ejemplo.invalid",
}


def test_a_submitted_application_has_a_checked_number_and_a_receipt_word(office: Office) -> None:
    number = office.submit()
    assert str(parse_number(number)) == number
    with office.look("coop") as work:
        application = office.application(work, number)
        assert application.state == "submitted"
        assert application.receipt_word is not None
        assert len(application.receipt_word) == 8


def test_the_receipt_opens_the_public_status_and_the_number_alone_does_not(office: Office) -> None:
    number = office.submit()
    with office.installation.look() as work:
        application = office.application(work, number)
        found, standing = status_by_receipt(work, apply.receipt_of(application))
        assert (found.id, standing.state, standing.holder) == (application.id, "submitted", "coordinator")
        for wrong in (number, f"{number}-", f"{number}-aaaaaaaa"):
            with pytest.raises(NotFound):
                status_by_receipt(work, wrong)


def test_submission_without_declaration_is_refused_and_changes_nothing(office: Office) -> None:
    organisation_id = office.register()
    with office.work("coop") as work:
        application = apply.draft_application(work, organisation_id, _scope())
        key = application.key
        given = evidence.EvidenceInput(kind="estatuto_o_proyecto", title="Estatuto", filename="e.txt")
        evidence.add_evidence(work, application, given, purify(b"Estatuto"))
    with pytest.raises(Refused) as refused, office.work("coop") as work:
        draft = work.session.get(Application, key)
        assert draft is not None
        apply.submit(work, draft, declaration=False)
    assert refused.value.facts["guard"] == "declaration_made"
    with office.look("coop") as work:
        draft = work.session.get(Application, key)
        assert draft is not None
        assert (draft.state, draft.number, draft.submitted_at) == ("draft", None, None)


def test_submission_without_evidence_is_refused(office: Office) -> None:
    organisation_id = office.register()
    with pytest.raises(Refused) as refused, office.work("coop") as work:
        application = apply.draft_application(work, organisation_id, _scope())
        apply.submit(work, application, declaration=True)
    assert refused.value.facts["guard"] == "documents_listed"


def test_nobody_drafts_for_somebody_elses_collective(office: Office) -> None:
    organisation_id = office.register("coop")
    with pytest.raises(NotAllowed) as denied, office.work("otra") as work:
        apply.draft_application(work, organisation_id, _scope())
    assert denied.value.code == "not_your_organisation"


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "", "string_too_short"),
        ("name", "Nombre\u202eoculto", "hidden_character"),
        ("name", "Dos\nlíneas", "one_line"),
        ("kind", "empresa", "enum"),
        ("municipality", "Montevideo", "municipality_unknown"),
        ("members", 1, "greater_than_equal"),
        ("founded", "ayer", "date_from_datetime_parsing"),
        ("contact_email", "sin arroba", "string_pattern_mismatch"),
    ],
)
def test_an_absurd_field_is_named_with_its_problem(field: str, value: object, code: str) -> None:
    with pytest.raises(InputInvalid) as invalid:
        parse_input(apply.OrganisationInput, {**ORGANISATION, field: value})
    assert [(problem.where, problem.code) for problem in invalid.value.problems] == [(field, code)]


def test_what_comes_along_with_pasted_text_is_taken_out() -> None:
    pasted = {**ORGANISATION, "name": "\ufeffCoope\u00adrativa\u200b Clara"}
    given = parse_input(apply.OrganisationInput, pasted)
    assert given.name == "Cooperativa Clara"


def test_every_problem_is_listed_at_once() -> None:
    with pytest.raises(InputInvalid) as invalid:
        parse_input(
            apply.OrganisationInput, {**ORGANISATION, "members": "x", "women": -1, "role": "administrator"}
        )
    assert {problem.where for problem in invalid.value.problems} == {"members", "women", "role"}


def test_more_women_than_members_is_refused() -> None:
    with pytest.raises(InputInvalid) as invalid:
        parse_input(apply.OrganisationInput, {**ORGANISATION, "women": 7})
    assert invalid.value.problems[0].code == "more_women_than_members"


def test_an_answer_must_cover_every_item(office: Office) -> None:
    number = office.submit()
    with office.work("coord") as work:
        application = office.application(work, number)
        admit.take_up(work, application, admit.TakeUpInput(expediente="2026-1"))
        admit.request_information(work, application, admit.RequestInput(items=["El acta", "El registro"]))
    with pytest.raises(Refused), office.work("coop") as work:
        apply.answer_request(
            work, office.application(work, number), apply.AnswersInput(answers=["Va el acta"])
        )
    with office.work("coop") as work:
        application = office.application(work, number)
        apply.answer_request(work, application, apply.AnswersInput(answers=["Va el acta", "Va el registro"]))
        assert application.state == "in_admissibility"


def test_the_applicant_withdraws_with_a_reason_and_only_before_the_decision(office: Office) -> None:
    number = office.submit()
    with pytest.raises(InputInvalid), office.work("coop") as work:
        apply.withdraw_application(work, office.application(work, number), reason=" ")
    with office.work("coop") as work:
        apply.withdraw_application(work, office.application(work, number), reason="Nos mudamos.")
    with pytest.raises(Refused), office.work("coop") as work:
        apply.withdraw_application(work, office.application(work, number), reason="Otra vez.")


def _scope() -> apply.ScopeInput:
    return apply.ScopeInput(
        scope_kind=apply.ScopeKind.PRODUCTS,
        products=["Miel"],
        process="Extracción en sala propia.",
        site_address="Ruta de Prueba km 40",
        site_municipality="Tala",
    )


@pytest.mark.parametrize(
    ("founded", "code"), [(date(2031, 1, 1), "date_in_future"), (date(1, 1, 1), "date_too_early")]
)
def test_a_collective_was_founded_on_a_day_that_can_be(office: Office, founded: date, code: str) -> None:
    with pytest.raises(InputInvalid) as refused, office.work("coop") as work:
        given = apply.OrganisationInput(
            name="Cooperativa de Prueba (ficticia)",
            kind=apply.CollectiveKind.WORKERS,
            legal_status=True,
            municipality="Pando",
            founded=founded,
            members=12,
            women=7,
            contact_name="Persona de Prueba",
            contact_phone="099 000 000",
            contact_email="prueba@ejemplo.invalid",
        )
        apply.register_organisation(work, given)
    assert [(problem.where, problem.code) for problem in refused.value.problems] == [("founded", code)]
