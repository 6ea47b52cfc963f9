"""The whole file as one PDF: everything material is in it, on numbered leaves, for those who may see all of it."""

import subprocess
from pathlib import Path

import pytest

from mcc.actions import apply, bind, evidence, suspend
from mcc.actions.accounts import join_organisation
from mcc.actions.bind import Bound
from mcc.actions.uploads import purify
from mcc.actions.work import SYSTEM
from mcc.db.queries.journal import events_of_application
from mcc.errors import NotAllowed, Refused
from tests.mcc.actions.test_appeal import ENOUGH, denied, file, resolve, study
from tests.office import Office


def bind_file(office: Office, number: str, username: str = "coord") -> Bound:
    with office.work(username) as work:
        return bind.bind_file(work, office.application(work, number))


def read(bound: Bound, tmp_path: Path) -> list[str]:
    """The text of each leaf, in one line."""
    path = tmp_path / "bound.pdf"
    path.write_bytes(bound.pdf)
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
    return [" ".join(page.split()) for page in told.stdout.split("\f")][: bound.leaves]


def test_every_leaf_is_numbered_and_the_index_leads_to_the_right_ones(office: Office, tmp_path: Path) -> None:
    number = office.issued()
    bound = bind_file(office, number)
    leaves = read(bound, tmp_path)
    assert [leaf.startswith(f"Foja {place} de {bound.leaves}") for place, leaf in enumerate(leaves, 1)] == [
        True
    ] * bound.leaves
    front = leaves[0]
    for title in ("La solicitud", "La evaluación", "La historia", "Informe"):
        start = int(front.partition(f": {title}")[0].rpartition("Foja ")[2])
        assert title in leaves[start - 1], (title, start)
        assert title not in leaves[start - 2].partition("Marca Cooperativa")[2] or start == 2


def test_everything_that_was_recorded_is_in_it(office: Office, tmp_path: Path) -> None:
    number = denied(office)
    receipt = file(office, number)
    study(office, receipt)
    resolve(office, receipt, **ENOUGH)
    office.review(number)
    office.decide(number)
    office.issue(number)
    office.carry(number, suspend.suspend, "Venció la habilitación.")
    text = " ".join(read(bind_file(office, number, "audita"), tmp_path))
    for told in (
        "Cooperativa de Prueba (ficticia)",
        "Queso colonia",
        "Estatuto de prueba",
        "Planilla de Eval.1",
        "Visto.",
        "Recorrida completa.",
        "Completo y coherente.",
        "No alcanza.",
        "Entendido.",
        "26/00001",
        "El acta muestra más de lo que se vio.",
        "El acta lo muestra.",
        "Venció la habilitación.",
        "Lo vamos a corregir.",
        "MCC-2026-000001-G",
        "Se presentó la solicitud",
    ):
        assert told in text, told


def test_what_no_page_can_show_is_named_with_its_digest(office: Office, tmp_path: Path) -> None:
    key = office.draft()
    with office.work("coop") as work:
        application = office.open_draft(work, key)
        given = evidence.EvidenceInput(kind="acta_asamblea", title="Roto", filename="roto.pdf")
        item = evidence.add_evidence(work, application, given, purify(b"%PDF-1.7\nroto"))
        code, digest = item.code, item.digest or ""
    with office.work("coop") as work:
        apply.submit(work, office.open_draft(work, key), declaration=True)
        number = office.open_draft(work, key).number or ""
    bound = bind_file(office, number)
    assert bound.kept_out == (code,)
    assert digest in "".join("".join(leaf.split()) for leaf in read(bound, tmp_path))


def test_that_a_copy_was_made_is_written_down(office: Office) -> None:
    number = office.submit()
    bound = bind_file(office, number)
    with office.look("audita") as work:
        events = events_of_application(work.session, office.application(work, number).key)
        last = events[-1][0]
        assert (last.action, last.facts["leaves"]) == ("bind_file", bound.leaves)


@pytest.mark.parametrize("username", ["coop", "otra", "eval.1", "revisa", "comite", "admin", "firma"])
def test_it_is_for_the_office_and_for_whoever_audits(office: Office, username: str) -> None:
    number = office.submit()
    with pytest.raises(NotAllowed):
        bind_file(office, number, username)


def test_whoever_belongs_to_the_collective_gets_none(office: Office) -> None:
    number = office.submit()
    with office.installation.work(SYSTEM) as work:
        join_organisation(work, "coord", office.application(work, number).organisation_id)
    with pytest.raises(NotAllowed):
        bind_file(office, number)


def test_a_draft_has_none(office: Office) -> None:
    key = office.draft()
    with pytest.raises((Refused, NotAllowed)), office.work("audita") as work:
        bind.bind_file(work, office.open_draft(work, key))
