"""What no single tool checks: the shape of the house, read from its files without running any of them."""

import ast
import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "bihuan"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

CODE_LINES_AT_MOST = 400
LONGEST_LINE_OF_A_HAND = 400
FORBIDDEN_NAMES = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "managers",
    "service",
    "services",
}

# The only places that may look past an actor's scope: module and wording, and why it is right there.
MAY_LOOK_PAST_SCOPE = {
    ("src/bihuan/scope.py", "Actor"): "where the system actor is made",
    ("src/bihuan/journal/actions.py", "Head.objects"): "the head row belongs to no organisation",
    ("src/bihuan/journal/queries.py", "Head.objects"): "the head row belongs to no organisation",
    ("src/bihuan/journal/queries.py", "Entry.objects.unscoped"): "the chain is checked as a whole",
    ("src/bihuan/people/queries.py", "Actor"): "the posts of the person who signs in become the actor",
    ("src/bihuan/people/actions.py", "Person.objects"): "a user name is unique among all organisations",
    ("src/bihuan/people/queries.py", "Person.objects"): "signing in; lists are cut down to scoped posts",
    ("src/bihuan/people/queries.py", "Post.objects.unscoped"): "signing in comes before any scope",
    ("src/bihuan/people/queries.py", "Supervision.objects.unscoped"): "signing in comes before any scope",
}


