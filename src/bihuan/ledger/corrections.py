"""What a person set right in the reading of a document. Only what differs from the reading is kept."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bihuan.documents.model import Completion, Declared, Document, Finding, PartialDate
from bihuan.errors import BadInput
from bihuan.words import N_, phrase

HEAD = "head"
"""The key of the head among the corrections; every other key is the place of a finding."""
TEXTS = {"title": N_("title"), "round": N_("round"), "team": N_("team")}
DATES = {
    "started_on": N_("began on"),
    "ended_on": N_("ended on"),
    "feedback_on": N_("feedback"),
    "signed_on": N_("signed on"),
}
_PARTIAL_DATE = re.compile(r"[0-9]{4}(-[0-9]{1,2}){0,2}")


@dataclass(frozen=True)
class FindingFields:
    """What can be set right of one finding."""

    title: str
    completion: str
    measures: tuple[str, ...]
    next_steps: tuple[str, ...]
    sustained: bool = False
    aspects: tuple[str, ...] = ()

    def checked(self) -> dict[str, Any]:
        """Give the fields without blanks; raises BadInput for a missing title or a status that is none."""
        if not self.title.strip():
            raise BadInput(phrase("“%(label)s” is missing.", label=N_("title")))
        if self.completion not in set(Completion):
            raise BadInput(phrase("Choose a declared status."))
        return {
            "title": self.title.strip(),
            "completion": str(self.completion),
            "sustained": self.sustained,
            "aspects": _kept(self.aspects),
            "measures": _kept(self.measures),
            "next_steps": _kept(self.next_steps),
        }


def _kept(lines: tuple[str, ...]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]


def fields_of(finding: Finding) -> dict[str, Any]:
    """Give what can be set right of a finding, as it stands."""
    return {
        "title": finding.title,
        "completion": str(finding.declared.completion),
        "sustained": finding.declared.sustained,
        "aspects": list(finding.aspects),
        "measures": list(finding.measures),
        "next_steps": list(finding.next_steps),
    }


def head_of(document: Document) -> dict[str, str]:
    """Give what can be set right of the head, as it stands; dates as 2024, 2024-09 or 2024-09-06."""
    return {name: str(getattr(document, name) or "") for name in (*TEXTS, *DATES)}


def checked_head(head: Mapping[str, str]) -> dict[str, str]:
    """Give the head without blanks; raises BadInput naming each date that is none."""
    found = {name: head[name].strip() for name in TEXTS}
    wrong = []
    for name, label in DATES.items():
        try:
            found[name] = str(_day(head[name].strip()) or "")
        except ValueError:
            wrong.append(
                phrase("“%(label)s” is to be a date such as 2024, 2024-09 or 2024-09-06.", label=label)
            )
    if wrong:
        raise BadInput(*wrong)
    return found


def _day(text: str) -> PartialDate | None:
    if not text:
        return None
    if not _PARTIAL_DATE.fullmatch(text):
        raise ValueError(text)
    return PartialDate.from_iso(text)


def with_correction(
    corrections: Mapping[str, Any], key: str, *, read: Mapping[str, Any], given: Mapping[str, Any]
) -> dict[str, Any]:
    """Give the corrections with one part set anew: what is given back as it was read is no correction."""
    differing = {name: value for name, value in given.items() if value != read[name]}
    others = {other: fields for other, fields in corrections.items() if other != key}
    return {**others, key: differing} if differing else others


def corrected(document: Document, corrections: Mapping[str, Any]) -> Document:
    """Give a document as it was read, with its corrections."""
    findings = list(document.findings)
    for key, fields in corrections.items():
        if key != HEAD:
            findings[int(key)] = _finding(findings[int(key)], fields)
    head: dict[str, Any] = {
        name: _day(value) if name in DATES else value for name, value in corrections.get(HEAD, {}).items()
    }
    return replace(document, findings=tuple(findings), **head)


def _finding(finding: Finding, fields: Mapping[str, Any]) -> Finding:
    texts: dict[str, Any] = {
        name: tuple(fields[name]) for name in ("aspects", "measures", "next_steps") if name in fields
    }
    return replace(
        finding, title=fields.get("title", finding.title), declared=_declared(finding, fields), **texts
    )


def _declared(finding: Finding, fields: Mapping[str, Any]) -> Declared:
    """The words that were printed stand for a status only while nobody says that they mean another."""
    was = finding.declared
    completion = Completion(fields.get("completion", was.completion))
    raw = was.raw if completion == was.completion else ""
    return Declared(completion, fields.get("sustained", was.sustained), raw)
