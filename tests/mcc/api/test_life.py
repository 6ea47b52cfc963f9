"""One life over HTTP alone: from the collective to the certificate that a stranger checks."""

from starlette.testclient import TestClient

from mcc.actions.editions import current_rubric
from tests.mcc.actions.test_appeal import ENOUGH, PANEL, denied
from tests.mcc.api.conftest import Ask
from tests.mcc.api.test_asking import ORGANISATION
from tests.office import Office

SCOPE = {
    "scope_kind": "products",
    "products": ["Queso colonia"],
    "process": "Elaboración artesanal con leche propia.",
    "site_address": "Camino de Prueba 123",
    "site_municipality": "Pando",
}


def done(
    client: TestClient, method: str, path: str, body: object = None, status: int = 200
) -> dict[str, object]:
    answer = client.request(method, path, json=body)
    assert answer.status_code == status, answer.text
    found: dict[str, object] = answer.json()
    return found


def submit(coop: TestClient) -> str:
    organisation = done(coop, "POST", "/organisations", ORGANISATION, 201)["id"]
    draft = done(coop, "POST", f"/organisations/{organisation}/applications", SCOPE, 201)["id"]
    answer = coop.post(
        f"/applications/{draft}/evidence",
        data={"kind": "acta_asamblea", "title": "Acta de asamblea"},
        files={"file": ("acta.txt", b"Acta de prueba", "text/plain")},
    )
    assert (answer.status_code, answer.json()["code"], answer.json()["filename"]) == (201, "E1", "acta.txt")
    assert coop.get(f"/applications/{draft}/evidence/E1/file").content == b"Acta de prueba"
    receipt = done(coop, "POST", f"/applications/{draft}/submit", {"declaration": True})
    status = done(coop, "POST", "/receipts/status", {"receipt": receipt["receipt"]})
    assert status["number"] == receipt["number"]
    return str(receipt["number"])


def admit_and_seat(ask: Ask, number: str) -> None:
    coord = ask("coord")
    done(coord, "POST", f"/applications/{number}/take-up", {"expediente": "2026-81-1010-00001"})
    done(coord, "POST", f"/applications/{number}/admit", {"eligible": True})
    for dimension in current_rubric().dimensions:
        for evaluator, seat in (("eval.1", "first"), ("eval.2", "second")):
            body = {"dimension": dimension.id, "evaluator": evaluator, "seat": seat}
            done(coord, "POST", f"/applications/{number}/assignments", body, 201)
    for evaluator in ("eval.1", "eval.2"):
        client = ask(evaluator)
        for seat in client.get("/assignments").json():
            done(client, "POST", f"/assignments/{seat['id']}/accept", {"no_conflict": True})
    done(ask("coop"), "POST", f"/applications/{number}/accept-team")
    done(coord, "POST", f"/applications/{number}/begin-evaluation")


def score(client: TestClient, level: int = 3, **special: int) -> None:
    for seat in client.get("/assignments").json():
        sheet = client.get(f"/assignments/{seat['id']}").json()
        scores = {
            indicator: {"level": special.get(indicator, level), "note": "Visto.", "evidence": ["E1"]}
            for indicator in sheet["indicators"]
        }
        done(client, "PUT", f"/assignments/{seat['id']}/scores", {"scores": scores})
        assert client.get(f"/assignments/{seat['id']}").json()["missing"] == []
        done(client, "POST", f"/assignments/{seat['id']}/lock")


def test_an_application_becomes_a_certificate_that_a_stranger_checks(office: Office, ask: Ask) -> None:
    number = submit(ask("coop"))
    admit_and_seat(ask, number)
    visit = {"on": "2026-08-03", "place": "Pando", "people": 6, "summary": "Recorrida completa."}
    done(ask("eval.1"), "POST", f"/applications/{number}/visit", visit, 201)
    score(ask("eval.1"))
    score(ask("eval.2"), PAR2=2)
    first, second = ask("eval.1"), ask("eval.2")
    dimension = f"/applications/{number}/dimensions/participation"
    (difference,) = first.get(dimension).json()["differences"]
    assert (difference["first"], difference["second"], difference["discussed"]) == (3, 2, False)
    levels = {"levels": {"PAR2": {"level": 3, "reason": "Acta vista de nuevo."}}}
    done(first, "PUT", f"{dimension}/levels", levels)
    done(second, "POST", f"{dimension}/confirm")
    done(ask("revisa"), "POST", f"/applications/{number}/send-to-decision", {"notes": "Completo."})
    committee = ask("comite")
    assessment = done(committee, "GET", f"/applications/{number}/assessment")
    assert (assessment["total"], assessment["award"]) == ("75.0000", "granted")
    decision = {
        "award": "granted",
        "resolution_number": "26/00001",
        "resolution_date": "2026-08-03",
        "authority": "Comité de Decisión de la Marca",
        "reasons": "Según el informe.",
    }
    vote = {"award": "granted", "reasons": "Según el informe."}
    assert done(committee, "PUT", f"/applications/{number}/vote", vote)["cast"] is True
    assert done(ask("comite.2"), "GET", f"/applications/{number}/votes")["award"] is None
    done(ask("comite.2"), "PUT", f"/applications/{number}/vote", vote)
    counted = done(committee, "GET", f"/applications/{number}/votes")
    assert (counted["award"], counted["absent"]) == ("granted", ["inacoop"])
    assert done(committee, "POST", f"/applications/{number}/decision", decision, 201)["state"] == "granted"
    assert ask("firma").get("/signing-queue").json() == []
    accepted = {"name": "Ana Prueba", "accepted": True}
    done(ask("coop"), "POST", f"/applications/{number}/accept-rules", accepted)
    (waiting,) = ask("firma").get("/signing-queue").json()
    assert (waiting["number"], waiting["award"]) == (number, "granted")
    signed = ask("firma").post(f"/applications/{number}/authorise-issue", json={})
    assert signed.status_code == 204
    assert office.installation.jobs.ordered == [1]  # type: ignore[attr-defined]
    office.take_steps(number)
    check_as_stranger(ask, number)


