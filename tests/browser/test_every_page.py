"""What every page must do on every screen: fit, speak, be reached by keyboard, print."""

import re

import pytest
from playwright.sync_api import expect
from tests import factories as make
from tests.browser.conftest import DESK, PHONE

from bihuan.workflow.words import State

pytestmark = pytest.mark.browser

CHINESE = re.compile("[\u4e00-\u9fff]")
LONG = "，" + "涉及街道各办公室和社区党组织的落实情况" * 3
PAGES = (
    "home",
    "ledger",
    "finding",
    "plan",
    "check-up",
    "report",
    "import",
    "preview",
    "correct",
    "check a file",
)


@pytest.fixture
def addresses(unit):
    """The address of every page, with texts long enough to burst a narrow one."""
    inspection = make.an_inspection(unit, make.a_document(findings=4, words=LONG))
    draft, other, *_ = make.findings_of(inspection)
    make.carry_on(unit, make.planned(unit, other), State.DECLARED)
    upload = make.received(unit, make.a_document(words=LONG)).upload
    return dict(
        zip(
            PAGES,
            (
                "/",
                f"/inspections/{inspection.pk}/",
                f"/findings/{other.pk}/",
                f"/findings/{draft.pk}/plan/",
                f"/inspections/{inspection.pk}/check-up/",
                f"/inspections/{inspection.pk}/report/",
                "/import/",
                f"/import/{upload.pk}/",
                f"/import/{upload.pk}/findings/0/",
                "/check-up/",
            ),
            strict=True,
        )
    )


@pytest.mark.parametrize(
    "screen", [PHONE, {"width": 800, "height": 900}, DESK], ids=["phone", "tablet", "desk"]
)
def test_no_page_is_wider_than_its_screen(visitors, unit, addresses, screen):
    page = visitors.sign_in(unit.office, viewport=screen)
    wide = {}
    for name, address in addresses.items():
        assert page.goto(address).status == 200, name
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > screen["width"]:
            wide[name] = width
    assert wide == {}


def test_every_page_has_one_heading_a_title_and_labelled_fields(visitors, unit, addresses):
    page = visitors.sign_in(unit.office)
    for name, address in addresses.items():
        page.goto(address)
        assert page.locator("h1").count() == 1, name
        assert page.title().endswith(" · 闭环"), name
        nameless = page.evaluate(
            """() => [...document.querySelectorAll("input:not([type=hidden]), select, textarea")]
                .filter(field => !field.labels.length && !field.ariaLabel).map(field => field.name)"""
        )
        assert nameless == [], name


def test_every_page_speaks_english_when_asked(visitors, unit, addresses):
    page = visitors.sign_in(unit.office)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for name, address in addresses.items():
        page.goto(address)
        # Texts of people stay as they were written, so only what the program says is looked at.
        said = page.locator(".nav-item, .button, thead th, .field-label, summary, dt").all_inner_texts()
        assert [text for text in said if CHINESE.search(text)] == [], name


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(visitors, unit, addresses):
    page = visitors.sign_in(unit.office)
    page.goto(addresses["ledger"])
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
def test_the_ledger_prints_as_a_table_without_the_screen_s_furniture(visitors, unit, addresses, screen):
    page = visitors.sign_in(unit.office, viewport=screen, color_scheme="dark")
    page.goto(addresses["ledger"])
    page.emulate_media(media="print")
    for furniture in (".side", ".filters-box", ".lights", ".head-acts", ".assign", "td.ledger-choice"):
        expect(page.locator(furniture).first).to_be_hidden()
    assert page.locator(".ledger-row").first.evaluate("row => getComputedStyle(row).display") == "table-row"
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ground_follows_the_reader_s_setting(visitors, unit, scheme):
    page = visitors.sign_in(unit.office, color_scheme=scheme)
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    brightness = sum(int(part) for part in ground[4:-1].split(","))
    assert (brightness > 600) == (scheme == "light")


def test_signing_out_ends_the_session(visitors, unit):
    page = visitors.sign_in(unit.office)
    page.get_by_role("button", name="退出登录").click()
    page.goto("/")
    expect(page.get_by_role("button", name="登录")).to_be_visible()
