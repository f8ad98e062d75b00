"""What scrutiny says, gathered for a page: by code, by reason, with the findings that it speaks of."""

from bihuan.scrutiny import FindingKey, Headline, Remark, Scrutiny, Severity
from bihuan.web import remarks
from bihuan.words import phrase

ONE, OTHER = FindingKey("二", 1, 1), FindingKey("二", 1, 2)


def _remark(code, reason, severity=Severity.WARNS, *keys):
    return Remark(code, severity, keys or (ONE,), phrase("measure"), 1, "a quotation", phrase(reason))


def _groups(*said, findings=None):
    return remarks.groups(Scrutiny(said, Headline(0, 0, 0, 0, 0, 0), ()), findings or {})


def test_codes_stand_in_their_order_and_count_what_they_hold():
    found = _groups(_remark("F07", "b"), _remark("F02", "a"), _remark("F07", "c"))
    assert [(group.code, group.count) for group in found] == [("F02", 1), ("F07", 2)]


def test_a_reason_is_said_once_for_all_that_it_concerns():
    (group,) = _groups(_remark("F02", "a"), _remark("F02", "b"), _remark("F02", "a", Severity.WARNS, OTHER))
    assert [(str(reason.reason), len(reason.said)) for reason in group.reasons] == [("a", 2), ("b", 1)]


def test_the_weightiest_reason_comes_first():
    (group,) = _groups(
        _remark("F02", "a", Severity.REVIEW), _remark("F02", "b", Severity.BLOCKS), _remark("F02", "c")
    )
    assert [reason.severity for reason in group.reasons] == [Severity.BLOCKS, Severity.WARNS, Severity.REVIEW]


def test_a_place_leads_to_the_ledger_where_the_finding_is_kept_there():
    (group,) = _groups(_remark("F03", "a", Severity.WARNS, ONE, OTHER), findings={ONE: (7, "leaks")})
    (said,) = group.reasons[0].said
    assert [(place.pk, place.title) for place in said.places] == [(7, "leaks"), (None, "")]
