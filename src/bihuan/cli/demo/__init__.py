"""The demonstration: an invented district whose findings stand in every state, made by real acts only.

The data (`data/`) says who there is, what arrived, what was planned and how far each finding has come,
in days before the day of loading, so that lamps are always alive. Nothing here writes a row: `acts`
turns the data into acts, `stage` lets each be done by the person whose turn it is.
"""

from bihuan.cli.demo.accounts import Account
from bihuan.cli.demo.stage import load

__all__ = ["Account", "load"]
