"""What came of the work, and what is only planned, are told apart from the measures themselves."""

import json

import pytest

from bihuan.documents.model import Completion, Finding
from bihuan.documents.read import as_json, from_json, read

HEAD = "某局党组关于巡察整改进展情况的通报\n\n根据区委统一部署，现将整改进展情况通报如下。\n\n1.关于“台账不清”的问题\n\n"


def the_finding(*lines: str) -> Finding:
    """Give the only finding of a report that says `lines` of it."""
    parsed = read((HEAD + "\n\n".join(lines)).encode(), filename="report.txt")
    [finding] = parsed.document.findings
    assert from_json(json.loads(json.dumps(as_json(parsed)))) == parsed
    return finding


@pytest.mark.parametrize(
    "label",
    [
        "整改成效",
        "取得成效",
        "取得的成效",
        "整改成果",
        "工作成效",
        "阶段性成效",
        "取得阶段性成果",
        "整改结果",
    ],
)
def test_a_result_beside_the_work_is_no_measure(label):
    finding = the_finding(
        "整改状态：已完成", "整改情况：补齐台账。", f"{label}：一是账实相符。二是追回3万元。"
    )
    assert (finding.measures, finding.result) == (("补齐台账。",), "一是账实相符。二是追回3万元。")
    assert [quantity.text for quantity in finding.quantities] == ["3万元"]


def test_a_result_of_several_paragraphs_is_one():
    assert (
        the_finding("整改情况：补齐台账。", "整改成效：账实相符。", "追回3万元。").result
        == "账实相符。追回3万元。"
    )


def test_a_result_that_stands_alone_tells_the_work():
    finding = the_finding("整改成效：一是补齐台账。二是追回3万元。")
    assert (finding.measures, finding.result) == (("补齐台账。", "追回3万元。"), "")


def test_the_label_of_a_result_may_hold_the_status():
    finding = the_finding("整改措施：补齐台账。", "整改结果：已完成整改。账实相符。")
    assert finding.declared.completion is Completion.DONE
    assert (finding.measures, finding.result) == (("补齐台账。",), "账实相符。")


@pytest.mark.parametrize(
    "label", ["拟采取措施", "拟采取的整改措施", "拟采取举措", "计划采取的措施", "拟制定措施"]
)
def test_measures_that_are_only_planned_say_so(label):
    finding = the_finding(f"{label}：一是补齐台账。二是每月核对。")
    assert finding.planned
    assert finding.declared.completion is Completion.UNKNOWN
    assert finding.measures == ("补齐台账。", "每月核对。")


def test_beside_work_that_was_done_a_plan_is_what_comes_next():
    finding = the_finding("整改情况：补齐台账。", "拟采取措施：每月核对。", "下一步计划：年底复查。")
    assert not finding.planned
    assert (finding.measures, finding.next_steps) == (("补齐台账。",), ("每月核对。", "年底复查。"))
