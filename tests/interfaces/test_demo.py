"""The demonstration: loaded once for this file, looked at from every side."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import docx
import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import RequestFactory, override_settings
from django.utils import timezone

from bihuan.cli.demo import Account, load
from bihuan.cli.demo.accounts import password_file
from bihuan.cli.demo.script import DATA
from bihuan.journal import queries as journal
from bihuan.journal.models import Entry
from bihuan.ledger import store
from bihuan.ledger.models import Evidence, Extension, Finding, Inspection, Measure, Review
from bihuan.ledger.queries import inspections as inspection_queries
from bihuan.people import queries as who
from bihuan.scope import Actor
from bihuan.workflow.deadlines import Lamp
from bihuan.workflow.steps import VERBS
from bihuan.workflow.words import Kind, Role, State

TODAY = date(2026, 11, 20)
CHAIN = ["declare_done", "endorse", "review", "sign_off", "write_off"]


@dataclass(frozen=True)
class Loaded:
    accounts: tuple[Account, ...]
    said: list[str]
    files: Path
    supervisor: Actor


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Loaded]:
    folder = tmp_path_factory.mktemp("demo")
    quick = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    own = override_settings(DATA=folder, FILES=folder / "files", PASSWORD_HASHERS=quick)
    said: list[str] = []
    with django_db_blocker.unblock(), own, transaction.atomic():
        accounts = load(today=TODAY, out=said.append)
        supervisor = who.actor_of("supervisor-yanlan", today=TODAY)
        yield Loaded(accounts, said, folder / "files", supervisor)
        transaction.set_rollback(True)


def test_one_supervisor_watches_two_organisations_with_three_inspections(demo):
    lines = inspection_queries.inspections(actor=demo.supervisor, today=TODAY)
    assert len(lines) == 3
    assert len({line.inspection.organisation_id for line in lines}) == 2
    assert sum(line.standing.findings for line in lines) >= 120


def test_an_organisation_does_not_see_the_other(demo):
    office = who.actor_of("office-heting", today=TODAY)
    lines = inspection_queries.inspections(actor=office, today=TODAY)
    assert {line.inspection.organisation.code for line in lines} == {"heting"}


def test_findings_stand_in_every_state_and_of_every_kind(demo):
    findings = Finding.objects.scoped(demo.supervisor)
    assert set(findings.values_list("state", flat=True)) == set(State)
    assert set(findings.values_list("kind", flat=True)) == set(Kind)


def test_every_lamp_burns(demo):
    lines = inspection_queries.inspections(actor=demo.supervisor, today=TODAY)
    burning = {lamp for line in lines for lamp, count in line.standing.lamps.items() if count}
    assert burning == set(Lamp)


def test_every_verb_of_the_workflow_was_taken(demo):
    taken = set(Review.objects.scoped(demo.supervisor).values_list("verb", flat=True))
    assert taken == set(VERBS)


def test_extensions_were_granted_refused_and_left_open(demo):
    answers = set(Extension.objects.scoped(demo.supervisor).values_list("approved", flat=True))
    assert answers == {True, False, None}


def test_each_written_off_finding_was_signed_by_five_different_persons(demo):
    written_off = Finding.objects.scoped(demo.supervisor).filter(state=State.WRITTEN_OFF)
    assert written_off.count() >= 20
    for finding in written_off:
        rows = Review.objects.scoped(demo.supervisor).filter(
            finding=finding, round=finding.round, verb__in=CHAIN
        )
        signed = list(rows.order_by("at").values_list("verb", "person_id"))
        assert [verb for verb, _ in signed] == CHAIN
        assert len({person for _, person in signed}) == len(CHAIN)


def test_written_off_without_proof_on_every_measure_has_a_written_reason(demo):
    rows = Finding.objects.scoped(demo.supervisor).filter(state=State.WRITTEN_OFF)
    bare = [row for row in rows if row.evidenced_count < row.measure_count]
    assert 0 < len(bare) < 5
    for finding in bare:
        last = Review.objects.scoped(demo.supervisor).filter(finding=finding, verb="write_off").last()
        assert last.given["override_reason"], finding.title


def test_the_proof_gap_has_all_three_steps(demo):
    lines = inspection_queries.inspections(actor=demo.supervisor, today=TODAY)
    declared, written_off, proven = (
        sum(getattr(line.standing, name) for line in lines)
        for name in ("declared_done", "written_off", "proven")
    )
    assert declared > written_off > proven > 0


def test_the_report_brings_claims_that_nothing_proves(demo):
    report = Inspection.objects.scoped(demo.supervisor).one(organisation__code="heting")
    hollow = Finding.objects.scoped(demo.supervisor).filter(
        inspection=report, declared_raw="已完成", evidenced_count=0, state=State.RECTIFYING
    )
    assert hollow.count() >= 4


def test_evidence_files_are_real_and_unaltered(demo):
    rows = list(Evidence.objects.scoped(demo.supervisor))
    assert len(rows) >= 150
    assert {".docx", ".csv", ".txt"} == {Path(row.filename).suffix for row in rows}
    with override_settings(FILES=demo.files):
        contents = {row.pk: store.get(row.digest) for row in rows}
    for row in rows:
        if row.filename.endswith(".docx"):
            text = "\n".join(part.text for part in docx.Document(io.BytesIO(contents[row.pk])).paragraphs)
        else:
            text = contents[row.pk].decode("utf-8-sig")
        assert row.title in text and row.doc_no in text and "虚构" in text


def test_there_are_progress_notes_of_their_own_words(demo):
    steps = Review.objects.scoped(demo.supervisor).filter(verb="report_progress")
    texts = [step.given["text"] for step in steps]
    assert len(texts) >= 60
    assert len(set(texts)) == len(texts)


def test_no_placeholder_is_left_in_any_text(demo):
    texts = [
        *Measure.objects.scoped(demo.supervisor).values_list("text", flat=True),
        *Finding.objects.scoped(demo.supervisor).values_list("criterion", flat=True),
        *Evidence.objects.scoped(demo.supervisor).values_list("title", flat=True),
        *Evidence.objects.scoped(demo.supervisor).values_list("doc_no", flat=True),
        *(str(given) for given in Review.objects.scoped(demo.supervisor).values_list("given", flat=True)),
    ]
    assert [text for text in texts if "{D" in text or "{Y" in text or "{m" in text or "{M" in text] == []


def test_the_journal_verifies_and_runs_forward_in_time_up_to_yesterday(demo):
    assert list(journal.verify()) == []
    moments = list(Entry.objects.scoped(demo.supervisor).order_by("seq").values_list("at", flat=True))
    assert len(moments) >= 800
    assert moments == sorted(moments)
    assert timezone.localdate(moments[-1]) < TODAY
    assert {timezone.localtime(moment).weekday() for moment in moments} <= {0, 1, 2, 3, 4}


def test_every_role_has_an_account_that_opens(demo):
    assert {account.role for account in demo.accounts} == set(Role)
    for account in demo.accounts:
        request = RequestFactory().post("/")
        person = authenticate(request, username=account.username, password=account.password)
        assert person is not None, account.username
        actor = who.actor_of(account.username, today=TODAY)
        assert (actor.role, actor.organisation_name) == (account.role, account.organisation)
        assert account.password in str(account)


def test_the_password_is_long_and_kept_for_the_owner_only(demo):
    with override_settings(DATA=demo.files.parent):
        path = password_file()
    assert path.stat().st_mode & 0o777 == 0o600
    assert {account.password for account in demo.accounts} == {path.read_text().strip()}
    assert len(path.read_text().strip()) == 19


def test_a_second_load_changes_nothing_and_gives_the_same_accounts(demo):
    before, said = journal.head(), []
    with override_settings(DATA=demo.files.parent):
        accounts = load(today=TODAY, out=said.append)
    assert accounts == demo.accounts
    assert journal.head() == before
    assert said == []


def test_a_second_load_without_the_password_file_says_how_to_go_on(demo, tmp_path):
    said: list[str] = []
    with override_settings(DATA=tmp_path):
        accounts = load(today=TODAY, out=said.append)
    assert {account.password for account in accounts} == {""}
    assert len(said) == 1 and "changepassword" in said[0]
    assert not (tmp_path / "demo-accounts.txt").exists()


REAL_PLACES = re.compile(
    "北京|上海|天津|重庆|广东|广州|深圳|福田|浙江|杭州|江苏|南京|苏州|四川|成都|湖北|武汉|湖南|长沙|山东|济南|青岛|"
    "河南|郑州|河北|石家庄|福建|福州|厦门|江西|南昌|安徽|合肥|辽宁|沈阳|大连|吉林|长春|黑龙江|哈尔滨|陕西|西安|山西|太原|"
    "云南|昆明|贵州|贵阳|广西|南宁|海南|海口|三亚|内蒙古|宁夏|新疆|西藏|甘肃|兰州|青海|西宁|香港|澳门|台湾|临江"
)


def test_no_real_place_is_named():
    for path in DATA.rglob("*.t*"):
        assert REAL_PLACES.findall(path.read_text(encoding="utf-8")) == [], path.name
