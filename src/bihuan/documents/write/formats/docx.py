"""Word files in the official layout (GB/T 9704-2012).

The package is written part by part and not through a template, so that it holds nothing but what the layout
needs: no theme fonts, no foreign styles, no stray properties, no dates; the same paper gives the same bytes.
"""

from collections.abc import Iterator, Mapping
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from bihuan.documents.write import headline, official
from bihuan.documents.write.content import Block, BlockKind, Paper
from bihuan.documents.write.official import LeadLook, Look

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Without the hint Word takes “ ” and — from the Latin font, half as wide.
_EAST_ASIAN = '<w:rPr>{}<w:rFonts w:hint="eastAsia"/></w:rPr>'

# Word knows headings, title and footer by these names; navigation and tables of contents rely on them.
_STYLES: Mapping[BlockKind, tuple[str, str]] = {
    BlockKind.TITLE: ("Title", "Title"),
    BlockKind.BODY: ("Normal", "Normal"),
    BlockKind.HEADING_1: ("Heading1", "heading 1"),
    BlockKind.HEADING_2: ("Heading2", "heading 2"),
    BlockKind.HEADING_3: ("Heading3", "heading 3"),
    BlockKind.RUN_IN: ("RunIn", "带标题段落"),
    BlockKind.LABELLED: ("Labelled", "带标签段落"),
    BlockKind.SIGNATURE: ("Signature", "Signature"),
    BlockKind.DATE: ("Date", "Date"),
}
_LEAD_STYLES: Mapping[BlockKind, tuple[str, str]] = {
    BlockKind.RUN_IN: ("RunInLead", "段首标题"),
    BlockKind.LABELLED: ("LabelledLead", "段首标签"),
}


def render(paper: Paper) -> bytes:
    """Print the paper as a Word file."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(_PACKAGE_RELATIONS),
        "docProps/core.xml": _core_properties(paper),
        "word/document.xml": _document(paper.blocks),
        "word/styles.xml": _styles(),
        "word/settings.xml": _SETTINGS,
        "word/footer1.xml": _footer("right"),
        "word/footer2.xml": _footer("left"),
        "word/_rels/document.xml.rels": _relationships(_DOCUMENT_RELATIONS),
    }
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = ZipInfo(name)  # dated 1980, whenever it is written
            entry.compress_type = ZIP_DEFLATED
            package.writestr(entry, _XML + content)
    return file.getvalue()


def _twips(*, points: float = 0, millimetres: float = 0, characters: float = 0) -> int:
    """Word's unit, a twentieth of a point."""
    of_characters = characters * (official.Look().points + official.TRACKING)
    return round(20 * (points + millimetres * 72 / 25.4 + of_characters))


def _document(blocks: tuple[Block, ...]) -> str:
    margins = {
        "top": _twips(millimetres=official.TOP),
        "right": _twips(millimetres=official.RIGHT),
        "bottom": _twips(millimetres=official.BOTTOM),
        "left": _twips(millimetres=official.LEFT),
        "header": _twips(millimetres=official.TOP / 2),
        "footer": _footer_distance(),
        "gutter": 0,
    }
    attributes = " ".join(f'w:{side}="{length}"' for side, length in margins.items())
    return (
        f'<w:document {_WORD} xmlns:r="{_RELATIONS}"><w:body>{"".join(_paragraphs(blocks))}<w:sectPr>'
        '<w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/>'
        f'<w:pgSz w:w="{_twips(millimetres=official.PAGE_WIDTH)}" w:h="{_twips(millimetres=official.PAGE_HEIGHT)}"/>'
        f"<w:pgMar {attributes}/>"
        f'<w:docGrid w:type="lines" w:linePitch="{_twips(points=official.LINE_PITCH)}"/>'
        "</w:sectPr></w:body></w:document>"
    )


def _paragraphs(blocks: tuple[Block, ...]) -> Iterator[str]:
    starts = official.closing_starts(blocks)
    following = [*(block.kind for block in blocks[1:]), None]
    for block, next_kind in zip(blocks, following, strict=True):
        # The last lines of the text go with the signature: it may not stand alone on a page.
        keep = next_kind in official.CLOSING and block.kind not in official.CLOSING
        yield _paragraph(block, start=starts.get(block.kind, 0), keep_with_next=keep)


def _paragraph(block: Block, *, start: float, keep_with_next: bool) -> str:
    style = _STYLES[block.kind][0]
    properties = f'<w:pStyle w:val="{style}"/>' if block.kind is not BlockKind.BODY else ""
    properties += "<w:keepNext/>" if keep_with_next else ""
    properties += f'<w:ind w:left="{_twips(characters=start)}"/>' if start else ""
    runs = _run(block.lead, style=_LEAD_STYLES[block.kind][0]) if block.lead else ""
    if block.kind is BlockKind.TITLE:
        runs += "<w:r><w:br/></w:r>".join(map(_run, headline.lines(block.text)))
    else:
        runs += _run(block.text)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def _run(text: str, style: str = "") -> str:
    properties = _EAST_ASIAN.format(f'<w:rStyle w:val="{style}"/>' if style else "")
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _fonts(font: str) -> str:
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{official.LATIN}" w:hAnsi="{official.LATIN}"'
        f' w:eastAsia="{font}" w:cs="{official.LATIN}"/>'
    )


