"""A policy that contradicts itself cannot exist."""

import pytest

from bihuan.workflow.policy import DEFAULT, Policy
from bihuan.workflow.words import Role


def test_the_usual_policy_is_the_one_of_the_design() -> None:
    assert (DEFAULT.plan_days, DEFAULT.concentrated_months) == (30, 3)
    assert (DEFAULT.first_lamp_days, DEFAULT.second_lamp_days) == (20, 10)
    assert DEFAULT.extension_ranks == (Role.RESPONSIBLE_LEADER, Role.PRINCIPAL, Role.SUPERVISOR)
    assert DEFAULT.extension_limit == len(DEFAULT.extension_ranks)


@pytest.mark.parametrize(("first", "second"), [(10, 10), (10, 11), (20, 0), (20, -1), (0, 0)])
def test_the_second_lamp_must_come_after_the_first_and_before_the_due_day(first, second) -> None:
    with pytest.raises(ValueError, match="lamp"):
        Policy(first_lamp_days=first, second_lamp_days=second)


def test_every_extension_needs_somebody_who_approves_it() -> None:
    with pytest.raises(ValueError, match="rank"):
        Policy(extension_limit=2, extension_ranks=(Role.PRINCIPAL,))


def test_fewer_extensions_than_ranks_are_a_stricter_policy() -> None:
    assert Policy(extension_limit=0).extension_limit == 0
    assert Policy(extension_limit=1).extension_ranks[0] is Role.RESPONSIBLE_LEADER
