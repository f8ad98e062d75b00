"""Plain text: one paragraph a line, an empty line between paragraphs, UTF-8."""

from bihuan.documents.write.content import Paper

MEDIA_TYPE = "text/plain; charset=utf-8"


def render(paper: Paper) -> bytes:
    """Print the paper as plain text."""
    return "".join(f"{block.words}\n\n" for block in paper.blocks).rstrip("\n").encode() + b"\n"