def check_as_stranger(ask: Ask, number: str) -> None:
    standing = ask("coop").get(f"/applications/{number}").json()["standing"]
    assert (standing["state"], standing["certificate_state"]) == ("issued", "valid")
    stranger = ask(None)
    status = done(stranger, "GET", f"/certificates/{standing['certificate_code']}")
    assert (status["state"], status["good"], status["award"]) == ("valid", True, "granted")
    assert done(stranger, "GET", f"/certificates/by-number/{str(status['number']).lower()}") == status
    pdf = stranger.get(f"/certificates/{standing['certificate_code']}/file")
    assert pdf.headers["Content-Type"] == "application/pdf"
    verdict = stranger.post("/certificates/verify", files={"file": ("certificado.pdf", pdf.content)}).json()
    assert (verdict["verdict"], verdict["status"], verdict["certificate"]) == ("valid", "valid", status)
    changed = pdf.content[:-1] + bytes([pdf.content[-1] ^ 1])
    verdict = stranger.post("/certificates/verify", files={"file": ("certificado.pdf", changed)}).json()
    assert (verdict["verdict"], verdict["status"], verdict["certificate"]) == ("invalid", None, None)
    assert all("verdict." not in reason["detail"] for reason in verdict["reasons"])


def put_to_committee(ask: Ask, printed: str, measure: str) -> None:
    """Proposed by the office, answered by the holder where it is adverse, voted by two institutions."""
    address = f"/certificates/{printed}/motion"
    done(ask("coord"), "POST", address, {"measure": measure, "reason": "Motivo."})
    if done(ask("coop"), "GET", address)["hearing_until"] is not None:
        done(ask("coop"), "POST", f"{address}/answer", {"answer": "Está en trámite."})
    for member in ("comite", "comite.2"):
        done(ask(member), "POST", f"{address}/vote", {"in_favour": True, "reasons": "Según lo visto."})


def test_a_suspension_is_public_at_once(office: Office, ask: Ask) -> None:
    number = office.issued()
    with office.look("audita") as work:
        certificate = office.certificate(work, number)
        code, printed = certificate.public_code, certificate.number
    reason = {"reason": "Falta renovar una habilitación."}
    early = ask("comite").post(f"/certificates/{printed}/suspend", json=reason)
    assert (early.status_code, early.json()["error"]) == (409, "guard_failed")
    put_to_committee(ask, printed, "suspend")
    assert done(ask("comite"), "POST", f"/certificates/{printed}/suspend", reason)["state"] == "suspended"
    status = done(ask(None), "GET", f"/certificates/{code}")
    assert (status["state"], status["good"], status["state_reason"]) == ("suspended", False, reason["reason"])
    put_to_committee(ask, printed, "reinstate")
    done(ask("comite"), "POST", f"/certificates/{printed}/reinstate", {"reason": "Se renovó."})
    assert done(ask(None), "GET", f"/certificates/{code}")["state"] == "valid"


def test_a_file_that_is_no_pdf_is_invalid_and_never_an_error(ask: Ask) -> None:
    answer = ask(None).post("/certificates/verify", files={"file": ("x.pdf", b"hola")})
    assert (answer.status_code, answer.json()["verdict"]) == (200, "invalid")


def test_an_empty_file_is_refused(ask: Ask) -> None:
    answer = ask(None).post("/certificates/verify", files={"file": ("x.pdf", b"")})
    assert (answer.status_code, answer.json()["problems"][0]["error"]) == (422, "file_missing")


def test_the_edition_in_use_is_public(ask: Ask) -> None:
    edition = done(ask(None), "GET", "/editions/current")
    assert edition["hash"] == current_rubric().meaning_hash


