"""`parse` and `scrutinise`: look at a document without a ledger."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bihuan.cli.language import say

if TYPE_CHECKING:
    from bihuan.documents.model import Parsed
    from bihuan.scrutiny import Scrutiny

File = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A .txt or .docx file.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the whole structure as JSON.")]


def register(app: typer.Typer) -> None:
    """Add both commands."""
    app.command("parse")(parse)
    app.command("scrutinise")(scrutinise)


def parse(file: File, as_json: AsJson = False) -> None:
    """Read a report or a feedback letter and print what was understood, mended and doubted."""
    from bihuan.documents.read import as_json as structure

    parsed = _read(file)
    if as_json:
        typer.echo(json.dumps(structure(parsed), ensure_ascii=False, indent=1))
        return
    _print_parse(parsed)


def scrutinise(file: File, as_json: AsJson = False) -> None:
    """Print signs of rectification on paper: what cannot be verified, is repeated or contradicts itself."""
    from bihuan import scrutiny

    result = scrutiny.scrutinise(_read(file).document)
    if as_json:
        typer.echo(json.dumps(scrutiny.as_json(result, say), ensure_ascii=False, indent=1))
        return
    _print_scrutiny(result)


def _read(file: Path) -> "Parsed":
    from bihuan.documents.read import read

    return read(file.read_bytes(), filename=file.name)


def _print_parse(parsed: "Parsed") -> None:
    document = parsed.document
    typer.echo(document.title)
    typer.echo(
        f"{document.organisation} {document.round} {document.team} {document.feedback_on or ''}".rstrip()
    )
    for finding in document.findings:
        place = f"{finding.source.first_line}–{finding.source.last_line}" if finding.source else ""
        number = f"{finding.category.part or ''}{finding.category.ordinal or ''}.{finding.ordinal}"
        typer.echo(f"{number}\t{finding.declared.raw}\t{len(finding.measures)}\t{finding.title}\t{place}")
    for repair in parsed.repairs:
        typer.echo(f"{repair.line}\t{repair.code}\t{say(repair.message)}")
    for problem in parsed.problems:
        typer.echo(f"{problem.line}\t{problem.code}\t{say(problem.message)}", err=True)


def _print_scrutiny(result: "Scrutiny") -> None:
    typer.echo(say(result.headline.sentence))
    for gap in result.missing:
        typer.echo(say(gap))
    for remark in result.remarks:
        where = " ‖ ".join(str(key) for key in remark.findings)
        typer.echo(f"{remark.code}\t{where}\t{say(remark.place)}\t{say(remark.reason)}\t{remark.quotation}")
