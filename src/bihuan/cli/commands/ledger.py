"""`import` and `report`: a document into the ledger, and the ledger onto paper."""

from pathlib import Path
from typing import Annotated

import typer

from bihuan.cli.language import say
from bihuan.errors import BadInput
from bihuan.words import phrase

File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A .txt or .docx file.")
]


def register(app: typer.Typer) -> None:
    """Add both commands."""
    app.command("import")(import_document)
    app.command("report")(report)


def import_document(
    file: File, organisation: Annotated[str, typer.Option(help="Code of the organisation it is about.")]
) -> None:
    """Take a document into the ledger. The same file again changes nothing; a newer one shows what it changes."""
    from bihuan.cli.django import start

    start()
    from django.utils import timezone

    from bihuan.documents.read import read
    from bihuan.ledger import actions
    from bihuan.ledger.queries import uploads
    from bihuan.scope import system

    actor, at, data = system("bihuan import"), timezone.now(), file.read_bytes()
    received = actions.receive_document(
        data=data,
        filename=file.name,
        parsed=read(data, filename=file.name),
        organisation_code=organisation,
        actor=actor,
        at=at,
    )
    if received.unchanged:
        typer.echo(say(phrase("This file is in the ledger already; nothing changed.")))
        return
    preview = uploads.preview(received.upload.pk, actor=actor)
    for change in preview.changes:
        part, category, ordinal = change.key
        typer.echo(
            f"{part}{category or ''}.{ordinal}\t{say(change.kind.label)}\t{say(change.field)}\t{change.title}"
        )
    for problem in preview.parsed.problems:
        typer.echo(f"{problem.line}\t{say(problem.message)}", err=True)
    inspection = actions.confirm_upload(received.upload.pk, actor=actor, at=at)
    count = len(preview.document.findings)
    done = phrase(
        "Inspection %(number)s: %(count)s findings in the ledger.", number=inspection.pk, count=count
    )
    typer.echo(say(done))


def report(
    kind: Annotated[str, typer.Argument(help="Which report: progress.")],
    inspection: Annotated[int, typer.Option(help="Number of the inspection.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write: .docx, .txt or .html.")],
) -> None:
    """Write an official paper from the ledger."""
    from bihuan.cli.django import start

    start()
    from bihuan.documents.write import FORMATS, REPORTS, write
    from bihuan.ledger.queries import papers
    from bihuan.scope import system

    reports = {name.removesuffix("_report"): name for name in REPORTS}
    _refuse_unknown(kind, list(reports), output, list(FORMATS))
    document = papers.report(inspection, actor=system("bihuan report"))
    data = write(document, format=output.suffix.removeprefix("."), report=reports[kind])
    try:
        output.write_bytes(data)
    except OSError as fault:
        reason = str(fault.strerror)
        raise BadInput(
            phrase("%(file)s cannot be written: %(reason)s", file=str(output), reason=reason)
        ) from None
    typer.echo(str(output))


def _refuse_unknown(kind: str, kinds: list[str], output: Path, formats: list[str]) -> None:
    """Refuse words that are not known before the ledger is read, and name those that are."""
    if kind not in kinds:
        known = ", ".join(kinds)
        raise BadInput(
            phrase("There is no report %(report)s; choose one of %(known)s.", report=kind, known=known)
        )
    if not output.suffix:
        known = ", ".join(f".{format}" for format in formats)
        raise BadInput(
            phrase("%(file)s has no extension; choose one of %(known)s.", file=str(output), known=known)
        )
