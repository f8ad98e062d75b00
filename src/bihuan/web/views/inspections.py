"""The first page, the ledger of an inspection, and giving one thing to many findings."""

from collections.abc import Mapping
from typing import TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

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
from bihuan.web.requests import ActorRequest, shown_again
from bihuan.web.templatetags.bihuan import said
from bihuan.words import phrase
from bihuan.workflow.deadlines import Lamp
from bihuan.workflow.words import Role, State

Word = TypeVar("Word", Lamp, Completion, State, ledger_queries.Sort)
FILTER_NAMES = ("category", "department", "leader", "lamp", "declared", "state", "sort")


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
    filters, sort = _filters(request.GET), _word(ledger_queries.Sort, request.GET.get("sort")) or _FIRST
    page = ledger_queries.page(
        inspection,
        actor=actor,
        today=today,
        filters=filters,
        sort=sort,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    choices = _choices(request, inspection.organisation_path)
    categories = inspection_queries.categories(inspection, actor=actor)
    context = {
        "inspection": inspection,
        "concentrated_until": inspection_queries.concentrated_until(inspection),
        "standing": inspection_queries.standing(inspection, actor=actor, today=today),
        "form": FilterForm(categories, choices.departments, choices.leaders, request.GET),
        "filters": filters,
        "sort": sort,
        "sorts": list(ledger_queries.Sort),
        "grouped": sort == _FIRST,
        "page": page,
        "assign_form": AssignForm(choices) if actor.role == Role.OFFICE else None,
    }
    partial = request.htmx and not request.htmx.boosted and request.htmx.target == "rows"
    return render(request, "ledger/_rows.html" if partial else "ledger/page.html", context)


@require_POST
@shown_again(_ledger)
def assign(request: ActorRequest, inspection_id: int) -> HttpResponse:
    """Give a department, leader, handler or date to the chosen findings."""
    inspection = inspection_queries.inspection(inspection_id, actor=request.actor)
    chosen = [key for key in map(_number, request.POST.getlist("finding")) if key is not None]
    if not chosen:
        raise BadInput(phrase("Choose at least one finding."))
    form = AssignForm(_choices(request, inspection.organisation_path), request.POST)
    refused = actions.assign(chosen, assignment=form.assignment(), actor=request.actor, at=timezone.now())
    done = len(set(chosen)) - len(refused)
    text = ngettext("Assigned: %(count)s finding.", "Assigned: %(count)s findings.", done) % {"count": done}
    messages.success(request, text)
    for _finding_id, reason in refused[:3]:
        messages.warning(request, said(reason))
    if len(refused) > 3:
        messages.warning(request, gettext("%(count)s were refused in all.") % {"count": len(refused)})
    return redirect(reverse("ledger", args=[inspection_id]) + _query(request.POST))


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
    """Carry the filters and the order, without the place, into the addresses of other pages."""
    kept = {name: given[name] for name in FILTER_NAMES if given.get(name)}
    return "?" + urlencode(kept) if kept else "?"
