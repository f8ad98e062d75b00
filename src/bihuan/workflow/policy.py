"""What a district may set differently, as values with their usual defaults. Sources: domain notes §2, §6."""

from dataclasses import dataclass

from bihuan.workflow.words import Role


@dataclass(frozen=True)
class Policy:
    """The numbers of one organisation; inherited down the tree, never constants in the code."""

    plan_days: int = 30
    """From feedback to a submitted plan."""
    concentrated_months: int = 3
    """The concentrated period: 3 months below province level, 6 above."""
    first_lamp_days: int = 20
    """Days left at which the handler is warned."""
    second_lamp_days: int = 10
    """Days left at which the responsible leader hears of it too."""
    extension_limit: int = 3
    extension_max_days: int = 90
    extension_ranks: tuple[Role, ...] = (Role.RESPONSIBLE_LEADER, Role.PRINCIPAL, Role.SUPERVISOR)
    """Who approves the first, second, third extension."""

    def __post_init__(self) -> None:
        if not 0 < self.second_lamp_days < self.first_lamp_days:
            raise ValueError("the second lamp must come after the first")
        if self.extension_limit > len(self.extension_ranks):
            raise ValueError("every extension needs a rank that approves it")


DEFAULT = Policy()
