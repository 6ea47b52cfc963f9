"""Issuing, as stored steps that the worker may repeat: reserve, prepare, lay out, sign, publish.

Each function is one transaction, looks first at what is already stored, and does nothing twice: killed between
any two steps, the job goes on where it stood (docs/decisions/0006).
"""

from datetime import date, timedelta

from certificates import (
    Claims,
    Resolution,
    Signer,
    lay_out_certificate,
    public_code,
    sign_certificate,
    verify,
)
from mcc.actions import journal
from mcc.actions.accept_rules import is_settled
from mcc.actions.authorise import find_amended, refuse_unusable
from mcc.actions.co_holders import name_holders
from mcc.actions.editions import pinned_rubric
from mcc.actions.files import sha256, write_whole
from mcc.actions.numbering import next_certificate_number
from mcc.actions.permissions import require
from mcc.actions.suspend import supersede_covered
from mcc.actions.work import Role, Work
from mcc.clock import add_months
from mcc.db.queries.authorise import authorisation_of
from mcc.db.queries.certify import issuance_of, ledger_entry
from mcc.db.queries.decide import decision_of
from mcc.db.tables import Application, Certificate, Issuance, NumberLedger, Organisation
from mcc.errors import Refused, Unavailable
from mcc.phrases import say

CERTIFICATE_LANGUAGE = "es"


def reserve_number(work: Work, application: Application) -> Issuance:
    """Step 1: give the certificate its number and public code, once; after an appeal, another certificate another one."""
    role = require(work, "issue_certificate", application)
    _require_authorised(work, application)
    present = issuance_of(work.session, application.key)
    if present is not None and (present.step != "published" or application.state != "granted"):
        return present
    if application.state != "granted":
        raise Refused("not_granted", where="application", state=application.state)
    number = next_certificate_number(work.session, work.today.year)
    issuance = Issuance(
        application_id=application.key, number=number, public_code=public_code(work.chance), step="reserved"
    )
    entry = NumberLedger(number=number, application_id=application.key, fate="reserved", reserved_at=work.now)
    work.add(issuance, entry)
    journal.record(
        work, f"issuance:{issuance.id}", "reserve_number", role=role, application=application, number=number
    )
    return issuance


def _require_authorised(work: Work, application: Application) -> None:
    """Whatever step it stands at: no certificate comes about without the signatory's word."""
    if application.state == "granted" and authorisation_of(work.session, application.key) is None:
        raise Refused("not_authorised", where="application", number=application.number)


def prepare_claims(work: Work, application: Application) -> Issuance:
    """Step 2: freeze exactly what the certificate will say."""
    role, issuance = _continue(work, application)
    if issuance.step != "reserved":
        return issuance
    _freeze_claims(work, application, issuance, role)
    return issuance


def _freeze_claims(work: Work, application: Application, issuance: Issuance, role: Role) -> None:
    claims = build_claims(work, application, issuance)
    issuance.claims = claims.model_dump(mode="json")
    issuance.claims_digest = claims.digest()
    issuance.step = "prepared"
    _keep_step(work, application, issuance, role)


def lay_out(work: Work, application: Application) -> Issuance:
    """Step 3: lay the page out and store it, unsigned."""
    role, issuance = _continue(work, application)
    if issuance.step != "prepared":
        return issuance
    _store_page(work, application, issuance, role)
    return issuance


def _store_page(work: Work, application: Application, issuance: Issuance, role: Role) -> None:
    page = lay_out_certificate(Claims.model_validate(issuance.claims))
    write_whole(work.files.prepared(issuance.number), page)
    issuance.layout_digest = sha256(page)
    issuance.step = "laid_out"
    _keep_step(work, application, issuance, role)


def sign(work: Work, application: Application, signer: Signer) -> Issuance:
    """Step 4: sign the page that was prepared, and nothing else; on another day, or when it is lost, it is prepared anew."""
    role, issuance = _continue(work, application)
    if issuance.step != "laid_out":
        return issuance
    _renew_page(work, application, issuance, role)
    page = work.files.prepared(issuance.number).read_bytes()
    if sha256(page) != issuance.layout_digest:
        raise Unavailable("prepared_page_altered", number=issuance.number)
    signed = sign_certificate(page, signer, work.now)
    _require_authentic(work, issuance, signed)
    write_whole(work.files.certificate(issuance.number), signed)
    issuance.pdf_digest = sha256(signed)
    issuance.signed_at = work.now
    issuance.step = "signed"
    _keep_step(work, application, issuance, role)
    return issuance


