"""A finding by itself is not held to what only its document can say."""

from bihuan.documents.model import Category, Completion, Declared, Document, Finding
from bihuan.scrutiny import known_elsewhere, scrutinise, scrutinise_finding

FINDING = Finding(
    category=Category("二", 1, "落实责任有差距的问题"),
    ordinal=7,
    title="巡查记录不完整",
    declared=Declared(Completion.DONE, False, "已完成"),
    measures=("进一步提高认识，切实加强领导。",),
)


def test_a_hollow_measure_is_remarked_on():
    assert {remark.code for remark in scrutinise_finding(FINDING)} == {"F02"}


def test_what_the_document_lacks_is_not_held_against_one_finding():
    whole = {remark.code for remark in scrutinise(Document(findings=(FINDING,))).remarks}
    assert {"F00", "F19"} <= whole
    assert whole - {"F00", "F19"} == {remark.code for remark in scrutinise_finding(FINDING)}


def test_what_a_ledger_holds_is_no_longer_missing():
    whole = scrutinise(Document(findings=(FINDING,)))
    beside = known_elsewhere(
        whole, frozenset({"leader", "department", "deadline", "completed_on", "evidence"})
    )
    assert len(whole.missing) - len(beside.missing) == 5
    assert len(whole.remarks) - len(beside.remarks) == 5
    assert beside.missing
