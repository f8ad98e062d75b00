"""The ledger in a browser: filters with and without scripts, order, paging, choosing many."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect
from tests import factories as make
from tests.browser.conftest import DESK, PHONE

from bihuan.workflow.words import State

pytestmark = pytest.mark.browser


@pytest.fixture
def inspection(unit):
    inspection = make.an_inspection(unit, make.a_document(findings=60, measures=1))
    for finding in make.findings_of(inspection)[:3]:
        make.carry_on(unit, make.planned(unit, finding), State.PLAN_REVIEW)
    return inspection


def _ledger(visitors, unit, inspection, **options):
    page = visitors.sign_in(unit.office, **options)
    page.goto(f"/inspections/{inspection.pk}/")
    return page


def test_a_filter_changes_the_rows_without_loading_the_page(visitors, unit, inspection):
    page = _ledger(visitors, unit, inspection)
    page.evaluate("window.sameDocument = true")
    page.locator("select[name=state]").select_option(State.PLAN_REVIEW)
    expect(page.locator(".ledger-row")).to_have_count(3)
    page.locator(".light", has_text="未定期限").click()
    expect(page.locator(".empty")).to_be_visible()
    assert "state=plan_review" in page.url
    assert "lamp=undated" in page.url
    assert page.evaluate("window.sameDocument")


def test_the_chosen_lamp_survives_the_next_filter(visitors, unit, inspection):
    page = _ledger(visitors, unit, inspection)
    page.locator(".light", has_text="未定期限").click()
    expect(page.locator(".light[aria-current]")).to_contain_text("未定期限")
    page.locator("select[name=state]").select_option(State.DRAFT)
    page.wait_for_url("**state=draft**")
    expect(page.locator(".light[aria-current]")).to_contain_text("未定期限")
    assert "lamp=undated" in page.url


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_filters_order_and_paging_work(visitors, unit, inspection, scripts):
    page = _ledger(visitors, unit, inspection, java_script_enabled=scripts)
    first = page.locator(".ledger-title a").first.text_content()
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".ledger-row")).to_have_count(10)
    page.get_by_role("link", name="上一页").click()
    expect(page.locator(".ledger-title a").first).to_have_text(first)
    page.locator("th.ledger-due a").click()
    expect(page.locator("th.ledger-due")).to_have_attribute("aria-sort", "ascending")
    page.locator("select[name=state]").select_option(State.PLAN_REVIEW)
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".ledger-row")).to_have_count(3)


def test_an_address_can_be_passed_on(visitors, unit, inspection):
    page = _ledger(visitors, unit, inspection)
    page.locator("select[name=state]").select_option(State.PLAN_REVIEW)
    expect(page.locator(".ledger-row")).to_have_count(3)
    page.goto(page.url)
    expect(page.locator(".ledger-row")).to_have_count(3)
    expect(page.locator("select[name=state]")).to_have_value(State.PLAN_REVIEW)


def test_chosen_findings_are_assigned_together(visitors, unit, inspection):
    page = _ledger(visitors, unit, inspection)
    for box in page.locator("[name=finding]").all()[10:12]:
        box.check()
    page.locator(".assign > summary").click()
    page.locator(".assign [name=lead_department_id]").select_option(str(unit.department.pk))
    page.get_by_role("button", name="分派").click()
    expect(page.locator(".notice--success")).to_be_visible()
    assigned = [row for row in make.findings_of(inspection) if row.lead_department_id == unit.department.pk]
    assert [row.position for row in assigned] == [1, 2, 3, 11, 12]


def _box(page, row):
    return page.locator(".ledger-row [name=finding]").nth(row)


def _ticked(page):
    return page.locator("[name=finding]:checked").count()


def test_a_whole_page_and_a_whole_category_are_chosen_at_once(visitors, unit):
    document = make.a_document(findings=6, measures=1)
    by_category = sorted(document.findings, key=lambda finding: finding.category.ordinal)
    page = _ledger(visitors, unit, make.an_inspection(unit, replace(document, findings=tuple(by_category))))
    page.get_by_label("全选本页").check()
    assert _ticked(page) == 6
    page.get_by_label("全选本页").uncheck()
    assert _ticked(page) == 0
    category = page.locator(".ledger-group [data-choose]").nth(1)
    category.check()
    assert [_box(page, row).is_checked() for row in range(6)] == [False] * 3 + [True] * 3
    _box(page, 4).uncheck()
    assert category.evaluate("box => box.indeterminate")
    assert page.get_by_label("全选本页").evaluate("box => box.indeterminate")


def test_ticks_survive_filters_and_pages_and_are_sent_along(visitors, unit, inspection):
    page = _ledger(visitors, unit, inspection)
    _box(page, 10).check()
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".ledger-row")).to_have_count(10)
    _box(page, 0).check()
    expect(page.locator("[data-chosen]")).to_have_text("已选 2 个，其中 1 个不在当前列表")
    page.get_by_role("link", name="上一页").click()
    expect(_box(page, 10)).to_be_checked()
    page.locator(".assign > summary").click()
    page.locator(".assign [name=lead_department_id]").select_option(str(unit.other_department.pk))
    page.get_by_role("button", name="分派").click()
    expect(page.locator(".notice--success")).to_be_visible()
    rows = make.findings_of(inspection)
    assert [row.position for row in rows if row.lead_department_id == unit.other_department.pk] == [11, 51]


def test_without_scripts_nothing_promises_to_choose_all(visitors, unit, inspection):
    page = _ledger(visitors, unit, inspection, java_script_enabled=False)
    for box in page.locator("[data-choose]").all():
        expect(box).to_be_hidden()
    expect(page.locator("[name=finding]").first).to_be_visible()


def test_paper_gets_every_row_under_a_head_on_each_sheet(visitors, unit, inspection):
    page = _ledger(visitors, unit, inspection)
    page.add_init_script("window.print = () => { window.printed = true; };")
    page.get_by_role("link", name="打印全部").click()
    expect(page.locator(".ledger-row")).to_have_count(60)
    page.wait_for_function("window.printed")
    page.emulate_media(media="print")
    head = page.locator(".ledger thead").evaluate("head => getComputedStyle(head).display")
    assert head == "table-header-group"
    expect(page.locator(".only-screen").first).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="返回台账").click()
    expect(page.locator(".ledger-row")).to_have_count(50)


def test_the_way_back_from_a_finding_leads_to_the_filtered_rows(visitors, unit, inspection):
    page = _ledger(visitors, unit, inspection)
    page.locator("select[name=state]").select_option(State.PLAN_REVIEW)
    expect(page.locator(".ledger-row")).to_have_count(3)
    page.locator(".ledger-title a").first.click()
    page.get_by_role("link", name="下一个问题").click()
    expect(page.get_by_role("link", name="上一个问题")).to_be_visible()
    page.locator(".head-trail a").first.click()
    expect(page.locator(".ledger-row")).to_have_count(3)
    expect(page.locator("select[name=state]")).to_have_value(State.PLAN_REVIEW)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [1024, 1152, 1280, 1440])
def test_titles_can_be_read_and_no_cell_is_cut_on_any_desk(visitors, unit, inspection, width, language):
    page = visitors.sign_in(unit.office, viewport={"width": width, "height": 800})
    page.context.add_cookies([{"name": "bihuan-language", "value": language, "url": page.url}])
    page.goto(f"/inspections/{inspection.pk}/")
    expect(page.locator("html")).to_have_attribute("lang", "en" if language == "en" else "zh-Hans")
    assert page.locator("td.ledger-title").first.bounding_box()["width"] >= 150
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".ledger th, .ledger-row td")]
            .filter(cell => !cell.closest(".ledger-group") && cell.scrollWidth > cell.clientWidth + 1)
            .map(cell => cell.className)"""
    )
    assert cut == []