def _styles() -> str:
    body = official.LOOKS[BlockKind.BODY]
    blocks = "".join(
        _style(kind, look) for kind, look in official.LOOKS.items() if kind is not BlockKind.BODY
    )
    leads = "".join(_lead_style(kind, look) for kind, look in official.LEADS.items())
    return (
        f"<w:styles {_WORD}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(body.font)}"
        f'<w:sz w:val="{2 * body.points}"/><w:szCs w:val="{2 * body.points}"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        f'<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        # No widow control: a page has its 22 lines. No automatic blank between Chinese and digits: it breaks the grid.
        # overflowPunct is Word's default; LibreOffice 7.4 reads it the wrong way round and, when it lets punctuation
        # overflow a justified line, prints the line without it.
        '<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="1"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{_twips(points=official.LINE_PITCH)}" w:lineRule="exact"/>'
        f'{_indent(body.indent)}<w:jc w:val="{body.align}"/></w:pPr>'
        f'<w:rPr><w:spacing w:val="{_twips(points=official.TRACKING)}"/></w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        f"{blocks}{leads}"
        f'<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr><w:spacing w:line="{_FOOTER_LINE * 20}" w:lineRule="exact"/>{_indent(0)}</w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{official.SONG}" w:hAnsi="{official.SONG}" w:eastAsia="{official.SONG}"/>'
        f'<w:spacing w:val="0"/>{_size(official.PAGE_NUMBER_POINTS)}</w:rPr></w:style>'
        "</w:styles>"
    )


def _style(kind: BlockKind, look: Look) -> str:
    style_id, name = _STYLES[kind]
    custom = "" if name.isascii() else ' w:customStyle="1"'
    paragraph = "<w:keepNext/><w:keepLines/>" if look.keep_with_next else ""
    # One empty line stands under the title and above the signature.
    gap = {BlockKind.TITLE: "after", BlockKind.SIGNATURE: "before"}.get(kind)
    paragraph += f'<w:spacing w:{gap}="{_twips(points=official.LINE_PITCH)}"/>' if gap else ""
    paragraph += f'{_indent(look.indent)}<w:jc w:val="{look.align}"/>'
    paragraph += f'<w:outlineLvl w:val="{look.level - 1}"/>' if look.level else ""
    tracking = '<w:spacing w:val="0"/>' if kind is BlockKind.TITLE else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>'
        f"<w:rPr>{_fonts(look.font)}{_weight(look.bold)}{tracking}{_size(look.points)}</w:rPr></w:style>"
    )


def _lead_style(kind: BlockKind, look: LeadLook) -> str:
    style_id, name = _LEAD_STYLES[kind]
    return (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{style_id}"><w:name w:val="{name}"/>'
        f"<w:qFormat/><w:rPr>{_fonts(look.font)}{_weight(look.bold)}</w:rPr></w:style>"
    )


def _indent(characters: int) -> str:
    return f'<w:ind w:firstLineChars="{100 * characters}" w:firstLine="{_twips(characters=characters)}"/>'


def _weight(bold: bool) -> str:
    return "<w:b/>" if bold else ""


def _size(points: int) -> str:
    return f'<w:sz w:val="{2 * points}"/><w:szCs w:val="{2 * points}"/>'


_FOOTER_LINE = 16
"""Points."""


def _footer_distance() -> int:
    """How far the footer's lower edge is from the page's: the dashes, in the middle of the line, hang at their mark."""
    return _twips(millimetres=official.BOTTOM - official.PAGE_NUMBER_DROP) - _twips(points=_FOOTER_LINE / 2)


def _footer(side: str) -> str:
    # The number stands one character in from the outer edge.
    indent = _twips(points=official.PAGE_NUMBER_POINTS)
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return (
        f'<w:ftr {_WORD}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:{side}="{indent}"/><w:jc w:val="{side}"/></w:pPr>'
        f"{_run('— ')}{field}{_run(' —')}</w:p></w:ftr>"
    )


_SETTINGS = (
    f'<w:settings {_WORD}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)


def _core_properties(paper: Paper) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(paper.title)}</dc:title><dc:creator>{escape(paper.author)}</dc:creator>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


_PACKAGE_RELATIONS = {
    "document": (f"{_RELATIONS}/officeDocument", "word/document.xml"),
    "core": (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
}
_DOCUMENT_RELATIONS = {
    "styles": (f"{_RELATIONS}/styles", "styles.xml"),
    "settings": (f"{_RELATIONS}/settings", "settings.xml"),
    "odd": (f"{_RELATIONS}/footer", "footer1.xml"),
    "even": (f"{_RELATIONS}/footer", "footer2.xml"),
}


def _relationships(relations: Mapping[str, tuple[str, str]]) -> str:
    items = "".join(
        f"<Relationship Id={quoteattr(name)} Type={quoteattr(kind)} Target={quoteattr(target)}/>"
        for name, (kind, target) in relations.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _content_types() -> str:
    overrides = {
        "/word/document.xml": f"{_TYPES}.document.main+xml",
        "/word/styles.xml": f"{_TYPES}.styles+xml",
        "/word/settings.xml": f"{_TYPES}.settings+xml",
        "/word/footer1.xml": f"{_TYPES}.footer+xml",
        "/word/footer2.xml": f"{_TYPES}.footer+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    items = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{items}</Types>'
    )
