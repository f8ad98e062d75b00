"""The whole life of a finding, played by the people whose turn it is: plan, work, proof, write-off, relapse."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests import factories as make

from bihuan.workflow.words import State

pytestmark = pytest.mark.browser


@pytest.fixture
def finding(unit):
    return make.findings_of(make.an_inspection(unit))[0]


def _day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def _open(visitors, actor, finding):
    page = visitors.sign_in(actor)
    page.goto(f"/findings/{finding.pk}/")
    return page


def _act(page, verb, **typed):
    """Fill in the form of a step and send it; one that is not the main act is unfolded first."""
    form = page.locator(f'form[action$="/steps/{verb}/"]')
    if not form.is_visible():
        form.locator("xpath=ancestor::details").locator("summary").click()
    for name, value in typed.items():
        field = form.locator(f"[name={name}]")
        field.check() if value is True else field.fill(value)
    form.locator("button").click()
    expect(page.locator(".notice--success")).to_be_visible()


def _write_plan(page, unit):
    page.get_by_role("link", name="编辑方案").click()
    page.locator("[name=lead_department_id]").select_option(str(unit.department.pk))
    page.locator("[name=responsible_leader_id]").select_option(str(unit.leader.person_id))
    page.locator("[name=handler_id]").select_option(str(unit.handler.person_id))
    page.locator("[name=due_on]").first.fill(_day(60))
    page.locator("[name=criterion]").fill("no drop falls in three rains")
    for row in range(2):
        page.locator(f"[name=measures-{row}-deliverable]").fill("a dry pavilion")
        page.locator(f"[name=measures-{row}-deliverable_kind]").select_option("change")
        page.locator(f"[name=measures-{row}-due_on]").fill(_day(50))
        page.locator(f"[name=measures-{row}-owner_id]").select_option(str(unit.handler.person_id))
    page.get_by_role("button", name="保存方案").click()
    expect(page.locator(".notice--success")).to_be_visible()


def _attach(page, tmp_path):
    photo = tmp_path / "roof.jpg"
    photo.write_bytes(b"a picture of a dry roof")
    page.locator("#evidence > summary").click()
    form = page.locator("#evidence form")
    form.locator("[name=file]").set_input_files(photo)
    form.locator("[name=title]").fill("picture of the roof")
    form.locator("[name=kind]").select_option("photo")
    form.locator("[name=dated_on]").fill(_day(0))
    for box in form.locator("[name=measures]").all():
        box.check()
    form.locator("button").click()
    expect(page.get_by_role("link", name="picture of the roof")).to_have_count(2)


def test_a_finding_goes_from_draft_to_written_off_and_back(visitors, unit, finding, tmp_path):
    page = _open(visitors, unit.office, finding)
    expect(page.locator("#acts .remark--blocks")).not_to_have_count(0)
    _write_plan(page, unit)
    _act(page, "submit_plan")

    principal = _open(visitors, unit.principal, finding)
    _act(principal, "approve_plan", meeting="meeting no. 12", decided_on=_day(0))

    handler = _open(visitors, unit.handler, finding)
    _act(handler, "report_progress", text="two of three pavilions are repaired")
    _attach(handler, tmp_path)

    head = _open(visitors, unit.head, finding)
    _act(head, "declare_done", result_summary="all pavilions are repaired")
    expect(head.locator(".verdict")).to_have_class("verdict is-apart")

    _act(_open(visitors, unit.leader, finding), "endorse", opinion="seen")
    page.reload()
    _act(page, "review")
    principal.reload()
    _act(principal, "sign_off", meeting="meeting no. 14", decided_on=_day(0), pledge=True)

    supervisor = _open(visitors, unit.supervisor, finding)
    _act(supervisor, "write_off", opinion="seen on the spot")
    expect(supervisor.locator(".stepper-step.is-current.is-closed")).to_have_count(1)
    finding.refresh_from_db()
    assert (finding.state, finding.proven) == (State.WRITTEN_OFF, True)

    _act(supervisor, "relapse", detail="the roof leaks again", next_due_on=_day(90))
    expect(supervisor.locator(".stepper.is-relapsed")).to_be_visible()
    expect(supervisor.locator(".timeline-item").filter(has_text="seen on the spot")).to_be_visible()
    finding.refresh_from_db()
    assert (finding.state, finding.round, finding.relapse_count) == (State.RECTIFYING, 2, 1)


def test_a_plan_that_is_frozen_can_be_read_but_not_typed_into(visitors, unit):
    finding = make.a_finding(unit, State.RECTIFYING)
    page = _open(visitors, unit.office, finding)
    page.goto(f"/findings/{finding.pk}/plan/")
    expect(page.locator(".notice")).to_contain_text("仅供查看")
    fields = page.locator("main form:has([name=version]) :is(input:not([type=hidden]), select, textarea)")
    assert fields.count() > 5
    assert all(field.is_disabled() for field in fields.all())
    expect(page.get_by_role("button", name="保存方案")).to_have_count(0)


def test_the_button_of_an_act_is_never_hidden_in_a_scrolling_box(visitors, unit):
    finding = make.planned(unit, make.findings_of(make.an_inspection(unit))[0])
    make.carry_on(unit, finding, State.RECTIFYING)
    page = visitors.sign_in(unit.head, viewport={"width": 1440, "height": 500})
    page.goto(f"/findings/{finding.pk}/")
    boxes = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter(box => box.scrollHeight > box.clientHeight + 1
            && ["auto", "scroll"].includes(getComputedStyle(box).overflowY)).map(box => box.className)"""
    )
    assert boxes == []


def test_a_warning_can_be_passed_over_only_with_a_written_reason(visitors, unit):
    finding = make.planned(unit, make.findings_of(make.an_inspection(unit))[0])
    finding = make.carry_on(unit, finding, State.RECTIFYING)
    make.attach(unit, finding, make.measures_of(finding)[:1])
    page = _open(visitors, unit.head, finding)
    form = page.locator('form[action$="/steps/declare_done/"]')
    form.locator("xpath=ancestor::details").locator("summary").click()
    expect(form.locator(".remark--warns")).not_to_have_count(0)
    _act(page, "declare_done", result_summary="repaired", override_reason="the second follows from the first")
    expect(page.locator(".timeline")).to_contain_text("the second follows from the first")


def test_who_comes_too_late_is_told_and_keeps_what_was_typed(visitors, unit):
    finding = make.a_finding(unit, State.DECLARED)
    page = _open(visitors, unit.leader, finding)
    make.take(unit, "endorse", finding)
    form = page.locator('form[action$="/steps/endorse/"]')
    form.locator("[name=opinion]").fill("seen by me too")
    form.locator("button").click()
    expect(page.locator(".notice--error")).to_be_visible()
    finding.refresh_from_db()
    assert finding.state == State.ENDORSED
