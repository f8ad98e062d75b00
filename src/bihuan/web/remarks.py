"""Gathers what scrutiny says under its codes, with the findings that it speaks of."""

from collections.abc import Mapping
from dataclasses import dataclass

from bihuan.scrutiny import FindingKey, Remark, Scrutiny

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
class Group:
    """All remarks of one code."""

    code: str
    remarks: list[Said]


def groups(scrutiny: Scrutiny, findings: Known) -> list[Group]:
    """Gather the remarks by code, in the order of the codes."""
    codes = sorted({remark.code for remark in scrutiny.remarks})
    return [
        Group(code, [_said(remark, findings) for remark in scrutiny.remarks if remark.code == code])
        for code in codes
    ]


def _said(remark: Remark, findings: Known) -> Said:
    places = [Place(key, *findings[key]) if key in findings else Place(key) for key in remark.findings]
    return Said(remark, places)
