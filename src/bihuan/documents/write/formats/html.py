"""One self-contained printable page: semantic headings, the official page for print, readable on a screen and a phone."""

from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby

from bihuan.documents.write import headline, official
from bihuan.documents.write.content import Block, BlockKind, Paper

MEDIA_TYPE = "text/html; charset=utf-8"

_TAGS: Mapping[BlockKind, str] = {
    BlockKind.TITLE: "h1",
    BlockKind.HEADING_1: "h2",
    BlockKind.HEADING_2: "h3",
    BlockKind.HEADING_3: "h4",
}

# Families in the order of official name, what each system calls it, and the nearest common one.
_IMITATION_SONG = f'"{official.IMITATION_SONG}", FangSong, STFangsong, "Fandol Fang", serif'
_REGULAR_SCRIPT = f'"{official.REGULAR_SCRIPT}", KaiTi, STKaiti, "Kaiti SC", serif'
_BLACK = f'"{official.BLACK}", SimHei, STHeiti, "Noto Sans CJK SC", sans-serif'
_TITLE = f'"{official.SMALL_TITLE_SONG}", SimSun, "Songti SC", "Noto Serif CJK SC", serif'

_NUMBER = (
    'content: "— " counter(page) " —"; vertical-align: top; padding: 4.5mm 1em 0; '
    f'font: {official.PAGE_NUMBER_POINTS}pt/1 "{official.SONG}", SimSun, serif'
)

_STYLE = f"""
@page {{ size: A4; margin: {official.TOP}mm {official.RIGHT}mm {official.BOTTOM}mm {official.LEFT}mm }}
@page :right {{ @bottom-right {{ {_NUMBER} }} }}
@page :left {{ @bottom-left {{ {_NUMBER} }} }}
:root {{ color-scheme: light }}
body {{ max-width: {official.CHARACTERS}em; margin: 3em auto; padding: 0 1em;
  color: #111; background: #fff; font: 16pt/{official.LINE_PITCH}pt {_IMITATION_SONG};
  text-align: justify; overflow-wrap: anywhere }}
h1, h2, h3, h4, p {{ margin: 0; font-size: inherit; text-indent: 2em }}
h1 {{ margin-bottom: {official.LINE_PITCH}pt; font: 600 22pt/1.5 {_TITLE}; text-align: center; text-indent: 0;
  word-break: keep-all }}
h1 span {{ display: block; text-wrap: balance }}
h2 {{ font-family: {_BLACK}; font-weight: 400 }}
h3, .run-in b {{ font-family: {_REGULAR_SCRIPT} }}
h1, h2, h3, h4 {{ break-after: avoid }}
.signature {{ margin-top: {official.LINE_PITCH}pt; break-before: avoid }}
.signature, .date {{ margin-left: var(--start, 0); text-indent: 0; break-after: avoid }}
@media (max-width: 40em) {{
  body {{ margin: 1em auto; font-size: 1.125rem; line-height: 1.9 }}
  h1 {{ font-size: 1.375rem }}
  .signature, .date {{ margin-left: 0; text-align: right }}
}}
@media print {{
  body {{ max-width: none; margin: 0; padding: 0; letter-spacing: {official.TRACKING}pt }}
  h1 {{ line-height: {official.LINE_PITCH}pt; letter-spacing: 0 }}
}}
""".strip()


def render(paper: Paper) -> bytes:
    """Print the paper as one HTML file with its own style and nothing to load."""
    body = "\n".join(_article(paper.blocks))
    return (
        '<!doctype html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="author" content="{escape(paper.author)}">\n<title>{escape(paper.title)}</title>\n'
        f"<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<article>\n{body}\n</article>\n</body>\n</html>\n"
    ).encode()


def _article(blocks: tuple[Block, ...]) -> Iterator[str]:
    starts = official.closing_starts(blocks)
    for closes, group in groupby(blocks, key=lambda block: block.kind in official.CLOSING):
        printed = [_element(block, starts.get(block.kind, 0)) for block in group]
        yield "\n".join(["<footer>", *printed, "</footer>"] if closes else printed)


def _element(block: Block, start: float) -> str:
    if block.kind is BlockKind.TITLE:
        lines = ("<wbr>".join(map(escape, headline.pieces(line))) for line in headline.lines(block.text))
        return f"<h1><span>{'</span><span>'.join(lines)}</span></h1>"
    if tag := _TAGS.get(block.kind):
        return f"<{tag}>{escape(block.text)}</{tag}>"
    lead = f"<b>{escape(block.lead)}</b>" if block.lead else ""
    look = "" if block.kind is BlockKind.BODY else f' class="{block.kind.replace("_", "-")}"'
    place = f' style="--start: {start / official.CHARACTERS:.2%}"' if start else ""
    return f"<p{look}{place}>{lead}{escape(block.text)}</p>"
