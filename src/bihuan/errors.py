"""The four kinds of refusal; a fifth needs a decision record. Interfaces turn them into HTTP or exit codes once."""

from collections.abc import Sequence

from bihuan.words import Phrase


class Refusal(Exception):
    """What a person is told when something is not done; never a fault of the program."""

    def __init__(self, *reasons: Phrase) -> None:
        super().__init__("; ".join(str(reason) for reason in reasons))
        self.reasons: Sequence[Phrase] = reasons


class NotFound(Refusal):
    """The object does not exist, or exists where this actor may not look: the two look the same."""


class NotAllowed(Refusal):
    """The actor's post does not give the right to this act."""


class RuleBroken(Refusal):
    """The act is right for this post but not now: a guard, a state or a limit stands against it."""


class BadInput(Refusal):
    """What was handed in cannot be understood; each reason names the place."""