def test_a_phone_shows_cards_and_folds_the_filters(visitors, unit, inspection):
    page = _ledger(visitors, unit, inspection, viewport=PHONE, has_touch=True, is_mobile=True)
    expect(page.locator(".filters")).to_be_hidden()
    row = page.locator(".ledger-row").first.bounding_box()
    assert row["height"] > 80
    small = page.locator(".nav-item, .light, .button:visible, .filters-box > summary").all()
    assert all(item.bounding_box()["height"] >= 44 for item in small if item.is_visible())


def test_rows_of_a_desk_are_low_enough_to_compare(visitors, unit, inspection):
    page = _ledger(visitors, unit, inspection, viewport=DESK)
    # The first three carry the long names that the factory gives to people.
    heights = {round(row.bounding_box()["height"]) for row in page.locator(".ledger-row").all()[3:10]}
    assert heights <= set(range(36, 45))


def test_the_keyboard_keeps_its_place_and_the_sum_is_told(visitors, unit, inspection):
    page = _ledger(visitors, unit, inspection)
    page.locator("#light-undated").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#light-undated[aria-current]")).to_be_focused()
    expect(page.get_by_role("status")).to_contain_text("50")


def test_a_session_that_ended_leads_to_the_door_and_not_into_the_rows(visitors, unit, inspection):
    page = _ledger(visitors, unit, inspection)
    page.context.clear_cookies()
    page.locator("select[name=state]").select_option(State.DRAFT)
    expect(page.get_by_role("button", name="登录")).to_be_visible()
    expect(page.locator(".nav")).to_have_count(0)
