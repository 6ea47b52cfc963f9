"""Evidence: what may be taken back, by whom and until when."""

import pytest

from mcc.actions import admit, apply, evidence
from mcc.actions.uploads import purify
from mcc.errors import Refused
from tests.office import Office


def test_what_a_locked_sheet_rests_on_is_not_taken_back_at_the_counter(office: Office) -> None:
    """Of a file that the office typed in: taken back while it is the collective's turn, not while it is evaluated."""
    key = office.draft("coord", office.register("coord", name="Del mostrador (ficticia)"))
    with office.work("coord") as work:
        evidence.take_back_evidence(work, office.open_draft(work, key), "E2")
        application = office.open_draft(work, key)
        apply.submit(work, application, declaration=True)
        number = application.number or ""
    office.admit(number)
    office.pass_days(1)
    with office.work("coord") as work:
        late = evidence.EvidenceInput(code="E9", kind="acta_asamblea", title="Nueva", filename="n.txt")
        evidence.add_evidence(work, office.application(work, number), late, purify(b"texto"))
    office.begin(number)
    with office.work("coord") as work, pytest.raises(Refused) as refused:
        evidence.take_back_evidence(work, office.application(work, number), "E9")
    assert refused.value.code == "evidence_closed"


def test_what_was_handed_in_is_not_taken_back_when_more_is_asked_for(office: Office) -> None:
    number = office.submit()
    office.pass_days(1)
    with office.work("coord") as work:
        application = office.application(work, number)
        admit.take_up(work, application, admit.TakeUpInput(expediente="2026-81-1010-00001"))
        admit.request_information(work, application, admit.RequestInput(items=["El acta"]))
    with office.work("coop") as work:
        application = office.application(work, number)
        given = evidence.EvidenceInput(code="E9", kind="acta_asamblea", title="Acta", filename="n.txt")
        evidence.add_evidence(work, application, given, purify(b"texto"))
        evidence.take_back_evidence(work, application, "E9")
        with pytest.raises(Refused) as refused:
            evidence.take_back_evidence(work, application, "E1")
    assert refused.value.code == "evidence_was_submitted"
