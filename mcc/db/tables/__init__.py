"""Every table, a file for each feature; importing this package registers them all."""

from mcc.db.tables.accounts import Account, ApiKey, LoginSession, Membership, RoleGrant
from mcc.db.tables.apply import Application, EvidenceItem, InformationRequest, Organisation
from mcc.db.tables.base import Living, Material
from mcc.db.tables.certify import Certificate, Issuance, NumberCounter, NumberLedger
from mcc.db.tables.decide import Decision, Review
from mcc.db.tables.evaluate import (
    Assignment,
    DimensionEvaluation,
    Discussion,
    FinalLevel,
    NotApplicable,
    Score,
    Visit,
)
from mcc.db.tables.installation import InstallationRecord
from mcc.db.tables.journal import Event, EventWords, Seal

__all__ = [
    "Account",
    "ApiKey",
    "Application",
    "Assignment",
    "Certificate",
    "Decision",
    "DimensionEvaluation",
    "Discussion",
    "Event",
    "EventWords",
    "EvidenceItem",
    "FinalLevel",
    "InformationRequest",
    "InstallationRecord",
    "Issuance",
    "Living",
    "LoginSession",
    "Material",
    "Membership",
    "NotApplicable",
    "NumberCounter",
    "NumberLedger",
    "Organisation",
    "Review",
    "RoleGrant",
    "Score",
    "Seal",
    "Visit",
]
