"""The page on which the plan of a finding is written."""

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from bihuan.ledger import actions
from bihuan.ledger.actions.planning import PLANNED, MeasureFields
from bihuan.ledger.queries import finding as finding_queries
from bihuan.people import queries as people
from bihuan.web.forms.plan import MeasureFormSet, PlanChoices, PlanForm, plan_fields
from bihuan.web.requests import ActorRequest, refused, shown_again, version_of


def _plan(request: ActorRequest, finding_id: int) -> HttpResponse:
    page = finding_queries.finding_page(finding_id, actor=request.actor, at=timezone.now())
    choices = _choices(request, page.finding.organisation_path)
    if refused(request):
        form, measures = PlanForm(choices, request.POST), _measures(choices, data=request.POST)
    else:
        form = PlanForm(choices, initial=_plan_values(page))
        measures = _measures(choices, initial=[_measure_values(line.measure) for line in page.measures])
    submit = next((act for act in page.acts if act.step.verb == "submit_plan"), None)
    context = {
        "inspection": page.finding.inspection,
        "page": page,
        "finding": page.finding,
        "form": form,
        "measures": measures,
        "missing": [objection.message for objection in submit.objections] if submit else [],
    }
    return render(request, "finding/plan.html", context)


@require_http_methods(["GET", "POST"])
@shown_again(_plan)
def plan(request: ActorRequest, finding_id: int) -> HttpResponse:
    """Show the plan of a finding as a form and write it; whether it may still be changed, the ledger says."""
    if request.method == "GET":
        return _plan(request, finding_id)
    finding = finding_queries.finding_of(finding_id, actor=request.actor)
    choices = _choices(request, finding.organisation_path)
    given = plan_fields(PlanForm(choices, request.POST), _measures(choices, data=request.POST))
    actions.plan_finding(
        finding_id, plan=given, actor=request.actor, at=timezone.now(), version=version_of(request)
    )
    messages.success(request, gettext("The plan was saved."))
    return redirect("finding", finding_id)


def _choices(request: ActorRequest, unit_path: str) -> PlanChoices:
    today = timezone.localdate()
    return PlanChoices(
        people.departments(unit_path, actor=request.actor),
        people.leaders(unit_path, actor=request.actor, today=today),
        people.handlers(unit_path, actor=request.actor, today=today),
    )


def _measures(choices: PlanChoices, **kwargs: Any) -> Any:
    return MeasureFormSet(prefix="measures", form_kwargs={"people": choices}, **kwargs)


def _plan_values(page: finding_queries.FindingPage) -> dict[str, object]:
    values = {name: getattr(page.finding, name) for name in PLANNED}
    return {**values, "cooperating_ids": [str(row.department_id) for row in page.cooperating]}


def _measure_values(measure: Any) -> dict[str, object]:
    names = [part.name for part in fields(MeasureFields)]
    return {"ORDER": measure.ordinal, **{name: getattr(measure, name) for name in names}}