def tracked_files() -> list[Path]:
    """List what git tracks or would track; without git, as in an unpacked archive, all that is not made by tools."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        listing = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        rules = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
        ignored = {".git", *(rule.strip("/") for rule in rules)}
        everything = (Path(folder) / name for folder, _, names in os.walk(ROOT) for name in names)
        found = (path for path in everything if not ignored.intersection(path.relative_to(ROOT).parts))
        return sorted(
            path for path in found if path.suffix not in {".mo", ".pyc"} and ".egg-info" not in str(path)
        )
    paths = (ROOT / name for name in listing.split("\0") if name)
    return sorted({path for path in paths if path.is_file()})


TRACKED = tracked_files()
SOURCES = [path for path in TRACKED if path.suffix == ".py" and "migrations" not in path.parts]
HOUSE = [path for path in SOURCES if path.is_relative_to(PACKAGE)]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def syntax_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, node: ast.expr | ast.stmt) -> str:
    return f"{name_of(path)}:{node.lineno}"


def test_the_files_are_found() -> None:
    assert len(HOUSE) > 10
    assert any(path.name == "words.py" for path in HOUSE)


# Size and names


def test_no_python_file_has_more_code_lines_than_a_reader_can_hold() -> None:
    too_long = {}
    for path in SOURCES:
        lines = path.read_text(encoding="utf-8").splitlines()
        count = sum(1 for line in lines if line.strip() and not line.lstrip().startswith("#"))
        if count > CODE_LINES_AT_MOST:
            too_long[name_of(path)] = count
    assert not too_long, f"split by noun: {too_long}"


def test_no_module_has_a_name_that_says_nothing() -> None:
    stray = [
        name_of(path)
        for path in HOUSE
        if FORBIDDEN_NAMES & {part.removesuffix(".py").strip("_") for part in path.relative_to(PACKAGE).parts}
    ]
    assert not stray, f"name these by what they hold: {stray}"


# Where code may stand and what it may see


def layers_of_the_contract() -> set[str]:
    [contract] = [item for item in PYPROJECT["tool"]["importlinter"]["contracts"] if item["type"] == "layers"]
    assert contract["exhaustive"] is True
    return {name.strip(" ()") for layer in contract["layers"] for name in layer.split("|")}


def test_every_package_stands_in_the_contract_of_layers() -> None:
    # import-linter cannot see a folder without __init__.py, so the folders are counted here.
    children = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in HOUSE} - {"__init__"}
    assert children <= layers_of_the_contract(), "place these in pyproject.toml's layers"


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in HOUSE}
    missing = [name_of(folder) for folder in folders if not (folder / "__init__.py").is_file()]
    assert not missing, f"without __init__.py: {missing}"


def test_imports_stand_at_the_top_outside_the_command_line() -> None:
    lazy = []
    for path in HOUSE:
        if path.is_relative_to(PACKAGE / "cli"):
            continue
        functions = (
            n for n in ast.walk(syntax_of(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)
        )
        lazy += [
            place(path, node)
            for function in functions
            for node in ast.walk(function)
            if isinstance(node, ast.Import | ast.ImportFrom)
        ]
    assert not lazy, f"imports inside functions: {lazy}"


# Scope: no query without an actor


AROUND_SCOPE = {"_base_manager", "_default_manager", "unscoped"}
AROUND_SCOPE_WHEN_CALLED = {"cursor", "raw"}
# An actor made up on the spot sees whatever its maker likes.
MAKES_AN_ACTOR = {"system", "Actor"}


def ways_around_scope(tree: ast.AST) -> Iterator[str]:
    """Yield the wording of everything that could read or write rows without naming an actor."""
    for parent in ast.walk(tree):
        for node in ast.iter_child_nodes(parent):
            called = isinstance(parent, ast.Call) and parent.func is node
            if isinstance(node, ast.Name) and called and node.id in AROUND_SCOPE | MAKES_AN_ACTOR:
                yield node.id
            if not isinstance(node, ast.Attribute):
                continue
            if node.attr == "objects" and getattr(parent, "attr", "") not in {"scoped", *AROUND_SCOPE}:
                yield ast.unparse(node)
            if node.attr in AROUND_SCOPE or (called and node.attr in AROUND_SCOPE_WHEN_CALLED):
                yield ast.unparse(node)


def test_nothing_looks_past_the_scope_of_an_actor_unless_listed() -> None:
    found = {(name_of(path), way) for path in HOUSE for way in ways_around_scope(syntax_of(path))}
    # Whoever may run commands on the server owns its files anyway; the journal then says so.
    found -= {
        (module, way) for module, way in found if module.startswith("src/bihuan/cli/") and way == "system"
    }
    allowed = set(MAY_LOOK_PAST_SCOPE)
    assert not found - allowed, "go through .objects.scoped(actor), or list the place with its reason"
    assert not allowed - found, "listed without need"


@pytest.mark.parametrize(
    "code",
    [
        "Finding.objects.all()",
        "Finding.objects.filter(pk=1)",
        "Finding.objects.create(title='')",
        "manager = Finding.objects",
        "get_object_or_404(Finding.objects, pk=1)",
        "get(Finding._base_manager)",
        "Finding._default_manager.first()",
        "Finding.objects.unscoped('because')",
        "Finding.objects.raw('select 1')",
        "unscoped('because')",
        "connection.cursor()",
        "list_findings(actor=system('me'))",
        "Actor(reach=('',))",
    ],
)
def test_the_search_sees_a_way_around_scope(code: str) -> None:
    assert list(ways_around_scope(ast.parse(code)))


@pytest.mark.parametrize(
    "code", ["Finding.objects.scoped(actor).filter(pk=1)", "declared.raw", "finding.measures.all()"]
)
def test_the_search_lets_scoped_queries_pass(code: str) -> None:
    assert not list(ways_around_scope(ast.parse(code)))


# What may be committed


def forbidden_words() -> re.Pattern[str]:
    # Put together from parts, or this file would find itself.
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "registry.npm" + "js", "deb.debian" + ".org"]
    places = [r"(?<![\w.~])/" + place + "/" for place in ("work", "tmp", "root", "home")]
    return re.compile("|".join([*map(re.escape, hosts), *places]))


def test_no_file_names_a_package_index_or_a_path_of_somebodys_machine() -> None:
    pattern = forbidden_words()
    found = []
    for path in TRACKED:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{name_of(path)}: {match.group()}" for match in pattern.finditer(text)]
    assert not found


def test_no_file_of_somebody_else_or_of_a_machine_is_committed() -> None:
    names = [name_of(path) for path in TRACKED]
    pattern = re.compile(
        r"(\.min\.(js|css)|\.map|\.sqlite3|\.whl|\.pyc|(^|/)uv\.lock)$|(^|/)(node_modules|vendor)/"
    )
    assert not [name for name in names if pattern.search(name)]
    frameworks = re.compile(r"(htmx|alpine|jquery|bootstrap|tailwind|tabler|bulma|pico)[\w.-]*\.(js|css)$")
    assert not [name for name in names if frameworks.search(name)], "third-party files come in packages"


def test_style_sheets_and_scripts_are_written_by_hand() -> None:
    minified = [
        name_of(path)
        for path in TRACKED
        if path.suffix in {".css", ".js"}
        and max(map(len, path.read_text(encoding="utf-8").splitlines()), default=0) > LONGEST_LINE_OF_A_HAND
    ]
    assert not minified


SCRIPTS = [path for path in TRACKED if path.parent in {ROOT / "script", ROOT / ".ci"} and not path.suffix]


@pytest.mark.parametrize("script", SCRIPTS, ids=name_of)
def test_a_script_is_plain_sh_stops_at_errors_and_may_be_run(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert text.startswith("#!/bin/sh\n# "), "says in its second line what it is for"
    assert "\nset -eu\n" in text
    subprocess.run(["sh", "-n", str(script)], check=True)
    assert os.access(script, os.X_OK)


# Dependencies


@pytest.mark.parametrize("requirement", PYPROJECT["project"]["dependencies"])
def test_every_package_that_bihuan_runs_on_has_a_decision_record(requirement: str) -> None:
    name = re.match(r"[\w-]+", requirement)
    assert name
    records = [
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))
    ]
    assert any(f"`{name.group()}`" in record for record in records)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_every_package_with_hashes_and_names_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^#.*\n", "", text).strip())
    assert len(entries) > len(PYPROJECT["project"]["dependencies"])
    for entry in entries:
        assert re.match(r"[\w.-]+==[\w.]+ \\\n(    --hash=sha256:[0-9a-f]{64}( \\\n|$))+$", entry), entry
    assert "://" not in text


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_holds_every_direct_dependency(lock: str) -> None:
    locked = set(re.findall(r"(?m)^([\w.-]+)==", (ROOT / lock).read_text(encoding="utf-8")))
    wanted = PYPROJECT["project"]["dependencies"] + PYPROJECT["build-system"]["requires"]
    if lock == "requirements-dev.lock":
        wanted = wanted + PYPROJECT["dependency-groups"]["dev"]
    names = {re.split(r"[\[<>=!~ ]", requirement)[0].lower() for requirement in wanted}
    assert names <= locked, "run script/lock"
