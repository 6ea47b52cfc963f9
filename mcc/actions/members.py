"""Who acts for a collective: invited by a link, leaving by themselves, handing over when somebody goes."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from mcc.actions import journal
from mcc.actions.inputs import Input, Line
from mcc.actions.passwords import TOKEN_LETTERS, digest_of
from mcc.actions.permissions import require
from mcc.actions.unseat import free_seats
from mcc.actions.work import Role, Work
from mcc.chance import draw_word
from mcc.db.queries.accounts import grants_of_account, invitation, memberships_of, open_invitations
from mcc.db.tables import Account, Invitation, Membership, Organisation, RoleGrant
from mcc.errors import NotFound, Refused

INVITATION_LASTS = timedelta(days=14)


class Standing(StrEnum):
    REPRESENTATIVE = "representative"
    """Also invites people and hands over."""
    HELPER = "helper"


class InvitationInput(Input):
    name: Line
    standing: Standing = Standing.HELPER


@dataclass(frozen=True)
class Member:
    membership: Membership
    account: Account

    @property
    def standing(self) -> Standing:
        return Standing(self.membership.standing or Standing.REPRESENTATIVE)


def list_members(work: Work, organisation: Organisation) -> list[Member]:
    require(work, "manage_folder", organisation)
    return [Member(*row) for row in memberships_of(work.session, organisation.key)]


def list_invitations(work: Work, organisation: Organisation) -> list[Invitation]:
    require(work, "manage_folder", organisation)
    return list(open_invitations(work.session, organisation.key, work.now))


def invite(work: Work, organisation: Organisation, given: InvitationInput) -> str:
    """A link's token for one person, good for a fortnight; it is shown once, only its digest is kept."""
    role = require(work, "manage_members", organisation)
    token = draw_word(work.chance, TOKEN_LETTERS)
    row = Invitation(
        token_digest=digest_of(token),
        organisation_id=organisation.key,
        standing=given.standing.value,
        invited_name=given.name,
        invited_by=work.actor.key,
        created_at=work.now,
        expires_at=work.now + INVITATION_LASTS,
    )
    work.add(row)
    journal.record(
        work, f"organisation:{organisation.id}", "invite", role=role, standing=given.standing.value
    )
    return token


def take_back_invitation(work: Work, organisation: Organisation, key: int) -> None:
    role = require(work, "manage_members", organisation)
    row = next((item for item in list_invitations(work, organisation) if item.key == key), None)
    if row is None:
        raise NotFound("invitation_unknown", where="invitation")
    row.ended_at = work.now
    work.session.add(row)
    journal.record(work, f"organisation:{organisation.id}", "take_back_invitation", role=role)


def find_invitation(work: Work, token: str) -> tuple[Invitation, Organisation]:
    """One that can be accepted now. Raises NotFound with the same answer for any other."""
    row = invitation(work.session, digest_of(token))
    if row is None or row.accepted_at is not None or row.ended_at is not None or row.expires_at <= work.now:
        raise NotFound("invitation_unknown", where="address")
    organisation = work.session.get_one(Organisation, row.organisation_id)
    return row, organisation


def accept_invitation(work: Work, token: str) -> Organisation:
    """Join; whoever has other roles at the office becomes an applicant too, and loses sight of what is their own now."""
    row, organisation = find_invitation(work, token)
    if organisation.key in work.actor.organisations:
        raise Refused("already_a_member", where="invitation")
    row.accepted_by, row.accepted_at = work.actor.key, work.now
    work.session.add(row)
    work.add(
        Membership(
            account_id=work.actor.key,
            organisation_id=organisation.key,
            since=work.now,
            standing=row.standing,
        )
    )
    granted = {grant.role for grant in grants_of_account(work.session, work.actor.key)}
    if Role.APPLICANT.value not in granted:
        work.add(RoleGrant(account_id=work.actor.key, role=Role.APPLICANT.value, granted_at=work.now))
    journal.record(work, f"organisation:{organisation.id}", "accept_invitation", role=Role.APPLICANT)
    free_seats(work, work.actor.key)
    return organisation


def end_membership(work: Work, organisation: Organisation, account_id: int) -> None:
    """Somebody leaves, or is taken off. Raises Refused when nobody would be left to represent the collective."""
    members = list_members(work, organisation)
    leaving = next((item for item in members if item.account.key == account_id), None)
    if leaving is None:
        raise NotFound("member_unknown", where="member")
    action = "leave_organisation" if account_id == work.actor.account_id else "manage_members"
    role = require(work, action, organisation)
    _keep_a_representative(members, leaving)
    for item in members:
        if item.account.key == account_id:
            item.membership.ended_at = work.now
            work.session.add(item.membership)
    journal.record(work, f"organisation:{organisation.id}", "end_membership", role=role, account=account_id)


def change_standing(work: Work, organisation: Organisation, account_id: int, standing: Standing) -> None:
    """Hand over: somebody else represents the collective, or no longer does."""
    role = require(work, "manage_members", organisation)
    members = list_members(work, organisation)
    member = next((item for item in members if item.account.key == account_id), None)
    if member is None:
        raise NotFound("member_unknown", where="member")
    if standing == Standing.HELPER:
        _keep_a_representative(members, member)
    member.membership.standing = standing.value
    work.session.add(member.membership)
    journal.record(
        work,
        f"organisation:{organisation.id}",
        "change_standing",
        role=role,
        account=account_id,
        standing=standing.value,
    )


def _keep_a_representative(members: list[Member], leaving: Member) -> None:
    others = [
        item
        for item in members
        if item.account.key != leaving.account.key and item.standing == Standing.REPRESENTATIVE
    ]
    if leaving.standing == Standing.REPRESENTATIVE and not others:
        raise Refused("last_representative", where="member")
