"""Small fictional documents for the rules' tests: the district of 云渡 does not exist."""

from bihuan.documents.model import Category, Completion, Declared, Document, Finding, PartialDate

CATEGORY = Category("二", 1, "履行职责有差距的问题")
DONE = Declared(Completion.DONE, raw="已完成")


def finding(
    *measures: str,
    ordinal: int = 1,
    title: str = "工作不够规范",
    declared: Declared = DONE,
    result: str = "",
    next_steps: tuple[str, ...] = (),
    category: Category = CATEGORY,
) -> Finding:
    return Finding(
        category=category,
        ordinal=ordinal,
        title=title,
        declared=declared,
        measures=measures,
        result=result,
        next_steps=next_steps,
    )


def document(*findings: Finding, **facts: object) -> Document:
    facts.setdefault("started_on", PartialDate(2024, 3, 11))
    return Document(findings=findings, **facts)  # type: ignore[arg-type]


def numbered(*texts: str) -> Document:
    """Return a document of findings 1, 2, 3 … declared done, one measure each."""
    return document(*(finding(text, ordinal=number) for number, text in enumerate(texts, start=1)))
