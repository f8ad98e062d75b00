"""The progress report that the inspected organisation can print from the ledger as it stands."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from bihuan.documents.model import (
    Completion,
    Declared,
    Document,
    DocumentKind,
    Finding,
    PartialDate,
    Section,
    Totals,
)
from bihuan.documents.numerals import numeral
from bihuan.documents.read.totals import differences
from bihuan.documents.write import progress_report
from bihuan.ledger import printed
from bihuan.ledger.models import Inspection
from bihuan.scope import Actor
from bihuan.words import N_, Phrase, phrase
from bihuan.workflow.words import State

_UNCLAIMED = defaultdict(
    Declared,
    {
        State.RECTIFYING: Declared(Completion.IN_PROGRESS),
        State.SUSTAINING: Declared(Completion.IN_PROGRESS, sustained=True),
    },
)
"""How a finding stands in public while its organisation has not declared anything."""

_CONTRADICTS = {
    "findings": N_("The text speaks of %(declared)s findings; the ledger now has %(counted)s."),
    "done": N_("The text says %(declared)s findings are done; in the ledger it is now %(counted)s."),
    "basic": N_(
        "The text says %(declared)s findings are basically done; in the ledger it is now %(counted)s."
    ),
    "in_progress": N_(
        "The text says %(declared)s findings are in progress; in the ledger it is now %(counted)s."
    ),
    "not_done": N_("The text says %(declared)s findings are not done; in the ledger it is now %(counted)s."),
    "measures": N_("The text speaks of %(declared)s measures; the ledger now has %(counted)s."),
}


def report_of_inspection(inspection: Inspection, *, actor: Actor) -> Document:
    """Give the report as the organisation would sign it.

    A report that was read is printed again in its own words. Of any other paper (a feedback letter) only facts and
    findings are taken: its title, chapters and signature are those of whoever wrote it, so the ledger's own
    organisation speaks instead.
    """
    rows = printed.findings_of(inspection, actor=actor)
    findings = tuple(as_it_stands(finding, State(row.state)) for row, finding in rows)
    document = printed.framed(inspection, findings)
    if document.kind is DocumentKind.PROGRESS_REPORT:
        return document
    return in_own_words(document, organisation=inspection.organisation.name)


def as_it_stands(finding: Finding, state: State) -> Finding:
    """Print a finding for which nothing is claimed as planned, in progress once the plan is approved.

    What is claimed is printed as it is claimed, with the words that it would be read back by.
    """
    unclaimed = finding.declared == Declared()
    declared = _UNCLAIMED[state] if unclaimed else finding.declared
    return replace(
        finding,
        declared=replace(declared, raw=progress_report.status(declared)),
        planned=unclaimed and bool(finding.measures),
    )


def exact(day: date) -> PartialDate:
    """Give a day as papers hold it."""
    return PartialDate(day.year, day.month, day.day)


def contradictions(report: Document) -> tuple[Phrase, ...]:
    """Say which figures in the report's own words are not those of the ledger; nobody's words are changed silently."""
    return tuple(
        phrase(_CONTRADICTS[name], declared=declared, counted=counted)
        for name, declared, counted in differences(report)
    )


def in_own_words(document: Document, *, organisation: str) -> Document:
    """Compose title, opening and signature of `organisation` around the findings of somebody else's paper."""
    totals = totals_of(document.findings)
    facts = replace(
        document,
        kind=DocumentKind.PROGRESS_REPORT,
        title="",
        organisation=organisation,
        signed_on=None,
        opening=(),
        sections=(),
        totals=totals,
        signature=organisation,
        contact="",
    )
    if document.categories and document.categories[0].part == numeral(2):
        # The letter's first chapter is not ours to print, and findings keep their numbers: say how things stand there.
        whole = Section(numeral(1), "整改总体情况", (progress_report.counts(totals),))
        facts = replace(facts, sections=(whole,), totals=Totals())
    opening = progress_report.opening(facts)
    return replace(facts, title=progress_report.title(facts), opening=opening, totals=totals)


def totals_of(findings: tuple[Finding, ...]) -> Totals:
    """Count what a report says of itself in figures; None where there is nothing to tell."""
    claims = [finding.declared.completion for finding in findings]
    return Totals(
        findings=len(findings) or None,
        done=claims.count(Completion.DONE) or None,
        basic=claims.count(Completion.BASIC) or None,
        in_progress=claims.count(Completion.IN_PROGRESS) or None,
        not_done=claims.count(Completion.NOT_DONE) or None,
        measures=sum(len(finding.measures) for finding in findings) or None,
    )
