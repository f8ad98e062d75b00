"""F00: what no finding of the whole document states; said once, not once for every finding."""

from collections.abc import Iterable

from bihuan.documents.model import Document, Finding, Totals
from bihuan.scrutiny.model import WHOLE_DOCUMENT, Remark
from bihuan.scrutiny.severity import SEVERITY
from bihuan.scrutiny.tables import words
from bihuan.scrutiny.text import plain
from bihuan.words import N_, Phrase, phrase

CODE = "F00"
COMPARES_FINDINGS = True
TITLE = N_("stated nowhere in the document")

IN_FINDINGS = {
    "leader": phrase("No finding names a responsible leader. Naming one for each finding settles this."),
    "department": phrase("No finding names a lead department. Naming one for each finding settles this."),
    "deadline": phrase(
        "No finding states a deadline. A date for each finding, or for each measure, settles this."
    ),
    "completed_on": phrase(
        "No finding declared done says on which day it was completed. The date of completion settles this."
    ),
    "evidence": phrase(
        "No finding refers to evidence. A document number, a record or an annex for each measure settles this."
    ),
}
_TOTALS = phrase(
    "The document gives no totals of its own. Stating how many findings and measures there are, "
    "and how many are done, lets readers check that nothing was lost."
)
_CONTACT = phrase(
    "There is no contact for the public. A telephone number, an address or a mailbox at the end settles this."
)


def missing(document: Document) -> tuple[Phrase, ...]:
    """Return one phrase for each kind of fact that the document nowhere states.

    A document without measures (a feedback letter, say) is not asked for any.
    """
    if not any(finding.measures for finding in document.findings):
        return ()
    text = plain("\n".join(map(_text, document.findings)).replace("\n", "。"))
    absent = [said for fact, said in IN_FINDINGS.items() if not words("facts", f"{fact}.stated").search(text)]
    if document.totals == Totals():
        absent.append(_TOTALS)
    if not document.contact.strip():
        absent.append(_CONTACT)
    return tuple(absent)


def remarks(document: Document) -> Iterable[Remark]:
    """Yield one remark for the whole document for each kind of fact it nowhere states."""
    for reason in missing(document):
        yield Remark(CODE, SEVERITY["missing_everywhere"], (), WHOLE_DOCUMENT, None, "", reason)


def _text(finding: Finding) -> str:
    return "。".join((*finding.aspects, *finding.work, *finding.next_steps, finding.declared.raw))
