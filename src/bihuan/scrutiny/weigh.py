"""Puts every rule to a document and counts the headline."""

from dataclasses import replace

from bihuan.documents.model import Document, Finding
from bihuan.scrutiny import rules
from bihuan.scrutiny.discovery import rules_in
from bihuan.scrutiny.model import Headline, Remark, Scrutiny
from bihuan.scrutiny.rules.f00_missing_everywhere import IN_FINDINGS, missing
from bihuan.scrutiny.verifiability import (
    Verifiability,
    is_declared_done,
    is_unverifiable,
    states_result,
    verifiability,
)

RULES = rules_in(rules)
OF_ONE_FINDING = tuple(rule for rule in RULES if not getattr(rule, "COMPARES_FINDINGS", False))
"""Rules that can be put to a finding by itself; the others weigh it against the rest of its document."""


def scrutinise(document: Document) -> Scrutiny:
    """Weigh the words of `document`: remarks in the order of the rules' codes, then of the document; pure."""
    return Scrutiny(
        remarks=tuple(remark for rule in RULES for remark in rule.remarks(document)),
        headline=_headline(document),
        missing=missing(document),
    )


def known_elsewhere(scrutiny: Scrutiny, facts: frozenset[str]) -> Scrutiny:
    """Drop the remarks that a fact is stated nowhere for the facts that a ledger holds beside the text.

    `facts` are keys of `IN_FINDINGS`: leader, department, deadline, completed_on, evidence.
    """
    settled = [IN_FINDINGS[fact] for fact in sorted(facts)]
    return replace(
        scrutiny,
        remarks=tuple(remark for remark in scrutiny.remarks if remark.reason not in settled),
        missing=tuple(reason for reason in scrutiny.missing if reason not in settled),
    )


def scrutinise_finding(finding: Finding) -> tuple[Remark, ...]:
    """Weigh the words of one finding by itself; pure."""
    alone = Document(findings=(finding,))
    return tuple(remark for rule in OF_ONE_FINDING for remark in rule.remarks(alone))


def _headline(document: Document) -> Headline:
    done = [finding for finding in document.findings if is_declared_done(finding)]
    measures = [measure for finding in document.findings for measure in finding.measures]
    return Headline(
        findings=len(document.findings),
        measures=len(measures),
        declared_done=len(done),
        with_stated_result=sum(map(states_result, done)),
        unverifiable_done=sum(map(is_unverifiable, done)),
        unverifiable_measures=sum(verifiability(measure) is Verifiability.NOTHING for measure in measures),
    )
