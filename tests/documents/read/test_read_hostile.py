"""Files that are broken or meant to harm are refused with a reason, never with a crash."""

import re
import stat
import zipfile
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.documents.read import word_files

from bihuan.documents.read import read
from bihuan.documents.read.word import archive
from bihuan.errors import BadInput

MAIN = "word/document.xml"


def good() -> bytes:
    document = docx.Document()
    document.add_paragraph("1.关于“账目不清”的问题")
    return word_files.saved(document)


GOOD = good()


def changed(
    replace: dict[str, bytes] | None = None, add: list[tuple[str | zipfile.ZipInfo, bytes]] | None = None
) -> bytes:
    """Pack the good document again with other or further parts."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(GOOD)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, (replace or {}).get(name, old.read(name)))
        for item, data in add or []:
            new.writestr(item, data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def part(name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(GOOD)) as old:
        return old.read(name)


def link() -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("word/link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


BODY = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + BODY % b"&b;"
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + BODY % b"&a;"
DEEP = BODY % (b"<w:r>" * 5000 + b"</w:r>" * 5000)
HOSTILE = {
    "not a zip": b"PK but no zip",
    "cut off": GOOD[: len(GOOD) // 2],
    "a bomb": changed(add=[("word/big.xml", b"0" * 20_000_000)]),
    "entities": changed({MAIN: LAUGHS}),
    "outside entity": changed({MAIN: OUTSIDE}),
    "deep": changed({MAIN: DEEP}),
    "broken xml": changed({MAIN: b"<w:document>"}),
    "no body": changed({MAIN: BODY.replace(b"w:body", b"w:corpse") % b"x"}),
    "path up": changed(add=[("../evil", b"x")]),
    "absolute path": changed(add=[("/etc/evil", b"x")]),
    "backslash": changed(add=[("word\\evil", b"x")]),
    "same name in capitals": changed(add=[("WORD/Document.xml", b"x")]),
    "symbolic link": changed(add=[(link(), b"/etc/passwd")]),
    "macro part": changed(add=[("word/vbaProject.bin", b"x")]),
    "macro type": changed(
        {
            "[Content_Types].xml": part("[Content_Types].xml").replace(
                b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                b"vnd.ms-word.document.macroEnabled.main",
            )
        }
    ),
    "a spreadsheet": changed(
        {
            "[Content_Types].xml": part("[Content_Types].xml").replace(
                b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"
            )
        }
    ),
    "too many parts": changed(add=[(f"x/{number}", b"") for number in range(archive.MEMBERS_AT_MOST)]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_refused(name: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(HOSTILE[name], filename="x.docx")
    assert len(str(refused.value)) > 10


def test_duplicate_names_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = changed(add=[(MAIN, part(MAIN))])
    with pytest.raises(BadInput, match="forbidden or repeated names"):
        read(data, filename="x.docx")


def test_a_member_that_lies_about_its_size_is_counted_while_it_unpacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archive, "MEMBER_AT_MOST", 4_000_000)
    with archive.Archive(GOOD) as opened:
        monkeypatch.setattr(archive, "MEMBER_AT_MOST", 100)
        with pytest.raises(BadInput, match="too large"):
            opened.read(MAIN)


def test_a_footnote_stands_where_it_is_called() -> None:
    names = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    called = BODY.replace(b"</w:r>", b'<w:footnoteReference w:id="2"/></w:r>') % "整改意见".encode()
    text = "限期三个月。".encode()
    parts = (
        b'<w:footnotes %s><w:footnote w:id="2"><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    data = changed({MAIN: called}, [("word/footnotes.xml", parts % (names, text))])
    assert read(data, filename="x.docx").lines == ("整改意见（注：限期三个月。）",)


def test_the_good_document_is_read() -> None:
    assert read(GOOD, filename="x.docx").document.findings[0].title == "账目不清"
    assert read(changed(), filename="x.docx").document.findings[0].title == "账目不清"


@pytest.mark.parametrize(
    ("data", "filename"),
    [
        (b"", "x.txt"),
        (b" \n\t ", "x.txt"),
        ("\ufeff \n".encode(), "x.txt"),
        (b"text", "x.exe"),
        (b"text", "noname"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "x.txt"),
        (b"\xff\xfe\x00", "x.txt"),
        (b"\x00" * 500, "x.txt"),
        (b"\n" * 300_000 + b"x", "x.txt"),
    ],
)
def test_files_that_hold_no_text_are_refused(data: bytes, filename: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(data, filename=filename)
    assert len(str(refused.value)) > 10


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    text = "1.关于“账目不清”的问题\n整改状态：已完成\n整改情况：一是补记账目。\n"
    assert read(text.encode(encoding), filename="x.txt").document.findings[0].measures == ("补记账目。",)


def test_big5_is_read() -> None:
    text = "1.關於「帳目不清」的問題\n整改狀態：已完成\n整改情況：一是補記帳目。\n"
    [finding] = read(text.encode("big5"), filename="x.txt").document.findings
    assert (finding.title, finding.declared.raw) == ("帳目不清", "已完成")


@given(st.binary(max_size=300), st.integers(0, len(GOOD)), st.sampled_from([".docx", ".txt"]))
def test_damaged_bytes_are_read_or_refused(noise: bytes, place: int, suffix: str) -> None:
    data = GOOD[:place] + noise + GOOD[place + len(noise) :]
    try:
        read(data, filename=f"x{suffix}")
    except BadInput as refused:
        assert refused.reasons


TABLE = word_files.with_one_table(
    "（一）作风方面\n1.关于“办文拖延”的问题\n整改状态：已完成\n整改情况：一是限时。二是通报。\n",
    category_column=True,
)
VALUES = [b"", b"-1", b"0", b"8", b"x", b"99999999999999999999", "²".encode()]


@settings(max_examples=60)
@given(
    st.sampled_from([MAIN, "word/styles.xml", "word/numbering.xml", "[Content_Types].xml"]),
    st.lists(
        st.tuples(st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from(VALUES)),
        min_size=1,
        max_size=5,
    ),
)
def test_damaged_xml_is_read_or_refused(name: str, changes: list[tuple[int, int, bytes]]) -> None:
    with zipfile.ZipFile(BytesIO(TABLE)) as old:
        parts = {each: old.read(each) for each in old.namelist()}
    tokens = re.findall(rb"<[^>]+>|[^<]+", parts[name])
    for place, other, value in changes:
        first, second = place % len(tokens), other % len(tokens)
        tokens[first] = re.sub(rb'"[^"]*"', b'"' + value + b'"', tokens[second])
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as new:
        for each, data in (parts | {name: b"".join(tokens)}).items():
            new.writestr(each, data)
    try:
        read(stream.getvalue(), filename="x.docx")
    except BadInput as refused:
        assert refused.reasons
