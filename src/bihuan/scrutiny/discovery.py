"""Finds rules by their place: every module of a package named f<two digits>_<what it looks for>."""

import importlib
import pkgutil
import re
from types import ModuleType

_RULE_NAME = re.compile(r"f\d\d_\w+")


def rules_in(package: ModuleType) -> tuple[ModuleType, ...]:
    """Import and return the rules of `package` in the order of their codes."""
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    rules = [
        importlib.import_module(f"{package.__name__}.{name}") for name in names if _RULE_NAME.fullmatch(name)
    ]
    for rule in rules:
        expected = rule.__name__.rpartition(".")[2].partition("_")[0].upper()
        if expected != rule.CODE:
            raise ImportError(f"{rule.__name__} calls itself {rule.CODE}")
    return tuple(rules)
