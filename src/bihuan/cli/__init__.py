"""The `bihuan` command. Nothing heavy is imported before a command needs it: help must come at once."""

import sys

import typer

from bihuan.cli import language
from bihuan.errors import Refusal

app = typer.Typer(
    name="bihuan",
    help="Fix what an inspection found, and prove that it stays fixed.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def run() -> None:
    """Run the command; a refusal is exit code 1 with its reasons on stderr, wrong usage is 2."""
    from bihuan.cli import commands

    commands.register(app)
    try:
        app()
    except Refusal as refusal:
        for reason in refusal.reasons:
            typer.echo(language.say(reason), err=True)
        sys.exit(1)
