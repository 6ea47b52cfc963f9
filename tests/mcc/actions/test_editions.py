"""The edition in use and the application that uses it speak of the same things."""

from mcc.actions.apply import CollectiveKind, ScopeKind
from mcc.actions.editions import current_rubric


def test_levels_for_certain_collectives_name_kinds_that_exist() -> None:
    """A misspelt kind would be read by nobody: these collectives would be judged by words that do not fit them."""
    conditions = [variant.when for item in current_rubric().indicators.values() for variant in item.variants]
    kinds = {name for when in conditions for name in when.collective_class or ()}
    scopes = {name for when in conditions for name in when.scope_kind or ()}
    assert kinds - {kind.value for kind in CollectiveKind} == set()
    assert scopes - {kind.value for kind in ScopeKind} == set()
    assert (len(kinds), scopes) == (6, {"services"})
