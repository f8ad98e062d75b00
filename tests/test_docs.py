"""The papers of the house agree with its code: generated pages, links, records, words."""

import re
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from tests.generated import DOCS, PAGES

from bihuan.workflow.words import Role, State

ROOT = DOCS.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PAPERS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
RECORDS = sorted((DOCS / "decisions").glob("*.md"))


def paper(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_what_the_code_says(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name](), "run script/docs"


def headings_of(text: str) -> set[str]:
    """Give the anchors that a reader's site makes of the headings of a page."""
    headings = re.findall(r"(?m)^#+ (.+)$", text)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAPERS, ids=paper)
def test_every_link_inside_the_repository_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = target.partition("#")
        aim = (path.parent / name).resolve() if name else path
        assert aim.exists(), f"{target} leads nowhere"
        if anchor:
            assert anchor in headings_of(aim.read_text(encoding="utf-8")), f"{target} names no heading"


@pytest.mark.parametrize("path", PAPERS, ids=paper)
def test_every_file_that_a_paper_names_exists(path: Path) -> None:
    # The change log speaks of the past, and generated pages are checked where they come from.
    if path.name == "CHANGELOG.md":
        return
    named = re.findall(r"`((?:script|src|tests|docs|bench)/[\w./-]+)`", path.read_text(encoding="utf-8"))
    missing = [name for name in named if not (ROOT / name).exists()]
    assert not missing


def test_decision_records_are_numbered_without_gaps() -> None:
    assert [path.name[:4] for path in RECORDS] == [f"{n:04d}" for n in range(1, len(RECORDS) + 1)]


@pytest.mark.parametrize("path", RECORDS, ids=paper)
def test_a_decision_record_has_its_four_parts_and_its_number(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {path.name[:4]} ")
    assert re.search(r"(?m)^Status: (accepted|superseded by \[\d{4}\]).*", text)
    assert re.findall(r"(?m)^## (.+)$", text) == ["Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= 60, "a record is one page"


def test_the_change_log_knows_the_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert re.search(
        rf"(?m)^## {re.escape(project['version'])}\b", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_accounts_that_a_reader_is_told_are_those_of_the_demonstration(name: str) -> None:
    people = tomllib.loads((ROOT / "src/bihuan/cli/demo/data/organisations.toml").read_text(encoding="utf-8"))
    roles = {person["username"]: Role(person["posts"][0]["role"]) for person in people["person"]}
    told = re.findall(r"(?m)^\| `([\w-]+)` \| ([^|]+) \|", (ROOT / name).read_text(encoding="utf-8"))
    assert len(told) == len(Role)
    for username, role in told:
        assert role.endswith(chinese_of(roles[username].label))


def test_the_architecture_page_shows_the_layers_of_the_contract() -> None:
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    assert "```\n" + "\n".join(layers) + "\n```" in (DOCS / "architecture.md").read_text(encoding="utf-8")


def glossary() -> list[tuple[str, str]]:
    rows = re.findall(r"(?m)^\| ([^|]+?) \| ([^|]+?) \|", (DOCS / "glossary.md").read_text(encoding="utf-8"))
    return [(english, chinese) for english, chinese in rows if not english.startswith(("English", "---"))]


def test_the_glossary_has_one_row_for_a_word() -> None:
    words = [english for english, _ in glossary()]
    assert len(words) > 40
    assert sorted(words) == sorted(set(words))


def chinese_of(msgid: str) -> str:
    with (ROOT / "src/bihuan/locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as stream:
        message = read_po(stream).get(msgid)
    assert message, msgid
    return str(message.string)


@pytest.mark.parametrize("word", [*State, *Role])
def test_the_glossary_says_states_and_roles_as_the_pages_do(word: State | Role) -> None:
    assert dict(glossary())[word.replace("_", " ")] == chinese_of(word.label)
