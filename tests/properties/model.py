"""The rules of the process once more, in small and by hand, from the domain's tables and not from the editions.

A walk through the real process leaves a journal; `judge` reads it as somebody would who knows only what may follow on what.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from mcc.db.tables import Decision, Event

MADE, HOUSE, HOLDER, CLOCK = "applicant coordinator", "coordinator", "applicant", "system"

MOVES: dict[str, dict[tuple[str | None, str], str]] = {
    # By life: from where to where, and who may have done it.
    "application": {
        (None, "draft"): MADE,
        ("draft", "submitted"): MADE,
        ("submitted", "in_admissibility"): HOUSE,
        ("in_admissibility", "info_requested"): HOUSE,
        ("info_requested", "in_admissibility"): MADE,
        ("info_requested", "archived"): HOUSE,
        ("archived", "in_admissibility"): HOUSE,
        ("in_admissibility", "inadmissible"): HOUSE,
        ("in_admissibility", "admitted"): HOUSE,
        ("admitted", "in_evaluation"): HOUSE,
        ("in_evaluation", "in_review"): CLOCK,
        ("in_review", "in_evaluation"): "reviewer",
        ("in_review", "corrective_action"): "reviewer",
        ("corrective_action", "in_evaluation"): "applicant coordinator system",
        ("in_review", "in_hearing"): "reviewer",
        ("in_hearing", "in_evaluation"): "reviewer",
        ("in_review", "in_decision"): "reviewer",
        ("in_hearing", "in_decision"): "reviewer",
        ("in_decision", "in_hearing"): "committee",
        ("in_decision", "in_review"): "committee",
        ("in_decision", "granted"): "committee",
        ("in_decision", "on_the_way"): "committee",
        ("in_decision", "denied"): "committee",
        ("granted", "issued"): CLOCK,
        ("granted", "lapsed"): CLOCK,
        ("issued", "granted"): "coordinator committee",
        ("inadmissible", "in_admissibility"): "appeal_panel",
        **{(state, "in_review"): "appeal_panel" for state in ("denied", "on_the_way", "issued")},
        **{
            (state, "withdrawn_by_applicant"): HOLDER
            for state in (
                "submitted",
                "in_admissibility",
                "info_requested",
                "admitted",
                "in_evaluation",
                "corrective_action",
                "in_review",
                "in_hearing",
                "in_decision",
            )
        },
    },
    "certificate": {
        (None, "valid"): CLOCK,
        ("valid", "surveillance"): "coordinator system",
        ("surveillance", "valid"): "reviewer",
        ("valid", "extended"): CLOCK,
        ("surveillance", "extended"): CLOCK,
        ("suspended", "valid"): "committee system",
        ("suspended", "withdrawn"): "committee system",
        **{(state, "suspended"): "committee coordinator" for state in ("valid", "surveillance", "extended")},
        **{(state, "withdrawn"): "committee" for state in ("valid", "surveillance", "extended")},
        **{
            (state, ended): by
            for state in ("valid", "surveillance", "extended", "suspended")
            for ended, by in (("relinquished", HOLDER), ("expired", CLOCK), ("superseded", CLOCK))
        },
    },
    "case": {
        (None, "filed"): "applicant public",
        ("filed", "acknowledged"): HOUSE,
        ("acknowledged", "admissible"): "coordinator appeal_panel",
        ("acknowledged", "rejected"): "coordinator appeal_panel",
        ("admissible", "under_investigation"): "coordinator appeal_panel",
        ("under_investigation", "resolved"): "coordinator appeal_panel",
        ("resolved", "closed"): "coordinator system",
        ("rejected", "closed"): "coordinator system",
    },
}
AT_MOST = {"request_information": 2, "require_correction": 1, "open_hearing": 1}
"""How often in one file."""
CRITICAL = ("PAR2", "DEC1", "DEC3", "DEC5", "CAL1", "TER1")
SEALED = {"granted": 2, "distinction": 3}
"""The least level of a critical indicator, by award."""


def judge(events: Iterable[Event], decisions: Iterable[Decision]) -> Iterator[str]:
    """What should not have happened, in words."""
    standing: dict[str, str] = {}
    counted: Counter[tuple[int | None, str]] = Counter()
    owed: dict[int | None, list[str]] = defaultdict(list)
    for event in events:
        yield from _judge_move(event, standing)
        yield from _judge_issue(event, owed[event.application_id])
        counted[event.application_id, event.action] += 1
        if counted[event.application_id, event.action] > AT_MOST.get(event.action, 10**9):
            yield f"{event.action} once too often in file {event.application_id}"
    yield from _judge_decisions(decisions)


def _judge_move(event: Event, standing: dict[str, str]) -> Iterator[str]:
    life = event.subject.partition(":")[0]
    if event.to_state is None or life not in MOVES:
        return
    if event.from_state != standing.get(event.subject):
        yield f"{event.subject} did not stand at {event.from_state}"
    standing[event.subject] = event.to_state
    allowed = MOVES[life].get((event.from_state, event.to_state), "").split()
    if event.role not in allowed:
        yield f"{event.subject}: {event.from_state} to {event.to_state} by {event.role}"


def _judge_issue(event: Event, owed: list[str]) -> Iterator[str]:
    """Granted or amended, then signed for, then published: each once, in this order."""
    if event.action in {"grant", "amend"}:
        owed[:] = [event.action]
    elif event.action == "authorise_issue":
        if len(owed) != 1:
            yield f"signed for without a decision in file {event.application_id}"
        owed.append("signed")
    elif event.action == "publish":
        if owed[1:] != ["signed"]:
            yield f"published without a signature in file {event.application_id}"
        owed.clear()


def _judge_decisions(decisions: Iterable[Decision]) -> Iterator[str]:
    """Whoever is knocked out by a critical indicator has no seal, by whatever order of events."""
    for row in decisions:
        least = SEALED.get(row.award, 0)
        low = [code for code in CRITICAL if row.answers["scores"].get(code, 0) < least]
        if low:
            yield f"decision {row.id} gives {row.award} with {low}"
