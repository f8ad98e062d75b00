"""Gathers what scrutiny says: by code, and under a code by the reason, which is so said once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bihuan.scrutiny import FindingKey, Remark, Scrutiny, Severity
from bihuan.words import Phrase

Known = Mapping[FindingKey, tuple[int, str]]
"""Key of a finding → its row and title in the ledger; empty for a document that is not kept."""


@dataclass(frozen=True)
class Place:
    """A finding that a remark speaks of; no row where the document is not kept."""

    key: FindingKey
    pk: int | None = None
    title: str = ""


@dataclass(frozen=True)
class Said:
    """One remark with its places."""

    remark: Remark
    places: list[Place]


@dataclass(frozen=True)
class Reason:
    """Everything that is remarked for one and the same reason."""

    reason: Phrase
    severity: Severity
    said: list[Said]


@dataclass(frozen=True)
class Group:
    """All remarks of one code, the weightiest reasons first."""

    code: str
    reasons: list[Reason]

    @property
    def count(self) -> int:
        return sum(len(reason.said) for reason in self.reasons)


def groups(scrutiny: Scrutiny, findings: Known) -> list[Group]:
    """Gather the remarks by code and reason, in the order of the codes."""
    by_code: dict[str, list[Remark]] = {}
    for remark in scrutiny.remarks:
        by_code.setdefault(remark.code, []).append(remark)
    return [Group(code, _reasons(by_code[code], findings)) for code in sorted(by_code)]


_WEIGHT = {severity: weight for weight, severity in enumerate(Severity)}


def _reasons(remarks: Iterable[Remark], findings: Known) -> list[Reason]:
    found: dict[tuple[Severity, str], Reason] = {}
    for remark in remarks:
        reason = Reason(remark.reason, remark.severity, [])
        found.setdefault((remark.severity, str(remark.reason)), reason).said.append(_said(remark, findings))
    return sorted(found.values(), key=lambda reason: _WEIGHT[reason.severity])


def _said(remark: Remark, findings: Known) -> Said:
    places = [Place(key, *findings[key]) if key in findings else Place(key) for key in remark.findings]
    return Said(remark, places)
