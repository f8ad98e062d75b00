"""`import` and `report`: a document into the ledger, and the ledger onto paper."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bihuan.cli.language import say
from bihuan.errors import BadInput, RuleBroken
from bihuan.words import phrase

File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A .txt or .docx file.")
]


def register(app: typer.Typer) -> None:
    """Add both commands."""
    app.command("import")(import_document)
    app.command("report")(report)


def import_document(
    file: File,
    organisation: Annotated[str, typer.Option(help="Code of the organisation it is about.")],
    yes: Annotated[
        bool, typer.Option("--yes", help="Make the changes to an inspection that exists.")
    ] = False,
) -> None:
    """Take a document into the ledger. The same file again changes nothing; a newer one shows what it changes.

    Changes to an inspection that exists are only shown, until --yes.
    """
    from bihuan.cli.django import start_with_ledger

    start_with_ledger()
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
        cells = (change.number, change.kind.label, change.field, change.title, change.reason)
        typer.echo("\t".join(say(cell) for cell in cells).rstrip("\t"))
    for problem in preview.parsed.problems:
        typer.echo(f"{problem.line}\t{say(problem.message)}", err=True)
    if preview.names_another:
        # A code typed out is a choice; on the page, where it is a list, the same doubt wants a tick.
        doubt = phrase(
            "Take note: the document names “%(printed)s”, the ledger is that of %(name)s.",
            printed=preview.document.organisation,
            name=preview.upload.document.organisation.name,
        )
        typer.echo(say(doubt), err=True)
    if preview.changes and not yes:
        raise RuleBroken(
            phrase(
                "Nothing was changed. Run again with --yes to make these changes, "
                "or choose among them on the page “Import”."
            )
        )
    done = actions.confirm_upload(received.upload.pk, actor=actor, at=at, another_organisation=True)
    count = len(preview.document.findings)
    said = phrase(
        "Inspection %(number)s: %(count)s findings in the ledger.", number=done.inspection.pk, count=count
    )
    if preview.changes:
        said = phrase(
            "Inspection %(number)s: %(applied)s changes applied, %(left)s not applied.",
            number=done.inspection.pk,
            applied=len(done.applied),
            left=len(done.left),
        )
    typer.echo(say(said))


def report(
    kind: Annotated[str, typer.Argument(help="Which report: progress.")],
    inspection: Annotated[int, typer.Option(help="Number of the inspection.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write: .docx, .txt or .html.")],
    signed_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Date under the signature; changes this file only."),
    ] = None,
    contact: Annotated[
        str | None, typer.Option(help="Whom the public can turn to; changes this file only.")
    ] = None,
) -> None:
    """Write an official paper from the ledger. Figures in its own words that the ledger contradicts are named."""
    from bihuan.cli.django import start_with_ledger

    start_with_ledger()
    from django.utils import timezone

    from bihuan.documents.write import FORMATS, REPORTS, write
    from bihuan.ledger.queries import papers
    from bihuan.scope import system

    reports = {name.removesuffix("_report"): name for name in REPORTS}
    _refuse_unknown(kind, list(reports), output, list(FORMATS))
    document = papers.report(
        inspection,
        actor=system("bihuan report"),
        today=timezone.localdate(),
        signed_on=signed_on.date() if signed_on else None,
        contact=contact,
    )
    data = write(document, format=output.suffix.removeprefix("."), report=reports[kind])
    try:
        output.write_bytes(data)
    except OSError as fault:
        reason = str(fault.strerror)
        raise BadInput(
            phrase("%(file)s cannot be written: %(reason)s", file=str(output), reason=reason)
        ) from None
    for message in papers.contradictions(document):
        typer.echo(say(message), err=True)
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
