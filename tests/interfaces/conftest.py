"""What tests of the interfaces share: the command, run inside the test's own database."""

import pytest
import typer
from typer.testing import CliRunner

from bihuan.cli import commands
from bihuan.errors import Refusal


@pytest.fixture(scope="session")
def bihuan():
    """Give a function that runs the command with these arguments; a refusal is raised, as `run` would see it."""
    app = typer.Typer()
    commands.register(app)

    def run(*arguments: object):
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        if isinstance(result.exception, Refusal):
            raise result.exception
        return result

    return run
