"""The pages of docs/ that are drawn from tables in the code; `script/docs` writes them, test_docs.py compares them."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import typer
from typer.main import get_group
from typer.testing import CliRunner

from bihuan import environment
from bihuan.cli import app, commands
from bihuan.workflow import diagram

DOCS = Path(__file__).parents[1] / "docs"
WIDTH = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}


def command_line() -> str:
    """Write the page of the command line: what each command answers to --help."""
    fresh = typer.Typer(help=app.info.help, no_args_is_help=True, add_completion=False, rich_markup_mode=None)
    commands.register(fresh)
    pages = "\n".join(_help_of(fresh, words) for words in _commands_of(get_group(fresh), ()))
    return f"# Commands\n\nGenerated from `src/bihuan/cli` by `script/docs`; do not edit.\n\n{pages}"


def _commands_of(command: object, words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if getattr(command, "context_settings", {}).get("help_option_names") == []:
        return  # hands everything on to another program, its --help too
    yield words
    for name, below in getattr(command, "commands", {}).items():
        yield from _commands_of(below, (*words, name))


def _help_of(fresh: typer.Typer, words: tuple[str, ...]) -> str:
    result = CliRunner().invoke(fresh, [*words, "--help"], prog_name="bihuan", env=WIDTH)
    return f"## {' '.join(('bihuan', *words))}\n\n```\n{result.output.strip()}\n```\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "cli.md": command_line,
    "settings.md": environment.document,
    "workflow.md": diagram.document,
}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        print(f"docs: wrote docs/{name}")  # noqa: T201 - this is what a person who runs the script reads
