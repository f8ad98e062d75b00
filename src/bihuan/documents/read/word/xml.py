"""XML without document type definitions: no entities, no expansion, no look outside. Names lose their namespace."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from bihuan.documents.read.word.archive import refusal

DEPTH_AT_MOST = 200
_WORD_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


@dataclass
class Element:
    """An element: `name` is its bare name if it is Word's own, else it starts with `?` (or `mc:`)."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def first(self, *names: str) -> "Element | None":
        """Follow `names` down through first children, or return None."""
        found: Element | None = self
        for name in names:
            found = next((child for child in found.children if child.name == name), None) if found else None
        return found

    def all(self, name: str) -> Iterator["Element"]:
        """Yield the children called `name`."""
        return (child for child in self.children if child.name == name)

    def value(self, *names: str) -> str | None:
        """Return the `val` of the element at `names`, or None."""
        found = self.first(*names)
        return found.attributes.get("val") if found else None


def integer(text: str | None, default: int = 0) -> int:
    """Read a small number as Word writes it; anything else is the default."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 7 else default


def parse(data: bytes) -> Element:
    """Parse one part of a document; raises BadInput for broken XML, DTDs and absurd depth."""
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = builder.doctype
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.characters
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, UnicodeError, ValueError, LookupError) as error:
        raise refusal("broken") from error
    return builder.root.children[0]


class _Builder:
    def __init__(self) -> None:
        self.root = Element("root")
        self.open = [self.root]
        self.words: list[str] = []

    def doctype(self, *_: object) -> None:
        raise refusal("broken")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) > DEPTH_AT_MOST:
            raise refusal("broken")
        element = Element(_bare(name), {key.rpartition(" ")[2]: value for key, value in attributes.items()})
        self.open[-1].children.append(element)
        self.open.append(element)
        self.words.clear()

    def end(self, _: str) -> None:
        # Text stands only in elements without children (w:t), so what was collected is theirs.
        self.open.pop().text = "".join(self.words)
        self.words.clear()

    def characters(self, text: str) -> None:
        self.words.append(text)


def _bare(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    if namespace in _WORD_NAMESPACES:
        return local
    return f"mc:{local}" if namespace == _COMPATIBILITY else f"?{local}"
