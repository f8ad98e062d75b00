"""The commands, one module each, found by their place; each has `register(app)`."""

import pkgutil
from importlib import import_module

import typer


def register(app: typer.Typer) -> None:
    """Hang every command of this folder onto `app`, in the order of their names."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda found: found.name):
        import_module(f"{__name__}.{module.name}").register(app)
