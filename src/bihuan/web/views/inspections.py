"""The first page, the ledger of an inspection, and giving one thing to many findings."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET

from bihuan.documents.model import Completion
from bihuan.errors import BadInput
from bihuan.ledger import actions
from bihuan.ledger.queries import inspections as inspection_queries
from bihuan.ledger.queries import ledger as ledger_queries
from bihuan.ledger.queries import uploads
from bihuan.ledger.queries.standing import total
from bihuan.ledger.queries.waiting import waiting
from bihuan.people import queries as people
from bihuan.web.forms.filters import FilterForm
from bihuan.web.forms.plan import AssignForm, PlanChoices
from bihuan.web.requests import ActorRequest, posted_from, refused
from bihuan.web.templatetags.bihuan import said
from bihuan.words import phrase
from bihuan.workflow.deadlines import Lamp
from bihuan.workflow.words import Role, State

Word = TypeVar("Word", Lamp, Completion, State, ledger_queries.Sort)
PRINTED_ROWS = 2_000
"""What one sheaf of paper holds; a longer ledger is printed by filter."""
KEPT = ("category", "department", "leader", "lamp", "declared", "state", "sort", "after", "before")


@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """Show the inspections within reach and how far each is proven."""
    today = timezone.localdate()
    lines = inspection_queries.inspections(actor=request.actor, today=today)
    context = {
        "lines": lines,
        "total": total(line.standing for line in lines),
        "todo": waiting(actor=request.actor, today=today),
        "uploads": uploads.open_uploads(actor=request.actor),
    }
    return render(request, "home.html", context)


@require_GET
def ledger(request: ActorRequest, inspection_id: int) -> HttpResponse:
    """Show the ledger; with htmx only its rows are sent again."""
    return _ledger(request, inspection_id)


def _ledger(request: ActorRequest, inspection_id: int) -> HttpResponse:
    actor, today = request.actor, timezone.localdate()
    inspection = inspection_queries.inspection(inspection_id, actor=actor)
    given = request.POST if refused(request) else request.GET
    filters, sort = _filters(given), _word(ledger_queries.Sort, given.get("sort")) or _FIRST
    printing = "print" in given
    page = ledger_queries.page(
        inspection,
        actor=actor,
        today=today,
        filters=filters,
        sort=sort,
        after=given.get("after"),
        before=given.get("before"),
        size=PRINTED_ROWS if printing else ledger_queries.PAGE_ROWS,
    )
    choices = _choices(request, inspection.organisation_path)
    categories = inspection_queries.categories(inspection, actor=actor)
    form = FilterForm(categories, choices.departments, choices.leaders, given)
    context = {
        "inspection": inspection,
        "concentrated_until": inspection_queries.concentrated_until(inspection),
        "standing": inspection_queries.standing(inspection, actor=actor, today=today),
        "form": form,
        "filters": filters,
        "lamp_alone": replace(filters, lamp=None) == ledger_queries.Filters(),
        "chosen_filters": [*form.chosen(), *([filters.lamp] if filters.lamp else [])],
        "kept": _kept(given),
        "sort": sort,
        "sorts": list(ledger_queries.Sort),
        "grouped": sort == _FIRST,
        "page": page,
        "printing": printing,
        "chosen": set(request.POST.getlist("finding")),
        "assign_form": _assign_form(request, choices),
    }
    partial = request.htmx and not request.htmx.boosted and request.htmx.target == "rows"
    return render(request, "ledger/_rows.html" if partial else "ledger/page.html", context)


def _assign_form(request: ActorRequest, choices: PlanChoices) -> AssignForm | None:
    if request.actor.role != Role.OFFICE or "print" in request.GET:
        return None
    return AssignForm(choices, request.POST if refused(request) else None)


@posted_from(_ledger)
def assign(request: ActorRequest, inspection_id: int) -> HttpResponse:
    """Give a department, leader, handler or date to the chosen findings."""
    inspection = inspection_queries.inspection(inspection_id, actor=request.actor)
    chosen = dict(_chosen(text) for text in request.POST.getlist("finding"))
    if not chosen:
        raise BadInput(phrase("Choose at least one finding."))
    form = AssignForm(_choices(request, inspection.organisation_path), request.POST)
    left = actions.assign(
        chosen,
        assignment=form.assignment(),
        actor=request.actor,
        at=timezone.now(),
        versions={key: version for key, version in chosen.items() if version is not None},
    )
    done = len(chosen) - len(left)
    text = ngettext("Assigned: %(count)s finding.", "Assigned: %(count)s findings.", done) % {"count": done}
    messages.success(request, text)
    for _finding_id, reason in left[:3]:
        messages.warning(request, said(reason))
    if len(left) > 3:
        messages.warning(request, gettext("%(count)s were refused in all.") % {"count": len(left)})
    return redirect(reverse("ledger", args=[inspection_id]) + _query(request.POST))


def _chosen(text: str) -> tuple[int, int | None]:
    """Read a ticked finding with the version that was shown of it: `12:3`, or `12` alone."""
    key, _colon, version = text.partition(":")
    finding_id = _number(key)
    if finding_id is None:
        raise BadInput(phrase("Choose at least one finding."))
    return finding_id, _number(version)


_FIRST = ledger_queries.Sort.POSITION


def _choices(request: ActorRequest, unit_path: str) -> PlanChoices:
    today = timezone.localdate()
    return PlanChoices(
        people.departments(unit_path, actor=request.actor),
        people.leaders(unit_path, actor=request.actor, today=today),
        people.handlers(unit_path, actor=request.actor, today=today)
        if request.actor.role == Role.OFFICE
        else (),
    )


def _filters(given: Mapping[str, str]) -> ledger_queries.Filters:
    """Read the filters of an address; an unknown word filters nothing rather than failing a shared link."""
    return ledger_queries.Filters(
        category=_number(given.get("category")),
        department=_number(given.get("department")),
        leader=_number(given.get("leader")),
        lamp=_word(Lamp, given.get("lamp")),
        declared=_word(Completion, given.get("declared")),
        state=_word(State, given.get("state")),
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 19 else None


def _word(words: type[Word], text: str | None) -> Word | None:
    return words(text) if text in set(words) else None


def _query(given: Mapping[str, str]) -> str:
    """Carry filters, order and place into the address to which an act leads back."""
    kept = _kept(given)
    return "?" + urlencode(kept) if kept else "?"


def _kept(given: Mapping[str, str]) -> dict[str, str]:
    return {name: given[name] for name in KEPT if given.get(name)}
