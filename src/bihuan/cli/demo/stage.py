"""Loads the demonstration: every act by the person whose turn it is, in the order of time."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.cli.demo.accounts import Account, kept_password, new_password, password_file
from bihuan.cli.demo.acts import Act, all_acts
from bihuan.cli.demo.papers import paper
from bihuan.cli.demo.script import InspectionScript, inspections, table
from bihuan.cli.demo.times import Times
from bihuan.documents.read import read
from bihuan.errors import NotFound, Refusal
from bihuan.ledger import actions as ledger
from bihuan.ledger.actions.evidence import EvidenceFields
from bihuan.ledger.actions.planning import MeasureFields, PlanFields
from bihuan.ledger.queries import finding as finding_queries
from bihuan.ledger.queries import ledger as ledger_queries
from bihuan.people import actions as people
from bihuan.people import queries as who
from bihuan.scope import Actor, system
from bihuan.workflow.words import Role

PEOPLE = "organisations.toml"
LONG_BEFORE = -800
"""Days: when the posts and the supervision of the demonstration begin."""

Out = Callable[[str], None]


def load(*, today: date, out: Out) -> tuple[Account, ...]:
    """Load the demonstration unless it is there, and give its accounts.

    All of it is one transaction: a load that is broken off leaves nothing behind. `out` is told, in
    whole lines, what is being done.
    """
    setup = system("the demonstration is set up")
    password = kept_password()
    if _is_loaded(setup):
        if not password:
            out(_("The password file %(file)s is gone. Set a new password with “bihuan manage changepassword USER”.") % {"file": password_file()})  # fmt: skip
        return _accounts(password)
    out(_("Loading the fictional demonstration: three inspections of two organisations …"))
    password = password or new_password()
    with transaction.atomic():
        stage = Stage(Times(today), setup)
        stage.appoint(password)
        stage.play(inspections())
    out(_("Loaded: %(findings)s findings, %(acts)s acts in the journal.") % stage.counts)
    return _accounts(password)


def _is_loaded(setup: Actor) -> bool:
    try:
        who.organisation(table(PEOPLE)["organisation"][0]["code"], actor=setup)
    except NotFound:
        return False
    return True


def _accounts(password: str) -> tuple[Account, ...]:
    rows = table(PEOPLE)
    names = {row["code"]: row["short_name"] for row in rows["organisation"]}
    return tuple(
        Account(row["username"], row["name"], post["title"], names[post["in"]], Role(post["role"]), password)
        for row in rows["person"]
        for post in row["posts"]
    )


class Measured(NamedTuple):
    """A measure as the ledger holds it."""

    id: int
    text: str


class Stage:
    """Where the acts are done: knows the actors, the findings and what time it is."""

    def __init__(self, times: Times, setup: Actor) -> None:
        self.times, self.setup = times, setup
        self.actors: dict[str, Actor] = {}
        self.departments: dict[str, int] = {}
        self.findings: dict[tuple[str, str], int] = {}
        self.printed: set[int] = set()
        """Findings whose measures the document brought along."""
        self.measures: dict[int, list[Measured]] = {}
        self.counts = {"findings": 0, "acts": 0}

    def appoint(self, password: str) -> None:
        """Create organisations, supervision, persons and posts."""
        rows, at = table(PEOPLE), self.times.instant(self.times.day(LONG_BEFORE), 0, 1)
        made = {}
        for row in rows["organisation"]:
            new = people.NewOrganisation(
                row["code"], row["name"], row["short_name"], row["kind"], row.get("in")
            )
            made[row["code"]] = people.create_organisation(new, actor=self.setup, at=at)
        self.departments = {code: organisation.pk for code, organisation in made.items()}
        since = self.times.day(LONG_BEFORE)
        for row in rows["organisation"]:
            for subject in row.get("supervises", ()):
                people.supervise(made[row["code"]], made[subject], valid_from=since, actor=self.setup, at=at)
        for row in rows["person"]:
            person = people.create_person(
                username=row["username"], name=row["name"], password=password, actor=self.setup, at=at
            )
            for post in row["posts"]:
                role = Role(post["role"])
                people.grant_post(person, made[post["in"]], role, valid_from=since, actor=self.setup, at=at)
            self.actors[row["username"]] = who.actor_of(row["username"], today=self.times.today)

    def play(self, scripts: tuple[InspectionScript, ...]) -> None:
        """Do every act of the scripts, each day's acts spread over its working hours."""
        for day, together in groupby(all_acts(scripts, self.times), key=lambda act: self.times.day(act.day)):
            acts = list(together)
            for place, act in enumerate(acts):
                self._do(act, self.times.instant(day, place, len(acts)))

    def _do(self, act: Act, at: datetime) -> None:
        try:
            OTHER_VERBS.get(act.verb, Stage._step)(self, act, self.actors[act.username], at)
        except Refusal as refusal:
            place = act.finding["at"] if act.finding else ""
            refusal.add_note(f"demonstration: {act.script.folder.name} {place} {act.verb} on day {act.day}")
            raise
        self.counts["acts"] += 1

    def _step(self, act: Act, actor: Actor, at: datetime) -> None:
        ledger.take(act.verb, self._finding(act), given=act.given, actor=actor, at=at)

    def _finding(self, act: Act) -> int:
        assert act.finding is not None  # only imports have none
        return self.findings[act.script.folder.name, act.finding["at"]]

    def _import(self, act: Act, actor: Actor, at: datetime) -> None:
        text = self.times.fill(act.script.document.read_text(encoding="utf-8"))
        data, filename = text.encode(), text.lstrip().split("\n", 1)[0].strip() + ".txt"
        parsed = read(data, filename=filename)
        received = ledger.receive_document(
            data=data, filename=filename, parsed=parsed, organisation_code=act.script.organisation, actor=actor, at=at
        )  # fmt: skip
        inspection = ledger.confirm_upload(received.upload.pk, actor=actor, at=at).inspection
        page = ledger_queries.page(
            inspection, actor=actor, today=self.times.today, size=len(parsed.document.findings)
        )
        for row in page.rows:
            key = f"{row.finding.category.position}.{row.finding.ordinal}"
            self.findings[act.script.folder.name, key] = row.finding.pk
            if row.finding.measure_count:
                self.printed.add(row.finding.pk)
        self.counts["findings"] += len(page.rows)

    def _plan(self, act: Act, actor: Actor, at: datetime) -> None:
        finding_id, row, script = self._finding(act), act.given, act.script
        printed = self._measures_of(finding_id, actor, at) if finding_id in self.printed else []
        leader = self.actors[script.username(f"leader{row['leader']}")] if "leader" in row else None
        plan = PlanFields(
            kind=str(row.get("kind", "due")),
            objective=str(row.get("objective", "")),
            criterion=str(row.get("criterion", "")),
            lead_department_id=self.departments[script.department(str(row["department"]))],
            cooperating_ids=tuple(
                self.departments[script.department(name)] for name in _rows(row.get("with"))
            ),
            responsible_leader_id=leader.person_id if leader else None,
            handler_id=self._handler(act).person_id,
            due_on=self._day(row.get("due")),
            measures=tuple(self._measures(act, printed)),
        )
        ledger.plan_finding(finding_id, plan=plan, actor=actor, at=at)

    def _handler(self, act: Act) -> Actor:
        assert act.finding is not None  # only imports have none
        return self.actors[act.script.username(f"{act.finding['department']}2")]

    def _day(self, offset: object) -> date | None:
        return self.times.day(offset) if isinstance(offset, int) else None

    def _measures_of(self, finding_id: int, actor: Actor, at: datetime) -> list[Measured]:
        """The measures as the ledger holds them, read once: planning keeps those that the document brought."""
        if finding_id not in self.measures:
            page = finding_queries.finding_page(finding_id, actor=actor, at=at)
            self.measures[finding_id] = [
                Measured(line.measure.pk, line.measure.text) for line in page.measures
            ]
        return self.measures[finding_id]

    def _measures(self, act: Act, printed: list[Measured]) -> Iterator[MeasureFields]:
        rows = _rows(act.given.get("measures"))
        if printed and rows and len(printed) != len(rows):
            raise ValueError(
                f"{act.script.folder.name} {act.given['at']}: {len(printed)} measures are printed"
            )
        for place, row in enumerate(rows):
            held = printed[place] if printed else None
            yield MeasureFields(
                id=held.id if held else None,
                text=held.text if held else self.times.fill(row["text"]),
                deliverable=row["gives"],
                deliverable_kind=row["kind"],
                target="".join(row.get("target", ())),
                frequency=row.get("often", ""),
                due_on=self._day(row.get("due")),
                owner_id=self._handler(act).person_id,
            )

    def _attach(self, act: Act, actor: Actor, at: datetime) -> None:
        finding_id, row = self._finding(act), act.given
        finding = finding_queries.finding_of(finding_id, actor=actor)
        measures = self._measures_of(finding_id, actor, at)
        served = [measures[number - 1] for number in _rows(row["for"])]
        dated_on = self.times.day(int(str(row["day"])))
        fields = EvidenceFields(
            title=str(row["title"]), kind=str(row["kind"]), dated_on=dated_on,
            doc_no=str(row.get("no", "")), issuer=str(row.get("by", "")),
        )  # fmt: skip
        slots = {
            "title": fields.title,
            "doc_no": fields.doc_no,
            "issuer": fields.issuer or actor.organisation_name,
            "dated": f"{dated_on.year}年{dated_on.month}月{dated_on.day}日",
            "finding": finding.title,
            "measure": "".join(measure.text for measure in served),
            "criterion": finding.criterion,
            "department": actor.organisation_name,
        }
        filename, data = paper(fields.kind, slots)
        measure_ids = tuple(measure.id for measure in served)
        ledger.attach_evidence(
            finding_id, data=data, filename=filename, fields=fields, measure_ids=measure_ids, actor=actor, at=at
        )  # fmt: skip


OTHER_VERBS: dict[str, Callable[[Stage, Act, Actor, datetime], None]] = {
    "import": Stage._import,
    "plan": Stage._plan,
    "attach": Stage._attach,
}


def _rows(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []
