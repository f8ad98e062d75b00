"""Turns scripts into acts: who does what on which day. Nothing is done here; see stage.py."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from bihuan.cli.demo.script import InspectionScript, Row, table
from bihuan.cli.demo.times import Times

CHAIN = ("declared", "endorsed", "reviewed", "signed_off", "written_off")
DAYS_TO_ENDORSE, DAYS_TO_REVIEW, DAYS_TO_MEETING, DAYS_TO_WRITE_OFF = 1, 3, 4, 4
HOLDS = {"declared": "leader", "endorsed": "office", "reviewed": "principal", "signed_off": "supervisor"}
"""Who may send a finding back from a state, see the step table."""


@dataclass(frozen=True)
class Act:
    """One act of one person. `verb` is a step of the workflow, or a name of stage.OTHER_VERBS."""

    day: int
    verb: str
    username: str
    script: InspectionScript
    finding: Row | None = None
    given: Mapping[str, object] = field(default_factory=dict)


class Opinions:
    """Deals out what people write when they pass something on, each list in turn."""

    def __init__(self) -> None:
        self._lists = table("opinions.toml")
        self._turns = {verb: count() for verb in self._lists}

    def next(self, verb: str) -> str:
        """Give the next opinion for a verb."""
        texts = self._lists[verb]
        return str(texts[next(self._turns[verb]) % len(texts)])


class Finding:
    """Writes down the acts of one finding, in order."""

    def __init__(self, script: InspectionScript, row: Row, times: Times, opinions: Opinions) -> None:
        self.script, self.row, self.times, self.opinions = script, row, times, opinions
        self.reached = ""

    def acts(self) -> Iterator[Act]:
        """Give every act: plan, evidence, and then the life of the finding."""
        facts = self.script.facts
        stage = self.row.get("stage")
        planned = facts["waiting"] if stage else facts["submitted"]
        yield self._act(planned - 1, "plan", "office", dict(self.row))
        if not stage and not self.row.get("life"):
            return
        yield self._act(planned, "submit_plan", "office", {})
        if stage == "returned":
            yield self._act(facts["returned"], "return_plan", "principal", {"reason": self.row["reason"]})
        if stage:
            return
        meeting = {"meeting": facts["plan_meeting"], "decided_on": self.times.day(facts["approved"])}
        yield self._act(facts["approved"], "approve_plan", "principal", meeting)
        for paper in self.row.get("evidence", ()):
            day = max(paper["day"], facts["approved"] + 1)
            yield self._act(day, "attach", f"{self.row['department']}2", paper)
        for event in self.row["life"]:
            yield from self._event(event)

    def _act(self, day: int, verb: str, who: str, given: Mapping[str, object]) -> Act:
        texts = {
            name: self.times.fill(value) if isinstance(value, str) else value for name, value in given.items()
        }
        return Act(day, verb, self._username(who), self.script, self.row, texts)

    def _username(self, who: str) -> str:
        if who == "leader":
            who = f"leader{self.row['leader']}"
        supervisors = self.script.facts["supervisors"]
        named = {"supervisor": supervisors[0], "second supervisor": supervisors[-1]}
        return str(named.get(who) or self.script.username(who))

    def _event(self, event: Row) -> Iterator[Act]:
        name = next(name for name in EVENTS if name in event)
        return EVENTS[name](self, event)

    def progress(self, event: Row) -> Iterator[Act]:
        handler = f"{self.row['department']}2"
        yield self._act(event["day"], "report_progress", handler, {"text": event["progress"]})

    def declare(self, event: Row) -> Iterator[Act]:
        """The declaration and as much of the chain of signatures as was reached."""
        day, waive = event["day"], {"override_reason": event.get("waive", "")}
        given = {"result_summary": event["declare"], **waive}
        yield self._act(day, "declare_done", self.row["department"], given)
        self.reached = event["reach"]
        meeting = next(
            (row for row in self.script.facts["meetings"] if row["day"] >= day + DAYS_TO_MEETING), None
        )
        chain: list[Callable[[], Act]] = [
            lambda: self._act(day + DAYS_TO_ENDORSE, "endorse", "leader", self._opinion("endorse")),
            lambda: self._act(day + DAYS_TO_REVIEW, "review", "office", self._opinion("review") | waive),
            lambda: self._sign_off(meeting),
            lambda: self._write_off(event, meeting, waive),
        ]
        for link in chain[: CHAIN.index(self.reached)]:
            yield link()

    def _opinion(self, verb: str) -> dict[str, object]:
        return {"opinion": self.opinions.next(verb)}

    def _sign_off(self, meeting: Row | None) -> Act:
        if meeting is None:
            raise ValueError(f"{self.script.folder.name} {self.row['at']}: no meeting is left to decide")
        decided = {"meeting": meeting["name"], "decided_on": self.times.day(meeting["day"]), "pledge": True}
        return self._act(meeting["day"], "sign_off", "principal", decided | self._opinion("sign_off"))

    def _write_off(self, event: Row, meeting: Row | None, waive: Mapping[str, object]) -> Act:
        day = meeting["day"] + DAYS_TO_WRITE_OFF if meeting else 0
        return self._act(day, "write_off", "supervisor", {"opinion": event["verified"], **waive})

    def send_back(self, event: Row) -> Iterator[Act]:
        yield self._act(event["day"], "send_back", HOLDS[self.reached], {"reason": event["send_back"]})

    def partial(self, event: Row) -> Iterator[Act]:
        given = {"remaining_work": event["partial"], "next_due_on": self.times.day(event["next"])}
        yield self._act(event["day"], "accept_in_part", "supervisor", given)

    def relapse(self, event: Row) -> Iterator[Act]:
        given = {"detail": event["relapse"], "next_due_on": self.times.day(event["next"])}
        yield self._act(event["day"], "relapse", "second supervisor", given)

    def spot_check(self, event: Row) -> Iterator[Act]:
        yield self._act(event["day"], "spot_check", "second supervisor", {"detail": event["spot_check"]})

    def extension(self, event: Row) -> Iterator[Act]:
        given = {"reason": event["extension"], "new_due_on": self.times.day(event["new_due"])}
        yield self._act(event["day"], "request_extension", self.row["department"], given)
        if "grant" in event:
            yield self._act(event["day"] + 2, "approve_extension", "leader", {"opinion": event["grant"]})
        if "refuse" in event:
            yield self._act(event["day"] + 2, "refuse_extension", "leader", {"reason": event["refuse"]})

    def phase(self, event: Row) -> Iterator[Act]:
        given = {"result": event["phase"], **self._next_phase(event)}
        yield self._act(event["day"], "complete_phase", "office", given)

    def propose_long_term(self, event: Row) -> Iterator[Act]:
        given = {"reason": event["propose_long_term"], **self._next_phase(event)}
        yield self._act(event["day"], "propose_long_term", "principal", given)

    def accept_long_term(self, event: Row) -> Iterator[Act]:
        given = {"opinion": event["accept_long_term"]}
        yield self._act(event["day"], "make_long_term", "supervisor", given)

    def _next_phase(self, event: Row) -> dict[str, object]:
        return {
            "stage_objective": event["objective"],
            "next_due_on": self.times.day(event["next"]),
            "override_reason": event.get("waive", ""),
        }


EVENTS: dict[str, Callable[[Finding, Row], Iterator[Act]]] = {
    "progress": Finding.progress,
    "declare": Finding.declare,
    "send_back": Finding.send_back,
    "partial": Finding.partial,
    "relapse": Finding.relapse,
    "spot_check": Finding.spot_check,
    "extension": Finding.extension,
    "phase": Finding.phase,
    "propose_long_term": Finding.propose_long_term,
    "accept_long_term": Finding.accept_long_term,
}


def all_acts(scripts: tuple[InspectionScript, ...], times: Times) -> list[Act]:
    """Give the acts of all inspections in the order of their days, as the journal wants them."""
    opinions = Opinions()
    acts: list[Act] = []
    for script in scripts:
        acts.append(Act(script.facts["imported"], "import", script.username("office"), script))
        for row in script.findings:
            acts += Finding(script, row, times, opinions).acts()
    return sorted(acts, key=lambda act: act.day)
