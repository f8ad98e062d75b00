"""The ledger in a browser: filters with and without scripts, order, paging, choosing many."""

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


def test_a_phone_shows_cards_and_folds_the_filters(visitors, unit, inspection):
    page = _ledger(visitors, unit, inspection, viewport=PHONE, has_touch=True, is_mobile=True)
    expect(page.locator(".filters")).to_be_hidden()
    row = page.locator(".ledger-row").first.bounding_box()
    assert row["height"] > 80
    small = page.locator(".nav-item, .light, .button:visible, .filters-box > summary").all()
    assert all(item.bounding_box()["height"] >= 44 for item in small if item.is_visible())


def test_rows_of_a_desk_are_low_enough_to_compare(visitors, unit, inspection):
    page = _ledger(visitors, unit, inspection, viewport=DESK)
    heights = {round(row.bounding_box()["height"]) for row in page.locator(".ledger-row").all()[:10]}
    assert all(36 <= height <= 44 for height in heights)


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
