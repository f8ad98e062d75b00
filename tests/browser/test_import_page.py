"""A document comes in by the browser: compared with its source, corrected, confirmed, brought again."""

import pytest
from playwright.sync_api import expect
from tests import factories as make

pytestmark = pytest.mark.browser

REPORT = """中共望川街道工作委员会关于五届区委第六轮巡察整改进展情况的说明
根据区委统一部署，2025年3月3日至4月28日，区委第三巡察组对望川街道党工委开展了巡察。2025年6月9日，区委第三巡察组向望川街道党工委反馈了巡察意见。现将巡察整改进展情况予以公布。
一、组织落实情况
党工委召开会议6次。
二、整改落实情况
（一）贯彻落实上级部署有差距的问题
1.关于“河道巡查流于形式”的问题
整改状态：已完成
整改情况：一是印发《巡河管理办法》。二是补巡河道14次。
2.关于“会议记录不规范”的问题
整改状态：{status}
整改情况：一是统一会议记录模板。二是每月抽查一次。
中共望川街道工作委员会
2025年12月5日
"""


@pytest.fixture
def bring(visitors, unit, tmp_path):
    page = visitors.sign_in(unit.office)

    def bring(status):
        path = tmp_path / "report.txt"
        path.write_text(REPORT.format(status=status), encoding="utf-8")
        page.goto("/import/")
        page.locator("[name=file]").set_input_files(path)
        page.get_by_role("button", name="识别文件").click()
        return page

    return bring


def know(page):
    page.locator("[name=another_organisation]").check()


def test_what_was_read_stands_beside_its_source(bring):
    page = bring("取得积极进展")
    block = page.locator("#finding-1")
    expect(block.locator(".reading-source")).to_contain_text("2.关于“会议记录不规范”的问题")
    expect(block.locator(".reading-title")).to_have_text("会议记录不规范")
    expect(block.locator(".reading-line.is-doubtful")).to_contain_text("取得积极进展")


def test_a_wrong_reading_is_corrected_before_it_is_kept(bring, unit):
    page = bring("取得积极进展")
    page.locator("#finding-1").get_by_role("link", name="更正").click()
    page.locator("[name=completion]").select_option("basic")
    page.get_by_role("button", name="保存更正").click()
    expect(page.locator("#finding-1")).to_contain_text("已更正")
    know(page)
    page.get_by_role("button", name="确认并生成台账").click()
    expect(page.locator(".ledger-row")).to_have_count(2)
    expect(page.locator(".ledger-row").nth(1)).to_contain_text("基本完成")
    claims = page.locator(".gap-figure").all_inner_texts()
    assert [text.split()[0] for text in claims] == ["1", "0", "0"]


def test_the_same_file_again_changes_nothing(bring):
    page = bring("已完成")
    know(page)
    page.get_by_role("button", name="确认并生成台账").click()
    expect(page.locator(".ledger-row")).to_have_count(2)
    ledger = page.url
    page = bring("已完成")
    assert page.url == ledger
    expect(page.locator(".notice")).to_be_visible()


def test_a_changed_file_shows_what_it_would_change(bring):
    page = bring("正在整改")
    know(page)
    page.get_by_role("button", name="确认并生成台账").click()
    expect(page.locator(".ledger-row")).to_have_count(2)
    page = bring("已完成")
    change = page.locator(".diff-change")
    expect(change).to_have_count(1)
    expect(change.locator("del")).to_have_text("正在整改")
    expect(change.locator("ins")).to_have_text("已完成")
    know(page)
    page.get_by_role("button", name="确认变更").click()
    expect(page.locator(".ledger-row").nth(1)).to_contain_text("申报完成")
    expect(page.locator(".notice--success")).to_contain_text("已采纳变更 1 项，未采纳 0 项")


def test_a_change_without_a_tick_stays_out(bring):
    page = bring("正在整改")
    know(page)
    page.get_by_role("button", name="确认并生成台账").click()
    page = bring("已完成")
    page.locator(".diff-change").get_by_label("采纳").uncheck()
    know(page)
    page.get_by_role("button", name="确认变更").click()
    expect(page.locator(".notice--success")).to_contain_text("已采纳变更 0 项，未采纳 1 项")
    expect(page.locator(".ledger-row").nth(1)).not_to_contain_text("申报完成")


def test_a_document_that_names_another_organisation_is_not_confirmed_unseen(bring):
    page = bring("已完成")
    expect(page.locator("#another")).to_contain_text("中共望川街道工作委员会")
    page.get_by_role("button", name="确认并生成台账").click()
    assert page.locator("[name=another_organisation]").evaluate("box => box.validity.valueMissing")
    assert not make.Inspection.objects.scoped(make.SETUP).exists()


def test_what_stands_at_the_head_is_corrected(bring):
    page = bring("已完成")
    page.get_by_text("更正文件首部").click()
    page.locator("[name=feedback_on]").fill("上周")
    page.locator("details").get_by_role("button", name="保存更正").click()
    expect(page.locator(".notice--error").first).to_contain_text("反馈")
    expect(page.locator("[name=feedback_on]")).to_have_value("上周")
    page.locator("[name=feedback_on]").fill("2025-07")
    page.locator("details").get_by_role("button", name="保存更正").click()
    expect(page.locator(".facts")).to_contain_text("2025-07")


def test_long_term_work_and_aspects_are_corrected_too(bring):
    page = bring("取得积极进展")
    page.locator("#finding-1").get_by_role("link", name="更正").click()
    page.get_by_label("长期坚持").check()
    page.locator("[name=aspects]").fill("有的会议无记录\n有的记录无人签字")
    page.get_by_role("button", name="保存更正").click()
    block = page.locator("#finding-1 .reading-parse")
    expect(block).to_contain_text("长期坚持")
    expect(block).to_contain_text("有的记录无人签字")
    expect(block).not_to_contain_text("未申报")


def test_a_text_without_totals_says_so_and_what_was_read_adds_up(bring):
    page = bring("已完成")
    expect(page.locator(".sums").locator("..")).to_contain_text("文中未列合计")
    figures = page.locator(".sums tbody td").all_inner_texts()
    assert [int(figure) for figure in figures] == [2, 2, 4]


def test_a_kind_that_cannot_be_read_is_said_once(visitors, unit, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"%PDF")
    page = visitors.sign_in(unit.office)
    page.goto("/import/")
    page.locator("[name=file]").set_input_files(path)
    page.get_by_role("button", name="识别文件").click()
    expect(page.locator(".notice--error")).to_have_count(1)
    expect(page.locator(".field-fault")).to_have_count(0)
    expect(page.locator(".drop")).to_contain_text("请重新选择文件")


def test_an_upload_that_is_discarded_leaves_no_ledger(bring):
    page = bring("已完成")
    page.get_by_role("button", name="放弃").click()
    expect(page.locator(".notice--success")).to_be_visible()
    assert not make.Inspection.objects.scoped(make.SETUP).exists()


def test_a_document_is_checked_without_being_kept(visitors, unit, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT.format(status="已完成"), encoding="utf-8")
    page = visitors.sign_in(unit.office)
    page.goto("/check-up/")
    page.locator("[name=file]").set_input_files(path)
    page.get_by_role("button", name="开始体检").click()
    expect(page.locator(".checkup-words")).to_contain_text("2")
    page.goto("/import/")
    expect(page.locator(".file")).to_have_count(0)
