"""Every table, a file for each feature; importing this package registers them all."""

from mcc.db.tables.accept_rules import UseAgreement
from mcc.db.tables.accounts import (
    Account,
    ApiKey,
    Invitation,
    LoginSession,
    Membership,
    PasswordReset,
    RoleGrant,
    SecondStep,
)
from mcc.db.tables.amend import Amendment
from mcc.db.tables.appeal import AppealFinding, Notification
from mcc.db.tables.apply import (
    Application,
    EvidenceItem,
    InformationRequest,
    Organisation,
    SelfScore,
)
from mcc.db.tables.assist import Assistance
from mcc.db.tables.authorise import Authorisation
from mcc.db.tables.base import Living, Material
from mcc.db.tables.cases import Case
from mcc.db.tables.certify import Certificate, Issuance, NumberCounter, NumberLedger
from mcc.db.tables.co_holders import CoHolder
from mcc.db.tables.correct import Correction
from mcc.db.tables.decide import Decision, Review
from mcc.db.tables.evaluate import (
    Assignment,
    DimensionEvaluation,
    Discussion,
    EvidenceRequest,
    FinalLevel,
    NotApplicable,
    Score,
)
from mcc.db.tables.folder import FolderDocument
from mcc.db.tables.hear import Hearing
from mcc.db.tables.improve import FollowUp, ImprovementStep
from mcc.db.tables.installation import InstallationRecord
from mcc.db.tables.journal import Event, EventWords, Seal
from mcc.db.tables.mandates import Mandate, Recusal
from mcc.db.tables.motion import Motion, MotionVote
from mcc.db.tables.notify import Notice
from mcc.db.tables.publish import PublicPage
from mcc.db.tables.renew import Continuation
from mcc.db.tables.sending import SentForm
from mcc.db.tables.staff import Safeguard
from mcc.db.tables.support import SupportOffer
from mcc.db.tables.surveil import Surveillance
from mcc.db.tables.visit import Interview, Visit, VisitPlan, VisitSignature
from mcc.db.tables.vote import Vote

__all__ = [
    "Account",
    "Amendment",
    "ApiKey",
    "AppealFinding",
    "Application",
    "Assignment",
    "Assistance",
    "Authorisation",
    "Case",
    "Certificate",
    "CoHolder",
    "Continuation",
    "Correction",
    "Decision",
    "DimensionEvaluation",
    "Discussion",
    "Event",
    "EventWords",
    "EvidenceItem",
    "EvidenceRequest",
    "FinalLevel",
    "FolderDocument",
    "FollowUp",
    "Hearing",
    "ImprovementStep",
    "InformationRequest",
    "InstallationRecord",
    "Interview",
    "Invitation",
    "Issuance",
    "Living",
    "LoginSession",
    "Mandate",
    "Material",
    "Membership",
    "Motion",
    "MotionVote",
    "NotApplicable",
    "Notice",
    "Notification",
    "NumberCounter",
    "NumberLedger",
    "Organisation",
    "PasswordReset",
    "PublicPage",
    "Recusal",
    "Review",
    "RoleGrant",
    "Safeguard",
    "Score",
    "Seal",
    "SecondStep",
    "SelfScore",
    "SentForm",
    "SupportOffer",
    "Surveillance",
    "UseAgreement",
    "Visit",
    "VisitPlan",
    "VisitSignature",
    "Vote",
]
