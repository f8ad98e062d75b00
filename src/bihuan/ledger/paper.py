"""The progress report that the inspected organisation can print from the ledger as it stands."""

from dataclasses import replace

from bihuan.documents.model import Completion, Document, DocumentKind, Finding, Section, Totals
from bihuan.documents.numerals import numeral
from bihuan.documents.write import progress_report
from bihuan.ledger import printed
from bihuan.ledger.models import Inspection
from bihuan.scope import Actor


def report_of_inspection(inspection: Inspection, *, actor: Actor) -> Document:
    """Give the report as the organisation would sign it.

    A report that was read is printed again in its own words. Of any other paper (a feedback letter) only facts and
    findings are taken: its title, chapters and signature are those of whoever wrote it, so the ledger's own
    organisation speaks instead.
    """
    document = printed.document_of_inspection(inspection, actor=actor)
    if document.kind is DocumentKind.PROGRESS_REPORT:
        return document
    return in_own_words(document, organisation=inspection.organisation.name)


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
