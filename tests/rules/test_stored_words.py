"""Words that are stored never change, and each has a label that people read."""

import pytest

from bihuan.documents.model import Completion
from bihuan.workflow.deadlines import Lamp
from bihuan.workflow.words import DeliverableKind, Kind, Role, State

STORED = {
    State: "draft plan_review rectifying sustaining declared endorsed reviewed signed_off written_off",
    Role: "handler department_head responsible_leader office principal supervisor",
    Kind: "immediate due long_term",
    DeliverableKind: "document money person ratio quantity change duty meeting training notice",
    Completion: "done basic stage in_progress not_done unknown",
    Lamp: "red orange yellow green undated closed",
}


@pytest.mark.parametrize("words", STORED, ids=lambda words: words.__name__)
def test_stored_values_are_the_ones_in_everybodys_database(words) -> None:
    assert [word.value for word in words] == STORED[words].split()


@pytest.mark.parametrize("words", STORED, ids=lambda words: words.__name__)
def test_every_stored_word_has_a_label_of_its_own(words) -> None:
    labels = [word.label for word in words]
    assert all(labels)
    assert len(set(labels)) == len(labels)


def test_a_meeting_a_course_or_a_notice_alone_proves_nothing() -> None:
    empty = {kind for kind in DeliverableKind if not kind.proves}
    assert empty == {DeliverableKind.MEETING, DeliverableKind.TRAINING, DeliverableKind.NOTICE}
