"""Every page for everybody whom it concerns, over HTTP and without a browser."""

import re
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from django.template import Context, Template
from django.templatetags.static import static
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests import factories as make

from bihuan.web.views.findings import download
from bihuan.workflow.words import Role, State

MANY_QUERIES = 12
"""What a ledger page and a finding page may cost; the size of the ledger does not matter."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make.a_unit()


def _signed_in(actor):
    client = Client()
    client.force_login(make.Person.objects.get(pk=actor.person_id))
    return client


def _documents(response):
    return response.content.decode()


# Who sees what


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", [State.DRAFT, State.DECLARED, State.WRITTEN_OFF])
def test_every_role_reads_every_page_of_a_finding_s_inspection(unit, role, state):
    finding = make.a_finding(unit, state)
    client = _signed_in(unit.actor(role))
    addresses = [
        reverse("home"),
        reverse("ledger", args=[finding.inspection_id]),
        reverse("check_up", args=[finding.inspection_id]),
        reverse("report", args=[finding.inspection_id]),
        reverse("finding", args=[finding.pk]),
        reverse("check_file"),
    ]
    for address in addresses:
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("state", list(State))
def test_a_finding_is_shown_in_every_state(unit, state):
    finding = make.a_finding(unit, state)
    page = _documents(_signed_in(unit.office).get(reverse("finding", args=[finding.pk])))
    assert finding.title in page
    assert page.count('aria-current="step"') == 1


def test_nobody_reads_a_page_without_signing_in(unit):
    finding = make.a_finding(unit)
    for address in (reverse("home"), reverse("finding", args=[finding.pk])):
        response = Client().get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("sign_in"))


def test_a_foreign_finding_and_one_that_does_not_exist_look_the_same(unit):
    foreign = make.a_finding(unit.neighbour)
    client = _signed_in(unit.office)
    answers = [client.get(reverse("finding", args=[number])) for number in (foreign.pk, foreign.pk + 10_000)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_an_address_of_nobody_looks_like_a_foreign_finding(unit):
    client = _signed_in(unit.office)
    lost, foreign = client.get("/nowhere/at/all/"), client.get(reverse("finding", args=[10_000]))
    assert (lost.status_code, lost.content) == (foreign.status_code, foreign.content)


def test_the_supervisor_chooses_a_post_and_nobody_takes_a_foreign_one(unit):
    post = make.a_post(
        unit.organisation, Role.OFFICE, person=make.Person.objects.get(pk=unit.leader.person_id)
    )
    client = _signed_in(unit.leader)
    client.post(reverse("act_as"), {"post": post.pk})
    assert client.session["acting-post"] == post.pk
    client.post(reverse("act_as"), {"post": unit.principal.post_id})
    assert client.session["acting-post"] == post.pk


# The ledger


def test_filters_of_an_address_choose_the_rows(unit):
    finding = make.a_finding(unit, State.DECLARED)
    client = _signed_in(unit.office)
    address = reverse("ledger", args=[finding.inspection_id])
    assert _rows(client.get(address)) == 2
    assert _rows(client.get(address, {"state": State.DECLARED})) == 1
    assert _rows(client.get(address, {"department": unit.other_department.pk})) == 0
    assert _rows(client.get(address, {"state": "no such state"})) == 2


def _rows(response):
    return _documents(response).count('class="ledger-row"')


def test_htmx_is_sent_the_rows_alone(unit):
    inspection = make.an_inspection(unit)
    headers = {"HX-Request": "true", "HX-Target": "rows"}
    page = _documents(_signed_in(unit.office).get(reverse("ledger", args=[inspection.pk]), headers=headers))
    assert page.lstrip().startswith('<div id="rows"')
    assert "<html" not in page


def test_pages_of_a_long_ledger_follow_each_other_without_gap_or_overlap(unit):
    inspection = make.an_inspection(unit, make.a_document(findings=110, measures=1))
    client = _signed_in(unit.office)
    seen, address = [], reverse("ledger", args=[inspection.pk])
    while address:
        page = _documents(client.get(address))
        seen += _titles(page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        address = following and following.group(1).replace("&amp;", "&")
    assert seen == [finding.title for finding in make.findings_of(inspection)]


def _titles(page):
    return re.findall(r'class="ledger-title"><a href="[^"]+">([^<]+)</a>', page)


def test_paper_holds_every_row_of_the_filter(unit):
    inspection = make.an_inspection(unit, make.a_document(findings=110, measures=1))
    make.planned(unit, make.findings_of(inspection)[4])
    client = _signed_in(unit.office)
    address = reverse("ledger", args=[inspection.pk])
    whole = _documents(client.get(address, {"print": 1}))
    assert _titles(whole) == [finding.title for finding in make.findings_of(inspection)]
    assert "data-print" in whole
    assert 'name="finding"' not in whole
    part = client.get(address, {"print": 1, "department": unit.department.pk})
    assert _titles(_documents(part)) == ["no. 5 leaks"]


def test_a_filter_says_by_what_and_how_many_and_counts_no_lamps_of_others(unit):
    finding = make.a_finding(unit, State.DECLARED)
    client = _signed_in(unit.leader)
    address = reverse("ledger", args=[finding.inspection_id])
    page = _documents(client.get(address, {"state": State.DECLARED}))
    assert "已筛选 1 个（全部 2 个）" in page
    assert "light-count" not in page
    assert "light-count" in _documents(client.get(address, {"lamp": "undated"}))


def test_a_key_of_no_page_is_refused_and_said(unit):
    inspection = make.an_inspection(unit)
    response = _signed_in(unit.office).get(reverse("ledger", args=[inspection.pk]), {"after": "x"})
    assert response.status_code == 400


@pytest.mark.parametrize("findings", [2, 60])
def test_a_ledger_page_costs_few_queries_however_long_the_ledger(
    unit, findings, django_assert_max_num_queries
):
    inspection = make.an_inspection(unit, make.a_document(findings=findings, measures=1))
    client = _signed_in(unit.supervisor)
    with django_assert_max_num_queries(MANY_QUERIES):
        client.get(reverse("ledger", args=[inspection.pk]))


def test_one_department_is_given_to_many_findings(unit):
    inspection = make.an_inspection(unit)
    findings = make.findings_of(inspection)
    given = {"finding": [row.pk for row in findings], "lead_department_id": unit.department.pk}
    _signed_in(unit.office).post(reverse("assign", args=[inspection.pk]), given)
    departments = {row.lead_department_id for row in make.findings_of(inspection)}
    assert departments == {unit.department.pk}


def test_ticks_and_what_was_typed_survive_a_refusal_and_lead_back_to_the_same_rows(unit):
    inspection = make.an_inspection(unit)
    first, second = make.findings_of(inspection)
    client, address = _signed_in(unit.office), reverse("assign", args=[inspection.pk])
    ticked = f"{second.pk}:{second.version}"
    wrong = {"finding": ticked, "due_on": "tomorrow", "state": State.DRAFT, "sort": "-due"}
    page = _documents(client.post(address, wrong))
    assert f'value="{ticked}" form="assign" checked' in page
    assert page.count('form="assign" checked') == 1
    assert 'value="tomorrow"' in page
    right = {**wrong, "due_on": "", "lead_department_id": unit.department.pk}
    assert client.post(address, right)["Location"].endswith("?state=draft&sort=-due")


# The finding


def test_neighbours_are_one_step_away(unit):
    inspection = make.an_inspection(unit, make.a_document(findings=3, measures=1))
    pages = [
        _documents(_signed_in(unit.leader).get(reverse("finding", args=[finding.pk])))
        for finding in make.findings_of(inspection)
    ]
    assert ['rel="prev"' in page for page in pages] == [False, True, True]
    assert ['rel="next"' in page for page in pages] == [True, True, False]


@pytest.mark.parametrize(
    ("role", "state"), [(Role.RESPONSIBLE_LEADER, State.DRAFT), (Role.OFFICE, State.RECTIFYING)]
)
def test_a_plan_that_may_not_be_changed_is_shown_and_says_why(unit, role, state):
    finding = make.a_finding(unit, state)
    page = _documents(_signed_in(unit.actor(role)).get(reverse("plan", args=[finding.pk])))
    assert "<fieldset" in page
    assert "disabled>" in page
    assert "仅供查看" in page
    assert "保存方案" not in page


def test_a_calendar_offers_only_days_that_the_step_takes(unit):
    finding = make.a_finding(unit, State.REVIEWED)
    page = _documents(_signed_in(unit.principal).get(reverse("finding", args=[finding.pk])))
    assert f'max="{timezone.localdate().isoformat()}"' in page


def test_the_first_act_is_open(unit):
    finding = make.a_finding(unit, State.RECTIFYING)
    page = _documents(_signed_in(unit.head).get(reverse("finding", args=[finding.pk])))
    assert page.count('<div class="act">') == 1


def test_what_waits_says_for_what(unit):
    finding = make.a_finding(unit, State.DECLARED)
    page = _documents(_signed_in(unit.leader).get(reverse("home")))
    assert finding.title in page
    assert "→ 初审" in page


def test_what_waits_is_counted_beyond_what_is_shown(unit):
    make.an_inspection(unit, make.a_document(findings=30, measures=1))
    page = _documents(_signed_in(unit.office).get(reverse("home")))
    assert "前 20 个，共 30 个" in page
    assert page.count('class="todo-item"') == 20


def test_who_signs_in_again_amid_an_act_comes_to_its_page(unit):
    finding = make.a_finding(unit, State.DECLARED)
    take = reverse("take", args=[finding.pk, "endorse"])
    door = Client().post(take, {"version": finding.version})["Location"]
    assert door.endswith(f"?next={take}")
    page = _signed_in(unit.leader).get(take)
    assert page.status_code == 200
    assert f'action="{take}"' in _documents(page)
    assigning = _signed_in(unit.office).get(reverse("assign", args=[finding.inspection_id]))
    assert _rows(assigning) == 2
    assert _signed_in(unit.leader).put(take).status_code == 405


def test_the_door_says_that_the_session_ended(unit):
    finding = make.a_finding(unit)
    asked = Client().get(reverse("finding", args=[finding.pk]), follow=True)
    assert "登录已过期" in _documents(asked)
    assert "登录已过期" not in _documents(Client().get(reverse("sign_in")))


@pytest.mark.parametrize("state", [State.SUSTAINING, State.SIGNED_OFF])
def test_a_finding_page_costs_few_queries(unit, state, django_assert_max_num_queries):
    finding = make.a_finding(unit, state)
    client = _signed_in(unit.supervisor)
    with django_assert_max_num_queries(MANY_QUERIES):
        client.get(reverse("finding", args=[finding.pk]))


def test_a_step_is_taken_and_the_finding_goes_on(unit):
    finding = make.a_finding(unit, State.DECLARED)
    address = reverse("take", args=[finding.pk, "endorse"])
    response = _signed_in(unit.leader).post(address, {"version": finding.version, "opinion": "seen"})
    assert response.status_code == 302
    finding.refresh_from_db()
    assert finding.state == State.ENDORSED


def test_a_refused_form_comes_back_with_what_was_typed_and_why(unit):
    finding = make.a_finding(unit, State.REVIEWED)
    typed = {"version": finding.version, "verb": "sign_off", "meeting": "meeting no. 99", "decided_on": ""}
    response = _signed_in(unit.principal).post(reverse("take", args=[finding.pk, "sign_off"]), typed)
    page = _documents(response)
    assert response.status_code == 400
    assert "meeting no. 99" in page
    assert 'role="alert"' in page
    finding.refresh_from_db()
    assert finding.state == State.REVIEWED


def test_two_who_edit_at_once_do_not_overwrite_each_other(unit):
    finding = make.a_finding(unit, State.DECLARED)
    old = {"version": finding.version - 1, "opinion": "seen"}
    response = _signed_in(unit.leader).post(reverse("take", args=[finding.pk, "endorse"]), old)
    assert response.status_code == 409
    finding.refresh_from_db()
    assert finding.state == State.DECLARED


def test_the_page_offers_nothing_that_is_not_this_person_s_turn(unit):
    finding = make.a_finding(unit, State.DECLARED)
    page = _documents(_signed_in(unit.principal).get(reverse("finding", args=[finding.pk])))
    assert "/steps/" not in page
    assert "责任领导" in page


def test_evidence_is_handed_out_as_a_download_that_no_browser_runs(unit):
    finding = make.a_finding(unit, State.RECTIFYING)
    piece = make.attach(unit, finding, data=b"<script>alert(1)</script>")
    response = _signed_in(unit.office).get(reverse("evidence", args=[piece.pk]))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert "sandbox" in response["Content-Security-Policy"]
    assert b"".join(response) == b"<script>alert(1)</script>"


def test_a_file_s_name_can_set_nothing_else_in_the_header():
    for name in ("a/b.txt", 'a"; x=y.txt', "公开稿.docx", "a\r\nX-Evil: 1"):
        header = download(b"", name)["Content-Disposition"]
        said = header.removeprefix("attachment; filename*=UTF-8''")
        assert re.fullmatch(r"[A-Za-z0-9%._~-]+", said)
        assert unquote(said) == name


def test_an_instant_is_told_by_the_day_that_it_was_where_people_are():
    night = datetime(2026, 3, 1, 20, tzinfo=UTC)
    told = Template("{{ at|on }} {{ day|on }}").render(Context({"at": night, "day": night.date()}))
    assert told == "2026-03-02 2026-03-01"


def test_what_people_write_is_never_markup(unit):
    finding = make.a_finding(unit, State.RECTIFYING)
    make.take(unit, "report_progress", finding, text="<script>alert(1)</script>")
    page = _documents(_signed_in(unit.office).get(reverse("finding", args=[finding.pk])))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


# Papers


@pytest.mark.parametrize("format", ["docx", "txt", "html"])
def test_the_report_is_handed_out_in_every_format(unit, format):
    inspection = make.an_inspection(unit)
    response = _signed_in(unit.office).get(reverse("report_file", args=[inspection.pk]), {"format": format})
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith(f".{format}")
    assert response.content


def test_a_format_that_does_not_exist_is_refused(unit):
    inspection = make.an_inspection(unit)
    response = _signed_in(unit.office).get(reverse("report_file", args=[inspection.pk]), {"format": "exe"})
    assert response.status_code == 400


# Language and policy


def test_chinese_is_the_language_until_another_is_chosen(unit):
    client = _signed_in(unit.office)
    assert 'lang="zh-Hans"' in _documents(client.get(reverse("home"), headers={"Accept-Language": "en"}))
    client.post(reverse("set_language"), {"language": "en", "next": "/import/"})
    page = _documents(client.get(reverse("home")))
    assert '<html lang="en">' in page
    assert "Overview" in page


def test_choosing_a_language_leads_to_no_foreign_address(unit):
    for target in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        response = _signed_in(unit.office).post(reverse("set_language"), {"language": "en", "next": target})
        assert response["Location"] == reverse("home")


def test_every_answer_carries_a_content_policy_without_exceptions(unit):
    finding = make.a_finding(unit)
    for address in (reverse("sign_in"), reverse("finding", args=[finding.pk]), "/nowhere/"):
        policy = _signed_in(unit.office).get(address)["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy


def test_what_a_signed_in_person_is_shown_is_kept_nowhere(unit):
    finding = make.a_finding(unit, State.RECTIFYING)
    piece = make.attach(unit, finding)
    client = _signed_in(unit.office)
    pages = [
        reverse("home"),
        reverse("finding", args=[finding.pk]),
        "/nowhere/",
        "/findings/1/steps/endorse/",
    ]
    for address in (*pages, reverse("evidence", args=[piece.pk])):
        assert "no-store" in client.get(address)["Cache-Control"], address
    assert "no-store" in client.post(reverse("sign_out"))["Cache-Control"]
    for address in (static("bihuan/base.css"), static("bihuan/mark.svg")):
        answer = _signed_in(unit.office).get(address)
        assert b"".join(answer)  # read to its end, where the client closes the file
        assert "no-store" not in answer.headers.get("Cache-Control", "")


def test_a_wrong_name_and_a_wrong_password_look_alike():
    known = make.a_person("somebody")
    answers = [
        Client().post(reverse("sign_in"), {"username": name, "password": "not this one"})
        for name in (known.username, "nobody--")
    ]
    first, second = (_without_token(_documents(answer)).replace("nobody--", "somebody") for answer in answers)
    assert [answer.status_code for answer in answers] == [403, 403]
    assert first == second


def _without_token(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


HUGE = "9" * 40


def test_numbers_too_large_for_any_row_are_nobody_s(unit):
    inspection = make.an_inspection(unit)
    client = _signed_in(unit.office)
    assert client.get(f"/findings/{HUGE}/").status_code == 404
    assert client.get(f"/inspections/{HUGE}/").status_code == 404
    ledger = reverse("ledger", args=[inspection.pk])
    assert client.get(ledger, {"category": HUGE}).status_code == 200
    assert client.get(ledger, {"after": HUGE}).status_code in (200, 400)
    assert client.post(reverse("assign", args=[inspection.pk]), {"finding": HUGE}).status_code == 400