def test_deciding_twice_is_refused_the_second_time(office: Office, ask: Ask) -> None:
    number = office.in_decision()
    office.vote(number)
    decision = {
        "award": "granted",
        "resolution_number": "26/00001",
        "resolution_date": "2026-08-03",
        "authority": "Comité",
        "reasons": "Según el informe.",
    }
    done(ask("comite"), "POST", f"/applications/{number}/decision", decision, 201)
    again = done(ask("comite.2"), "POST", f"/applications/{number}/decision", decision, 409)
    assert (again["error"], again["where"]) == ("not_from_this_state", "application")


def test_the_result_is_not_shown_before_the_evaluation_has_ended(office: Office, ask: Ask) -> None:
    number = office.submit()
    office.admit(number)
    assert (
        done(ask("coord"), "GET", f"/applications/{number}/assessment", status=409)["error"]
        == "evaluation_open"
    )


def test_a_third_evaluator_does_not_see_the_sheets_of_the_others(office: Office, ask: Ask) -> None:
    number = office.submit()
    office.admit(number)
    office.begin(number)
    answer = ask("eval.3").get(f"/applications/{number}/dimensions/participation")
    assert answer.status_code == 404


def test_before_both_have_locked_nobody_sees_a_difference(office: Office, ask: Ask) -> None:
    number = office.submit()
    office.admit(number)
    office.begin(number)
    office.score(number, "eval.1")
    for person in ("eval.1", "eval.2", "coord"):
        dimension = done(ask(person), "GET", f"/applications/{number}/dimensions/participation")
        assert dimension == {"state": "open", "compared": False, "differences": []}


def test_an_appeal_a_correction_and_a_renewal_go_through_the_api(office: Office, ask: Ask) -> None:
    number = denied(office)
    desk, panel = ask("coord"), ask(PANEL)
    told = {"means": "mail", "told": "Persona de Prueba", "told_on": "2026-08-03"}
    done(desk, "POST", f"/applications/{number}/record-notification", told)
    receipt = done(ask("coop"), "POST", f"/applications/{number}/file-appeal", {"words": "El acta."})[
        "receipt"
    ]
    assert done(desk, "GET", f"/cases/{receipt}")["moves"] == ["acknowledge"]
    done(desk, "POST", f"/cases/{receipt}/move/acknowledge", {})
    for action in ("accept_case", "investigate"):
        done(panel, "POST", f"/cases/{receipt}/move/{action}", {})
    corrected = {code: {"level": level, "reason": "El acta."} for code, level in ENOUGH.items()}
    outcome = {"outcome": "upheld", "words": "Lo vimos.", "corrected": corrected}
    assert done(panel, "POST", f"/cases/{receipt}/resolve-appeal", outcome)["state"] == "resolved"
    assert [row["outcome"] for row in desk.get("/cases").json()] == ["upheld"]
    with office.look("coord") as work:
        assert office.application(work, number).state == "in_review"


def test_what_is_asked_to_be_put_right_and_a_second_attempt_go_through_the_api(
    office: Office, ask: Ask
) -> None:
    number = office.reach("in_review", level=3, DEC1=1)
    asked = {"indicators": ["DEC1"], "asks": "El reglamento escrito."}
    done(ask("revisa"), "POST", f"/applications/{number}/require-correction", asked)
    early = ask("coop").post(f"/applications/{number}/finish-correction")
    assert (early.status_code, early.json()["error"]) == (409, "guard_failed")
    adverse = office.drive("in_decision", "otra", level=2)
    office.decide(adverse, "on_the_way")
    draft = done(ask("otra"), "POST", f"/applications/{adverse}/begin-another", None, 201)["reference"]
    with office.look("otra") as work:
        assert office.open_draft(work, int(str(draft))).state == "draft"


def test_a_sample_is_opened_and_closed_through_the_api(office: Office, ask: Ask) -> None:
    number = office.issued()
    with office.look("audita") as work:
        printed = office.certificate(work, number).number
    done(
        ask("coord"),
        "POST",
        f"/certificates/{printed}/open-surveillance",
        {"cause": "sample", "reason": "Sorteo."},
    )
    found = {code: {"holds": True, "note": "Visto."} for code in current_rubric().critical}
    assert done(ask("revisa"), "POST", f"/certificates/{printed}/recheck", found) == {"holds": True}
    early = ask("coop").post(f"/certificates/{printed}/begin-renewal")
    assert (early.status_code, early.json()["error"]) == (409, "renewal_not_open")


def test_advice_is_recorded_and_struck_out_through_the_api(office: Office, ask: Ask) -> None:
    office.register()
    given = {
        "organisation": 1,
        "username": "eval.1",
        "kind": "tailored",
        "given_on": "2026-08-03",
        "words": "Plan.",
    }
    key = done(ask("coord"), "POST", "/assistance", given, 201)["id"]
    assert [row["username"] for row in ask("coord").get("/assistance").json()] == ["eval.1"]
    assert ask("coord").post(f"/assistance/{key}/strike").status_code == 204
    assert ask("coord").get("/assistance").json() == []
