"""Running the system: what the numbers tell, and whom."""

from mcc.actions import accounts, administer
from mcc.actions.work import SYSTEM
from tests.office import Office


def test_nobody_learns_from_the_counts_who_evaluates_their_own_collective(office: Office) -> None:
    number = office.reach("in_evaluation")
    with office.look("coord") as work:
        assert administer.count_work(work)["Eval.1"] > 0
    with office.installation.work(SYSTEM) as work:
        accounts.join_organisation(work, "coord", office.application(work, number).organisation_id)
    with office.look("coord") as work:
        assert (administer.count_files(work), set(administer.count_work(work).values())) == ({}, {0})
