"""The pages of docs/ that are drawn from tables in the code; `script/docs` writes them, test_docs.py compares them."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from bihuan.project import environment
from bihuan.workflow import diagram

DOCS = Path(__file__).parents[1] / "docs"


def commands() -> str:
    """Write the page of the command line from the commands' own declarations."""
    command = [sys.executable, "-m", "typer", "bihuan.cli", "utils", "docs", "--name", "bihuan"]
    page = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    first, _, rest = page.partition("\n")
    return f"# Commands\n\nGenerated from `src/bihuan/cli` by `script/docs`; do not edit.\n{rest}\n"


PAGES: Mapping[str, Callable[[], str]] = {
    "settings.md": environment.document,
    "workflow.md": diagram.document,
}


if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
        print(f"docs: wrote docs/{name}")  # noqa: T201 - this is what a person who runs the script reads
