"""What came of the work is weighed like the work itself."""

from tests.scrutiny.build import document, finding

from bihuan.scrutiny.model import RESULT, Remark
from bihuan.scrutiny.rules import f02_no_verifiable_result as f02
from bihuan.scrutiny.rules import f06_status_against_text as f06
from bihuan.scrutiny.rules import f12_system_without_number as f12
from bihuan.scrutiny.verifiability import is_unverifiable, states_result


def place_of(remark: Remark) -> tuple[object, object]:
    return remark.place, remark.measure


def test_a_result_can_settle_what_measures_leave_open() -> None:
    vague = "进一步提高认识，加强管理。"
    assert is_unverifiable(finding(vague))
    proven = finding(vague, result="收回资金12.5万元。")
    assert states_result(proven)
    assert not is_unverifiable(proven)
    assert [remark.measure for remark in f02.remarks(document(proven))] == [1]


def test_a_result_that_contradicts_the_status_is_found_in_its_place() -> None:
    (remark,) = f06.remarks(document(finding("印发通知。", result="后续将推进验收。")))
    assert place_of(remark) == (RESULT, None)
    assert "后续将" in remark.quotation


def test_a_system_claimed_in_a_result_is_found_in_its_place() -> None:
    (remark,) = f12.remarks(document(finding("印发通知。", result="修订完善财务管理制度。")))
    assert place_of(remark) == (RESULT, None)
