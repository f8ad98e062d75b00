"""What holds for every template and style sheet without serving a page."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from bihuan import web
from bihuan.web.templatetags import bihuan as tags
from bihuan.workflow.deadlines import Lamp
from bihuan.workflow.words import State

WEB = Path(web.__file__).parent
TEMPLATES = WEB / "templates"
STYLES = WEB / "static" / "bihuan"
PAGES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))

TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
CLASS = re.compile(r'class="((?:\{%.*?%\}|\{\{.*?\}\}|[^"])*)"')


def _text(name):
    return COMMENT.sub("", (TEMPLATES / name).read_text(encoding="utf-8"))


def _classes(name):
    """Class names of a template, without those that end in a value."""
    return _classes_of(_text(name))


def _classes_of(markup):
    found = set()
    for text in CLASS.findall(markup):
        text = re.sub(r"[\w-]*\{\{.*?\}\}[\w-]*", " ", text)
        found |= set(TAG.sub(" ", text).split())
    return found


@pytest.fixture(scope="module")
def styled():
    sheets = "".join(path.read_text(encoding="utf-8") for path in STYLES.glob("*.css"))
    without_bodies = re.sub(r"\{[^{}]*\}", "{}", re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL))
    return set(re.findall(r"\.([a-z][\w-]*)", without_bodies))


@pytest.mark.parametrize("name", PAGES)
def test_every_template_compiles(name):
    get_template(name)


@pytest.mark.parametrize("name", PAGES)
def test_no_template_needs_an_exception_from_the_content_policy(name):
    text = TAG.sub("", _text(name))
    assert not re.search(r"\sstyle\s*=|<style|\son\w+\s*=|javascript:", text)
    assert all("src=" in script for script in re.findall(r"<script\b[^>]*>", text))
    assert not re.search(r"(?:src|href)=.https?:", text)


def test_every_class_in_use_is_styled(styled):
    used = {name: sorted(_classes(name) - styled) for name in PAGES}
    assert {name: classes for name, classes in used.items() if classes} == {}


BY_VALUE = ("badge--", "lamp--", "remark--", "notice--", "claim--")
BY_CODE = {"is-over", "htmx-request"}  # set by bihuan.js and by htmx


def test_no_style_is_left_over(styled):
    drawn = _classes_of((WEB / "templatetags" / "bihuan.py").read_text(encoding="utf-8").replace("{}", ""))
    used = set().union(*(_classes(name) for name in PAGES)) | drawn | BY_CODE
    assert {name for name in styled - used if not name.startswith(BY_VALUE)} == set()


def test_every_lamp_has_a_shape_and_a_colour_of_its_own(styled):
    sprite = (STYLES / "icons.svg").read_text(encoding="utf-8")
    shapes = dict(re.findall(r'<symbol id="(lamp-\w+)"[^>]*>(.*?)</symbol>', sprite))
    assert {f"lamp-{lamp}" for lamp in Lamp} == set(shapes)
    assert len(set(shapes.values())) == len(Lamp)
    assert {f"lamp--{lamp}" for lamp in Lamp} <= styled


def test_every_icon_in_use_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STYLES / "icons.svg").read_text(encoding="utf-8")))
    used = {icon for name in PAGES for icon in re.findall(r'\{% icon "([\w-]+)" %\}', _text(name))}
    used |= {icon for name in PAGES for icon in re.findall(r'symbol="([\w-]+)"', _text(name))}
    assert used <= drawn
    assert {name for name in drawn - used if not name.startswith("lamp-")} == set()


def test_no_badge_names_a_state_that_does_not_exist(styled):
    kinds = {"relapse", "code", "warns"}
    named = {name.removeprefix("badge--") for name in styled if name.startswith("badge--")}
    assert named <= set(State) | kinds


# Contrast, by the formula of WCAG 2.2

TEXT, BORDER = 4.5, 3.0
ON_EVERY_GROUND = ("ink", "ink-soft", "ink-faint", "link", "red", "green", "yellow-ink", "closed")
PAIRS = [
    *((ink, ground, TEXT) for ink in ON_EVERY_GROUND for ground in ("paper", "sheet", "sunk")),
    *((tone, f"{tone}-wash", TEXT) for tone in ("red", "green", "closed")),
    ("yellow-ink", "yellow-wash", TEXT),
    ("ink", "yellow-wash", TEXT),
    ("ink-faint", "closed-wash", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-accent", "accent-deep", TEXT),
    ("sheet", "ink-soft", TEXT),
    *(
        (tone, ground, BORDER)
        for tone in ("yellow", "orange", "rule-strong")
        for ground in ("paper", "sheet")
    ),
    *((tone, "sunk", BORDER) for tone in ("kept", "proven")),
    *(("focus", ground, BORDER) for ground in ("paper", "sheet", "sunk")),
]


def _colours():
    light, dark = (STYLES / "tokens.css").read_text(encoding="utf-8").split("prefers-color-scheme: dark")
    tokens = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")
    by_day = dict(tokens.findall(light))
    return {"light": by_day, "dark": {**by_day, **dict(tokens.findall(dark))}}


def _luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_colours_can_be_told_apart(scheme, ink, ground, least):
    colours = _colours()[scheme]
    dim, bright = sorted((_luminance(colours[ink]), _luminance(colours[ground])))
    assert (bright + 0.05) / (dim + 0.05) >= least


def test_the_main_act_stands_alone_on_its_page():
    """Two red buttons on one page would both be the main act; one in each branch of a condition is fine."""
    several = {name: _text(name).count("button--main") for name in PAGES}
    allowed = {"home.html": 2, "components/act_form.html": 1}
    assert {name: n for name, n in several.items() if n > allowed.get(name, 1)} == {}


# What the tags say


def test_findings_are_numbered_as_papers_number_them():
    key = tags.FindingKey
    assert tags.number(key("二", 1, 11)) == "（一）11"
    assert tags.number(key("三", None, 2)) == "三、2"


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("‘三会一课’质量不高", "“三会一课”质量不高"),
        ("“三会一课”走‘过场’", "“三会一课”走‘过场’"),
        ("质量不高", "质量不高"),
    ],
)
def test_a_title_that_stands_alone_has_outer_quotation_marks(kept, shown):
    assert tags.alone(kept) == shown


def test_dates_are_as_precise_as_they_are_known():
    assert [tags.on(day) for day in ("2024", "2024-09", None, "")] == ["2024", "2024-09", "", ""]


def test_values_of_a_phrase_are_said_in_the_reader_s_language():
    text = tags.said(tags.Phrase("line %(line)s", {"line": 3}))
    assert text == "第 3 行"
    assert tags.said(State.WRITTEN_OFF) == "已销号"
    assert tags.said(None) == tags.said("") == ""


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_a_page_for_the_worst_needs_nothing_but_itself(name):
    page = get_template(name).render()
    assert page.count("<h1") == 1
    assert name[:3] in page
