"""Signs of rectification on paper: what a document, or a finding of the ledger, does not let anyone verify.

`scrutinise(document)` puts the rules of `rules/` to a text; `evidence.evidence_remarks(facts)` puts those of
`evidence/` to what the ledger knows. A rule is a file found by its place, its words are in `tables/`, its
weight is in `severity.py`; `TITLES` names each code.
"""

from bihuan.scrutiny.codes import TITLES
from bihuan.scrutiny.model import FindingKey, Headline, Remark, Scrutiny, Severity
from bihuan.scrutiny.weigh import known_elsewhere, scrutinise, scrutinise_finding
from bihuan.scrutiny.wire import as_json

__all__ = [
    "FindingKey",
    "Headline",
    "Remark",
    "Scrutiny",
    "Severity",
    "TITLES",
    "as_json",
    "known_elsewhere",
    "scrutinise",
    "scrutinise_finding",
]
