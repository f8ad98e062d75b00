"""`journal`: check that what was written stays written."""

import typer

from bihuan.cli.language import say
from bihuan.words import phrase

journal = typer.Typer(help="The journal of every act.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the group."""
    app.add_typer(journal, name="journal")


@journal.callback()
def group() -> None:
    """The journal of every act."""


@journal.command("verify")
def verify() -> None:
    """Walk the whole chain; exit 1 and name the place of every entry edited, removed, moved or put in."""
    from bihuan.cli.django import start_with_ledger

    start_with_ledger()
    from bihuan.journal import queries

    faults = list(queries.verify())
    for fault in faults:
        typer.echo(f"{fault.seq}\t{say(fault.message)}", err=True)
    if faults:
        raise typer.Exit(1)
    seq, last = queries.head()
    typer.echo(say(phrase("The journal holds: %(count)s entries, head %(hash)s.", count=seq, hash=last)))
