"""Which kinds of evidence and of deliverables say what, in the stored words of the ledger."""

TALK = frozenset({"meeting", "study", "training", "notice"})
"""Evidence, or deliverables, that show people were told, not that anything changed."""

DOCUMENT_IN_FORCE = "rule"
"""The kind of evidence that carries a document number."""

DOCUMENT_DELIVERABLE = "document"
"""The kind of deliverable that such evidence has to prove."""
