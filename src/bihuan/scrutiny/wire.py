"""Scrutiny as plain values for JSON."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from bihuan.scrutiny.model import Remark, Scrutiny
from bihuan.words import Phrase


def as_json(scrutiny: Scrutiny, say: Callable[[Phrase], str] = str) -> dict[str, Any]:
    """Return `scrutiny` as dicts, lists and plain values; `say` turns phrases into the reader's language."""
    return {
        "headline": asdict(scrutiny.headline) | {"sentence": say(scrutiny.headline.sentence)},
        "missing": [say(reason) for reason in scrutiny.missing],
        "remarks": [_remark(remark, say) for remark in scrutiny.remarks],
    }


def _remark(remark: Remark, say: Callable[[Phrase], str]) -> dict[str, Any]:
    return {
        "code": remark.code,
        "severity": remark.severity.value,
        "findings": [asdict(key) | {"label": str(key)} for key in remark.findings],
        "place": say(remark.place),
        "measure": remark.measure,
        "quotation": remark.quotation,
        "reason": say(remark.reason),
    }
