"""`serve`, `demo` and `manage`: running an installation."""

import os
import socket
import sys
from typing import Annotated

import typer

from bihuan.errors import BadInput
from bihuan.words import phrase


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("serve")(serve)
    app.command("demo")(demo)
    app.command("manage", context_settings={"ignore_unknown_options": True, "help_option_names": []})(manage)


def serve(
    port: Annotated[
        int | None, typer.Option(help="Port on the loopback address; default BIHUAN_PORT.")
    ] = None,
    workers: Annotated[int, typer.Option(help="Server processes.")] = 2,
    threads: Annotated[int, typer.Option(help="Threads in each process.")] = 4,
) -> None:
    """Serve the pages on 127.0.0.1 until Ctrl-C; a proxy in front of it serves the outside."""
    from bihuan import environment
    from bihuan.cli.django import start_with_ledger

    chosen = port or environment.number("BIHUAN_PORT")
    _refuse_taken(chosen)
    start_with_ledger()
    command = [sys.executable, "-m", "gunicorn", "bihuan.project.wsgi"]
    command += ["--bind", f"127.0.0.1:{chosen}", "--workers", str(workers), "--threads", str(threads)]
    command += ["--worker-class", "gthread", "--preload", "--log-level", "warning", "--no-control-socket"]
    os.execv(sys.executable, command)


def _refuse_taken(port: int) -> None:
    """Try the port: the server itself would only say so again and again in its log."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            raise BadInput(
                phrase(
                    "Port %(port)s cannot be used: something else listens there, or it is no port. Choose another: BIHUAN_PORT=8001",
                    port=port,
                )
            ) from None


def demo() -> None:
    """Load the fictional demonstration, once, and print its accounts."""
    from bihuan.cli.django import start_with_ledger

    start_with_ledger()
    from django.utils import timezone

    from bihuan.cli.demo import load

    for account in load(today=timezone.localdate(), out=typer.echo):
        typer.echo(str(account))


def manage(arguments: Annotated[list[str], typer.Argument()]) -> None:
    """Run a Django command, such as `migrate` or `createcachetable`."""
    from bihuan.cli.django import start

    start()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["bihuan manage", *arguments])