def _renew_page(work: Work, application: Application, issuance: Issuance, role: Role) -> None:
    """A certificate says the day on which it is signed, however long it waited; a page that is gone is laid out again."""
    stale = Claims.model_validate(issuance.claims).issued_on != work.today
    if stale:
        _freeze_claims(work, application, issuance, role)
    if stale or not work.files.prepared(issuance.number).is_file():
        _store_page(work, application, issuance, role)


def _require_authentic(work: Work, issuance: Issuance, signed: bytes) -> None:
    """What strangers could not verify is not published: a key of another root, a chain with a gap, a seal run out."""
    verdict = verify(signed, work.settings.trust_file, at=work.now, recorded=lambda _digest: True)
    if verdict.verdict != "valid":
        raise Unavailable("signed_not_authentic", number=issuance.number, reason=verdict.reasons[0].code)


def publish(work: Work, application: Application) -> Certificate | None:
    """Step 5: the certificate becomes valid and public, the number is issued; older ones it covers are replaced."""
    role, issuance = _continue(work, application)
    if issuance.step != "signed":
        return None
    claims = Claims.model_validate(issuance.claims)
    issuance.step = "published"
    entry = ledger_entry(work.session, issuance.number)
    assert entry is not None, "reserved together with the issuance"
    entry.fate = "issued"
    work.session.add_all([issuance, entry])
    refuse_unusable(work, application)
    certificate = Certificate(
        issuance_id=issuance.key,
        application_id=application.key,
        organisation_id=application.organisation_id,
        number=issuance.number,
        public_code=issuance.public_code,
        issued_on=claims.issued_on,
        valid_until=claims.valid_until,
    )
    journal.begin(
        work, certificate, role=role, action="publish", number=issuance.number, digest=issuance.pdf_digest
    )
    authorised = authorisation_of(work.session, application.key) is not None
    guards = {
        "agreement_accepted": is_settled(work, application),
        "authorised": authorised,
        "certificate_published": True,
    }
    journal.advance(work, application, "issue", role=role, guards=guards)
    supersede_covered(work, certificate)
    return certificate


def _continue(work: Work, application: Application) -> tuple[Role, Issuance]:
    role = require(work, "issue_certificate", application)
    issuance = issuance_of(work.session, application.key)
    if issuance is None:
        raise Refused("nothing_reserved", where="application")
    _require_authorised(work, application)
    return role, issuance


def _keep_step(work: Work, application: Application, issuance: Issuance, role: Role) -> None:
    work.session.add(issuance)
    digest = issuance.pdf_digest or issuance.layout_digest or issuance.claims_digest
    journal.record(
        work,
        f"issuance:{issuance.id}",
        f"issuance_{issuance.step}",
        role=role,
        application=application,
        number=issuance.number,
        digest=digest,
    )


def _find_end(work: Work, application: Application, months: int) -> date:
    """A certificate that takes the place of another because of a change ends when that one would have ended."""
    replaced = find_amended(work, application)
    if replaced is not None:
        return replaced.valid_until
    return add_months(work.today, months) - timedelta(days=1)


def build_claims(work: Work, application: Application, issuance: Issuance) -> Claims:
    decision = decision_of(work.session, application.key)
    organisation = work.session.get_one(Organisation, application.organisation_id)
    assert decision is not None, "granted by a decision"
    rubric = pinned_rubric(application)
    award = next(award for award in rubric.awards if award.code == decision.award)
    return Claims(
        number=issuance.number,
        public_address=f"{work.settings.public_url}/v/{issuance.public_code}",
        holder=name_holders(work, application, CERTIFICATE_LANGUAGE),
        holder_kind=say(f"kind.{organisation.kind}", CERTIFICATE_LANGUAGE),
        municipality=application.site_municipality,
        products=tuple(application.products),
        process=application.process,
        site=f"{application.site_address}, {application.site_municipality}",
        award=award.code,
        award_label=award.label.in_language(CERTIFICATE_LANGUAGE),
        edition=rubric.id,
        edition_hash=rubric.meaning_hash,
        pilot=rubric.status == "pilot",
        demonstration=work.demonstration,
        expediente=application.expediente or "-",
        resolution=Resolution(
            number=decision.resolution_number, date=decision.resolution_date, authority=decision.authority
        ),
        issued_on=work.today,
        valid_until=_find_end(work, application, award.months_valid),
        issuer=work.settings.issuer,
    )
