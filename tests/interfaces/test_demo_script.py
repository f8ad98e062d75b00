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
    times = Times(today)
    days = [times.day(act.day) for act in all_acts(inspections(), times)]
    assert days == sorted(days)
    assert days[-1] < today


@pytest.mark.parametrize("today", AWKWARD)
def test_texts_are_filled_on_every_day(today):
    times = Times(today)
    texts = [str(act.given) for act in all_acts(inspections(), times) if act.verb not in ("plan", "attach")]
    texts += [times.fill(script.document.read_text(encoding="utf-8")) for script in inspections()]
    assert not any(sign in text for text in texts for sign in ("{D", "{M", "{Y", "{m", "{n", "{q"))


@pytest.mark.parametrize("today", [date(2026, 11, 16 + weekday) for weekday in range(7)])
def test_nothing_happens_on_a_weekend_and_order_is_kept(today):
    times = Times(today)
    days = [times.day(offset) for offset in range(-400, 401)]
    assert days == sorted(days)
    assert {day.weekday() for day in days if day != today} <= {0, 1, 2, 3, 4}
    assert all(day < today for day in days[:400]) and all(day > today for day in days[401:])
    assert all(
        abs((day - today).days - offset) <= 2 for offset, day in zip(range(-400, 401), days, strict=True)
    )


def test_placeholders_follow_the_calendar():
    fill = Times(date(2027, 1, 5)).fill
    assert fill("{D-12}") == "2026年12月24日"
    assert fill("{D-10}") == "2026年12月25日"  # the 26th is a Saturday
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
