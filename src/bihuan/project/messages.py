"""Collects every phrase that people read, from code and templates, and keeps the catalogue beside them.

Own collection instead of xgettext: bootstrap must not need more than Python, and labels marked with
`N_` and `phrase` in the pure packages are phrases too. `script/messages` calls `main`; a test holds
the catalogue to 100 %.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.template import Engine
from django.template.base import Node, Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

PACKAGE = Path(__file__).resolve().parent.parent
CATALOGUE = PACKAGE / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
MARKS = frozenset({"_", "N_", "gettext", "gettext_lazy", "phrase"})
PLURAL_MARKS = frozenset({"ngettext"})
_IN_VARIABLE = re.compile(r"""_\((["'])(.+?)\1\)""")

Msgid = str | tuple[str, str]


def collected() -> dict[Msgid, str]:
    """Give every phrase with the first place where it stands."""
    found: dict[Msgid, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for msgid in _in_code(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(msgid, str(path.relative_to(PACKAGE)))
    engine = Engine.get_default()
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        text = path.read_text(encoding="utf-8")
        for msgid in _in_template(text, Template(text, engine=engine)):
            found.setdefault(msgid, str(path.relative_to(PACKAGE)))
    return found


def _in_code(tree: ast.AST) -> Iterator[Msgid]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            texts = [
                arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            if name in MARKS and texts and texts[0]:
                yield texts[0]
            elif name in PLURAL_MARKS and len(texts) >= 2:
                yield texts[0], texts[1]


def _in_template(text: str, template: Template) -> Iterator[Msgid]:
    for node in template.nodelist.get_nodes_by_type(Node):
        if isinstance(node, TranslateNode) and isinstance(node.filter_expression.var.literal, str):
            yield node.filter_expression.var.literal
        elif isinstance(node, BlockTranslateNode):
            singular, _names = node.render_token_list(node.singular)
            plural = node.render_token_list(node.plural)[0] if node.plural else ""
            texts = [" ".join(part.split()) if node.trimmed else part for part in (singular, plural)]
            yield (texts[0], texts[1]) if plural else texts[0]
    for match in _IN_VARIABLE.finditer(text):
        yield match.group(2)


def catalogue() -> Catalog:
    """Read the catalogue as it stands."""
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="zh_Hans")


def main() -> None:
    """Bring the catalogue up to the phrases in use; arguments are files of `msgid<TAB>translation` lines."""
    given = {}
    for name in sys.argv[1:]:
        for line in Path(name).read_text(encoding="utf-8").splitlines():
            phrase, _tab, translation = line.partition("\t")
            if translation:
                given[phrase.replace("\\n", "\n")] = translation.replace("\\n", "\n")
    old = catalogue() if CATALOGUE.exists() else Catalog(locale="zh_Hans")
    new = Catalog(locale="zh_Hans", project="bihuan", fuzzy=False)
    for msgid, place in sorted(collected().items(), key=lambda item: (item[1], str(item[0]))):
        key = msgid if isinstance(msgid, str) else msgid[0]
        text = _first(old.get(key)) or given.get(key, "")
        new.add(msgid, text if isinstance(msgid, str) else (text,), locations=[(place, 0)], flags=_flags(key))
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as stream:
        write_po(stream, new, width=110, omit_header=False, include_lineno=False)
    missing = [str(message.id) for message in new if message.id and not _first(message)]
    sys.stdout.write(f"{len(new)} phrases, {len(missing)} without translation\n")
    sys.stdout.writelines(f"{msgid}\n" for msgid in missing)


def _first(message: Message | None) -> str:
    """Chinese has one form for every number, so that the first string is all of them."""
    if message is None:
        return ""
    return message.string if isinstance(message.string, str) else "".join((message.string or ())[:1])


def _flags(msgid: str) -> set[str]:
    return {"python-format"} if "%(" in msgid else set()
