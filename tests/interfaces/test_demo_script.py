"""The demonstration's script without a database, on awkward days; and a load that breaks off."""

from datetime import date

import pytest

from bihuan.cli.demo import load
from bihuan.cli.demo.acts import all_acts
from bihuan.cli.demo.script import inspections
from bihuan.cli.demo.times import Times
from bihuan.errors import NotFound
from bihuan.journal import queries as journal
from bihuan.people import queries as who
from bihuan.scope import system

AWKWARD = [date(2028, 2, 29), date(2027, 1, 1), date(2026, 12, 31), date(2027, 3, 31)]


@pytest.mark.parametrize("today", AWKWARD)
def test_acts_lie_in_the_past_in_order_whatever_the_day(today):
    days = [act.day for act in all_acts(inspections(), Times(today))]
    assert days == sorted(days)
    assert days[-1] < 0


@pytest.mark.parametrize("today", AWKWARD)
def test_texts_are_filled_on_every_day(today):
    times = Times(today)
    texts = [str(act.given) for act in all_acts(inspections(), times) if act.verb not in ("plan", "attach")]
    texts += [times.fill(script.document.read_text(encoding="utf-8")) for script in inspections()]
    assert not any(sign in text for text in texts for sign in ("{D", "{M", "{Y", "{m", "{n", "{q"))


def test_placeholders_follow_the_calendar():
    fill = Times(date(2027, 1, 5)).fill
    assert fill("{D-10}") == "2026年12月26日"
    assert fill("{D+27}") == "2027年2月1日"
    assert fill("〔{Y-10}〕{n-10} {m+0} {M-10} {q-10}{q+90}") == "〔2026〕12 1月 2026年12月 第四季度第二季度"
    assert fill("{X-1} {D}") == "{X-1} {D}"


@pytest.mark.django_db
def test_a_load_that_breaks_off_leaves_nothing(settings, tmp_path):
    settings.DATA = tmp_path
    settings.FILES = tmp_path / "not-a-folder"
    settings.FILES.write_text("a file stands where the store should be")
    before = journal.head()
    with pytest.raises(OSError, match="not-a-folder"):
        load(today=date(2026, 11, 20), out=lambda line: None)
    assert journal.head() == before
    with pytest.raises(NotFound):
        who.organisation("yanlan", actor=system("the test looks"))
