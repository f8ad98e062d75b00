"""A parse as JSON and back: what `bihuan parse --json` prints and what the separate reading process sends home."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from bihuan.documents.model import (
    Category,
    Completion,
    Declared,
    Document,
    DocumentKind,
    Finding,
    Parsed,
    PartialDate,
    Problem,
    Quantity,
    Repair,
    Section,
    Source,
    Totals,
)
from bihuan.words import Phrase

Json = dict[str, Any]
_DATES = ("started_on", "ended_on", "feedback_on", "signed_on")
_WORDS = ("title", "organisation", "round", "team", "signature", "contact")


def as_json(parsed: Parsed) -> Json:
    """Give the parse as plain JSON values; dates are ISO, cut to their precision, or null."""
    document = parsed.document
    return {
        "kind": document.kind.value,
        **{name: getattr(document, name) for name in _WORDS},
        **{name: _date_text(getattr(document, name)) for name in _DATES},
        "opening": list(document.opening),
        "totals": dict(vars(document.totals)),
        "counts": counts(parsed),
        "findings": [_finding_json(finding) for finding in document.findings],
        "sections": [
            {**vars(section), "paragraphs": list(section.paragraphs)} for section in document.sections
        ],
        "repairs": [_note_json(note) for note in parsed.repairs],
        "problems": [_note_json(note) for note in parsed.problems],
        "lines": list(parsed.lines),
    }


def counts(parsed: Parsed) -> dict[str, int]:
    """Count findings, measures, next steps, each raw status word and the joined paragraphs."""
    findings = parsed.document.findings
    raw = Counter(finding.declared.raw for finding in findings if finding.declared.raw)
    return {
        "findings": len(findings),
        "measures": sum(len(finding.measures) for finding in findings),
        "next_steps": sum(len(finding.next_steps) for finding in findings),
        **raw,
        "paragraphs_rejoined": sum(repair.code == "rejoined" for repair in parsed.repairs),
    }


def from_json(data: Mapping[str, Any]) -> Parsed:
    """Rebuild the parse that `as_json` gave; raises KeyError, TypeError or ValueError for other data."""
    document = Document(
        kind=DocumentKind(data["kind"]),
        title=str(data["title"]),
        organisation=str(data["organisation"]),
        round=str(data["round"]),
        team=str(data["team"]),
        started_on=_date(data["started_on"]),
        ended_on=_date(data["ended_on"]),
        feedback_on=_date(data["feedback_on"]),
        signed_on=_date(data["signed_on"]),
        signature=str(data["signature"]),
        contact=str(data["contact"]),
        opening=tuple(data["opening"]),
        sections=tuple(
            Section(**{**section, "paragraphs": tuple(section["paragraphs"])}) for section in data["sections"]
        ),
        findings=tuple(_finding(finding) for finding in data["findings"]),
        totals=Totals(**data["totals"]),
    )
    return Parsed(
        document,
        tuple(
            Repair(note["code"], note["line"], phrase_from_json(note["phrase"])) for note in data["repairs"]
        ),
        tuple(
            Problem(note["code"], note["line"], phrase_from_json(note["phrase"])) for note in data["problems"]
        ),
        tuple(data["lines"]),
    )


def phrase_json(message: Phrase) -> Json:
    """Give a phrase as its template and values, so that it can still be translated."""
    return {"template": message.template, "values": dict(message.values)}


def phrase_from_json(data: Mapping[str, Any]) -> Phrase:
    """Rebuild a phrase from its template and values."""
    return Phrase(str(data["template"]), dict(data["values"]))


def _finding_json(finding: Finding) -> Json:
    return {
        "category": dict(vars(finding.category)),
        "ordinal": finding.ordinal,
        "title": finding.title,
        "declared": finding.declared.raw,
        "completion": finding.declared.completion.value,
        "sustained": finding.declared.sustained,
        "aspects": list(finding.aspects),
        "measures": list(finding.measures),
        "planned": finding.planned,
        "result": finding.result,
        "next_steps": list(finding.next_steps),
        "quantities": [dict(vars(quantity)) for quantity in finding.quantities],
        "source": [finding.source.first_line, finding.source.last_line] if finding.source else None,
    }


def _finding(data: Mapping[str, Any]) -> Finding:
    return Finding(
        category=Category(**data["category"]),
        ordinal=int(data["ordinal"]),
        title=data["title"],
        declared=Declared(Completion(data["completion"]), bool(data["sustained"]), data["declared"]),
        aspects=tuple(data["aspects"]),
        measures=tuple(data["measures"]),
        planned=bool(
            data.get("planned", False)
        ),  # uploads that wait may have been read before it was told apart
        result=str(data.get("result", "")),
        next_steps=tuple(data["next_steps"]),
        quantities=tuple(Quantity(**quantity) for quantity in data["quantities"]),
        source=Source(*data["source"]) if data["source"] else None,
    )


def _note_json(note: Repair | Problem) -> Json:
    return {
        "code": note.code,
        "line": note.line,
        "message": str(note.message),
        "phrase": phrase_json(note.message),
    }


def _date_text(on: PartialDate | None) -> str | None:
    return None if on is None else str(on)


def _date(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate.from_iso(text)
