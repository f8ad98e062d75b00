"""Parse of the sample report, scrutiny of it, and its docx, in process; start of the command; import into SQLite."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bihuan.documents.read import read
from bihuan.documents.write import write
from bihuan.scrutiny import scrutinise
from support.figures import close, milliseconds, p50, show

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = Path(os.environ.get("BIHUAN_SHARED", ROOT.parent / "shared")) / "data" / "lianhua-2025.txt"
COMMAND = str(Path(sys.executable).with_name("bihuan"))


def main() -> None:
    """Take and print the figures."""
    data = SAMPLE.read_bytes()
    show(
        "parse of the sample", p50(milliseconds(lambda: read(data, filename=SAMPLE.name), runs=20)), "ms", 50
    )
    document = read(data, filename=SAMPLE.name).document
    show("scrutiny of the sample", p50(milliseconds(lambda: scrutinise(document), runs=20)), "ms", 300)
    show(
        "report of the sample as docx",
        p50(milliseconds(lambda: write(document, format="docx"), runs=10)),
        "ms",
        300,
    )
    show("bihuan --help, whole process", p50(milliseconds(_help, runs=10)), "ms", 400)
    show("bihuan import of the sample, whole process", p50(_imports(5)), "ms", 1000)


def _help() -> None:
    subprocess.run([COMMAND, "--help"], check=True, capture_output=True)


def _imports(runs: int) -> list[float]:
    return sorted(_import_into_new_installation() for _ in range(runs))


def _import_into_new_installation() -> float:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "BIHUAN_DATA": folder, "DATABASE_URL": ""}
        _run(environment, "manage", "migrate", "--verbosity", "0")
        _run(environment, "manage", "shell", "--verbosity", "0", "-c", ORGANISATION)
        arguments = ("import", str(SAMPLE), "--organisation", "bench")
        return milliseconds(lambda: _run(environment, *arguments), runs=1, warm_up=0)[0]


ORGANISATION = """
from django.utils import timezone
from bihuan.people import actions
from bihuan.scope import system
new = actions.NewOrganisation("bench", "bench", "bench", "committee")
actions.create_organisation(new, actor=system("bench"), at=timezone.now())
"""


def _run(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([COMMAND, *arguments], check=True, capture_output=True, env=environment)


if __name__ == "__main__":
    main()
    close()
