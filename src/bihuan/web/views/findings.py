"""The page of a finding and everything that can be done there."""

from dataclasses import dataclass
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from bihuan.errors import NotFound
from bihuan.ledger import actions, store
from bihuan.ledger.actions.evidence import EvidenceFields
from bihuan.ledger.actions.steps import OVERRIDE
from bihuan.ledger.queries import finding as finding_queries
from bihuan.web.forms import cleaned
from bihuan.web.forms.evidence import DetachForm, EvidenceForm
from bihuan.web.forms.steps import StepForm
from bihuan.web.requests import ActorRequest, posted, posted_from, version_of
from bihuan.words import phrase
from bihuan.workflow.steps import find_step, label_of
from bihuan.workflow.words import Kind, Role, State


@require_GET
def finding(request: ActorRequest, finding_id: int) -> HttpResponse:
    """Show one finding whole."""
    return _finding(request, finding_id)


def _finding(request: ActorRequest, finding_id: int, **_others: object) -> HttpResponse:
    page = finding_queries.finding_page(finding_id, actor=request.actor, at=timezone.now())
    acts = [_offer(request, act) for act in page.acts]
    evidence_form = None
    if page.can_add_evidence:
        data = posted(request, marker="form", value="evidence")
        evidence_form = EvidenceForm(_measure_choices(page), data)
    context = {
        "inspection": page.finding.inspection,
        "page": page,
        "finding": page.finding,
        "acts": acts,
        "evidence_form": evidence_form,
    }
    return render(request, "finding/page.html", context)


@dataclass(frozen=True)
class Offer:
    """A step with the form that takes it."""

    act: finding_queries.Act
    form: StepForm


def _offer(request: ActorRequest, act: finding_queries.Act) -> Offer:
    data = posted(request, marker="verb", value=act.step.verb)
    return Offer(act, StepForm(act.step, data, warned=act.warned))


@posted_from(_finding)
def take(request: ActorRequest, finding_id: int, verb: str) -> HttpResponse:
    """Take one step of the table; the form is the one that the table draws."""
    finding = finding_queries.finding_of(finding_id, actor=request.actor)
    role = request.actor.role or Role.HANDLER
    step = find_step(verb, state=State(finding.state), kind=Kind(finding.kind), role=role)
    given = cleaned(StepForm(step, request.POST, warned=OVERRIDE in request.POST))
    actions.take(
        verb, finding_id, given=given, actor=request.actor, at=timezone.now(), version=version_of(request)
    )
    messages.success(request, gettext("Done: %(step)s.") % {"step": gettext(label_of(verb))})
    return redirect("finding", finding_id)


@posted_from(_finding)
def add_evidence(request: ActorRequest, finding_id: int) -> HttpResponse:
    """Take a file in as evidence for measures."""
    page = finding_queries.finding_page(finding_id, actor=request.actor, at=timezone.now())
    given = cleaned(EvidenceForm(_measure_choices(page), request.POST, request.FILES))
    file, measures = given.pop("file"), given.pop("measures")
    actions.attach_evidence(
        finding_id,
        data=file.read(),
        filename=file.name,
        fields=EvidenceFields(**given),
        measure_ids=tuple(measures),
        actor=request.actor,
        at=timezone.now(),
        version=version_of(request),
    )
    messages.success(request, gettext("The evidence was added."))
    return redirect("finding", finding_id)


@posted_from(_finding)
def detach_evidence(request: ActorRequest, finding_id: int, evidence_id: int) -> HttpResponse:
    """Take a piece of evidence off a finding, with a reason."""
    reason = cleaned(DetachForm(request.POST))["reason"]
    actions.detach_evidence(
        finding_id,
        evidence_id=evidence_id,
        reason=reason,
        actor=request.actor,
        at=timezone.now(),
        version=version_of(request),
    )
    messages.success(request, gettext("The evidence was taken off; file and journal keep it."))
    return redirect("finding", finding_id)


@require_GET
def evidence(request: ActorRequest, evidence_id: int) -> HttpResponse:
    """Hand out a file, always as a download that no browser runs."""
    held = finding_queries.evidence_of(evidence_id, actor=request.actor)
    return download(store.get(held.digest), held.filename)


def download(data: bytes, filename: str, content_type: str = "application/octet-stream") -> HttpResponse:
    """Answer with a file that is saved, never shown inside our pages."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(filename, safe='')}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response


def _measure_choices(page: finding_queries.FindingPage) -> list[tuple[int, str]]:
    return [(line.measure.pk, f"{line.measure.ordinal}. {line.measure.text}") for line in page.measures]


def missing(request: ActorRequest, rest: str = "") -> HttpResponse:
    """Answer every address that is nobody's like a foreign object."""
    raise NotFound(phrase("There is nothing here that this post may see."))
