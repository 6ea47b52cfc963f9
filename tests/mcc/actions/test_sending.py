"""A form is taken once: from one person."""

from mcc.actions.sending import take_once
from tests.office import Office


def test_a_form_that_arrives_twice_is_taken_once(office: Office) -> None:
    with office.work("coop") as work:
        assert take_once(work, "abc")
    with office.work("coop") as work:
        assert not take_once(work, "abc")


def test_two_people_may_have_drawn_the_same_word(office: Office) -> None:
    with office.work("coop") as work:
        assert take_once(work, "abc")
    with office.work("otra") as work:
        assert take_once(work, "abc")
