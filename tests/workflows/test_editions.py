"""The published workflows: the names that others rely on, and the claims of the process that hold in any state."""

import pytest

from workflows import EDITIONS, Workflow, load_workflow, moves_from

STATES = {
    "application": "draft submitted in_admissibility info_requested inadmissible archived admitted in_evaluation "
    "corrective_action in_review in_hearing in_decision granted on_the_way denied issued lapsed withdrawn_by_applicant",
    "assignment": "assigned conflict_declared relieved in_progress awaiting_evidence scored",
    "dimension": "open consensus divergent closed reopened",
    "certificate": "valid surveillance extended suspended withdrawn relinquished expired superseded",
    "case": "filed acknowledged admissible rejected under_investigation resolved closed",
}
FINAL_CERTIFICATE = {"withdrawn", "relinquished", "expired", "superseded"}
LANGUAGES = ("es", "en", "pt")


@pytest.mark.parametrize("life", EDITIONS)
def test_every_state_has_the_name_that_others_rely_on(life: str) -> None:
    assert set(load_workflow(life).states) == set(STATES[life].split())


@pytest.mark.parametrize("life", EDITIONS)
def test_every_label_is_said_in_three_languages(life: str) -> None:
    workflow = load_workflow(life)
    labels = [workflow.title, *workflow.roles.values(), *workflow.guards.values()]
    labels += [state.label for state in workflow.states.values()] + [move.label for move in workflow.moves]
    assert all(label.in_language(language).strip() for label in labels for language in LANGUAGES)
    assert workflow.title.in_language("xx") == workflow.title.es


@pytest.mark.parametrize("life", EDITIONS)
def test_every_role_and_every_guard_is_used(life: str) -> None:
    workflow = load_workflow(life)
    used = {role for move in workflow.moves for role in move.roles}
    used |= {state.holder for state in workflow.states.values() if state.holder is not None}
    assert used == set(workflow.roles)
    assert {guard for move in workflow.moves for guard in move.guards} == set(workflow.guards)


@pytest.mark.parametrize("life", EDITIONS)
def test_nothing_gets_stuck(life: str) -> None:
    """From every state some way leads to a state that is an end, or that rests (nobody holds it)."""
    workflow = load_workflow(life)
    ends = {code for code, state in workflow.states.items() if state.final or state.holder is None}
    assert ends
    while True:
        more = {source for move in workflow.moves if move.to in ends for source in move.from_states} - ends
        if not more:
            break
        ends |= more
    assert ends == set(workflow.states)


def ways(workflow: Workflow, state: str) -> dict[str, str]:
    return {move.action: move.to for move in moves_from(workflow, state)}


@pytest.mark.parametrize("state", sorted(set(STATES["certificate"].split()) - FINAL_CERTIFICATE))
def test_a_certificate_that_lives_can_always_end(state: str) -> None:
    endings = ways(load_workflow("certificate"), state)
    assert {"withdraw", "relinquish", "expire", "supersede"} <= endings.keys()
    assert "suspend" in endings or state == "suspended"


def test_a_certificate_that_ended_stays_ended() -> None:
    workflow = load_workflow("certificate")
    assert {code for code, state in workflow.states.items() if state.final} == FINAL_CERTIFICATE


def test_an_upheld_appeal_leads_out_of_a_refusal() -> None:
    workflow = load_workflow("application")
    assert ways(workflow, "inadmissible") == {"uphold_appeal": "in_admissibility"}
    assert ways(workflow, "denied") == {"uphold_appeal": "in_review"}


def test_only_the_committee_decides() -> None:
    workflow = load_workflow("application")
    deciding = {
        move.action: move.roles
        for move in moves_from(workflow, "in_decision")
        if move.to in {"granted", "on_the_way", "denied"}
    }
    assert deciding == dict.fromkeys(("grant", "set_on_the_way", "deny"), ("committee",))


def test_an_applicant_may_withdraw_while_the_file_is_open_and_never_after() -> None:
    workflow = load_workflow("application")
    open_states = {code for code in workflow.states if "withdraw_application" in ways(workflow, code)}
    assert open_states == {
        "submitted",
        "in_admissibility",
        "info_requested",
        "admitted",
        "in_evaluation",
        "corrective_action",
        "in_review",
        "in_hearing",
        "in_decision",
    }
