"""Whether two names can mean the same organisation."""

import re

_BEFORE = re.compile(r"^(中国共产党|中共)")
_AFTER = re.compile(
    r"(工作委员会|委员会|党工委|工委|党委|党组|党总支|党支部|办事处|人民政府|街道|地区|镇|乡|委)$"
)
_BETWEEN_WORDS = re.compile(r"[\W_]+")


def names_another(printed: str, *names: str) -> bool:
    """Say whether a printed name shares nothing with any of an organisation's names.

    Names of one organisation differ in the party's forms (中共…委员会, 党工委), in the kind (街道)
    and in the regions put before them; what is left of one must stand in the other. A name of nothing but
    such words, or none at all, says nothing, and so contradicts nothing.
    """
    stated = _plain(printed)
    core = _distinctive(stated)
    if not core:
        return False
    own = [name for name in map(_plain, names) if _distinctive(name)]
    return bool(own) and not any(core in name or _distinctive(name) in stated for name in own)


def _plain(name: str) -> str:
    return _BETWEEN_WORDS.sub("", name).casefold()


def _distinctive(name: str) -> str:
    shorter = _AFTER.sub("", _BEFORE.sub("", name))
    return shorter if shorter == name else _distinctive(shorter)
