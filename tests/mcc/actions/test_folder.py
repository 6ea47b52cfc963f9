"""The folder: papers kept once, warned about in time, used by every application, never lost by one that used them."""

import zipfile
from datetime import date
from io import BytesIO

import pytest

from mcc.actions import folder
from mcc.actions.evidence import read_evidence
from mcc.actions.folder import DocumentInput, Freshness, judge_freshness
from mcc.actions.uploads import purify
from mcc.actions.work import Work
from mcc.db.queries.apply import evidence_of
from mcc.db.tables import FolderDocument, Organisation
from mcc.errors import InputInvalid, NotAllowed, NotFound, Unavailable
from tests.mcc.pictures import picture
from tests.office import Office

TODAY = date(2026, 8, 3)


def own(work: Work, key: int) -> Organisation:
    return folder.find_folder(work, key)


def put(work: Work, key: int, document: str = "statute", expires_on: date | None = None) -> FolderDocument:
    given = DocumentInput(document=document, filename="foto.jpg", expires_on=expires_on, title="Papel")
    return folder.add_document(work, own(work, key), given, purify(picture()))


@pytest.mark.parametrize(
    ("expires_on", "expected"),
    [
        (None, Freshness.GOOD),
        (date(2026, 9, 3), Freshness.GOOD),
        (date(2026, 9, 2), Freshness.SOON),
        (date(2026, 8, 3), Freshness.SOON),
        (date(2026, 8, 2), Freshness.EXPIRED),
    ],
)
def test_a_paper_is_warned_about_a_month_before_it_expires(
    expires_on: date | None, expected: Freshness
) -> None:
    assert judge_freshness(expires_on, TODAY) == expected


def test_what_expires_first_comes_first(office: Office) -> None:
    key = office.register()
    with office.work("coop") as work:
        put(work, key, "statute")
        put(work, key, "tax_certificate", date(2027, 1, 1))
        put(work, key, "authorities", date(2026, 9, 1))
    with office.look("coop") as work:
        assert [paper.row.document for paper in folder.list_papers(work, own(work, key))] == [
            "authorities",
            "tax_certificate",
            "statute",
        ]


def test_a_folder_is_for_its_own_people_only(office: Office) -> None:
    key = office.register()
    for stranger in ("otra", "coord", "audita", "eval.1"):
        with office.look(stranger) as work, pytest.raises(NotFound):
            folder.find_folder(work, key)
    with office.look("coord") as work:
        organisation = work.session.get(Organisation, key)
        assert organisation is not None
        with pytest.raises(NotAllowed):
            folder.list_papers(work, organisation)


def test_a_paper_is_used_by_an_application_once(office: Office) -> None:
    key_of_draft = office.draft()
    with office.work("coop") as work:
        application = office.open_draft(work, key_of_draft)
        paper = put(work, application.organisation_id)
        first = folder.use_in_application(work, application, paper)
        assert folder.use_in_application(work, application, paper) is first
        assert (first.kind, first.digest, first.document) == ("statute_or_bylaws", paper.digest, "statute")


def test_an_application_keeps_a_paper_that_was_replaced(office: Office) -> None:
    key_of_draft = office.draft()
    with office.work("coop") as work:
        application = office.open_draft(work, key_of_draft)
        key = application.organisation_id
        old = put(work, key)
        code = folder.use_in_application(work, application, old).code
        given = DocumentInput(document="statute", filename="nuevo.png", title="Nuevo")
        new = folder.add_document(work, own(work, key), given, purify(picture("PNG")), replaces=old)
        assert [paper.row.key for paper in folder.list_papers(work, own(work, key))] == [new.key]
        assert read_evidence(work, application, code)[0].digest == old.digest
        with pytest.raises(NotFound):
            folder.find_paper(work, own(work, key), old.key)


def test_a_paper_that_is_taken_out_stays_where_it_was_used(office: Office) -> None:
    key_of_draft = office.draft()
    with office.work("coop") as work:
        application = office.open_draft(work, key_of_draft)
        paper = put(work, application.organisation_id)
        folder.use_in_application(work, application, paper)
        folder.take_out(work, own(work, application.organisation_id), paper)
        assert folder.list_papers(work, own(work, application.organisation_id)) == []
        assert (
            len([item for item in evidence_of(work.session, application.key) if item.folder_document_id]) == 1
        )


def test_everything_that_counts_is_bundled(office: Office) -> None:
    key = office.register()
    with office.work("coop") as work:
        put(work, key, "statute")
        put(work, key, "authorities", date(2026, 8, 1))
        with zipfile.ZipFile(BytesIO(folder.bundle(work, own(work, key)))) as archive:
            assert archive.namelist() == ["02 Papel.jpg"]
            assert archive.read("02 Papel.jpg")[:3] == b"\xff\xd8\xff"


def test_a_paper_that_was_changed_on_disk_is_not_handed_out(office: Office) -> None:
    key = office.register()
    with office.work("coop") as work:
        paper = put(work, key)
        work.files.evidence(paper.digest).write_bytes(b"otra cosa")
        with pytest.raises(Unavailable):
            folder.read_paper(work, paper)
        work.files.evidence(paper.digest).unlink()
        with pytest.raises(Unavailable):
            folder.read_paper(work, paper)


def test_another_paper_needs_a_name_and_an_unknown_one_is_refused(office: Office) -> None:
    key = office.register()
    with office.work("coop") as work:
        for given, field in (
            (DocumentInput(document="other", filename="a.jpg"), "title"),
            (DocumentInput(document="atlantis", filename="a.jpg"), "document"),
        ):
            with pytest.raises(InputInvalid) as refused:
                folder.add_document(work, own(work, key), given, purify(picture()))
            assert refused.value.problems[0].where == field
