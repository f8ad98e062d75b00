"""Scrutiny of a document or an inspection, and the papers that an inspection is printed on."""

from dataclasses import replace

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bihuan.documents.model import Document
from bihuan.documents.read.isolated import read_isolated
from bihuan.documents.write import FORMATS, MEDIA_TYPES, REPORTS, write
from bihuan.ledger.queries import inspections as inspection_queries
from bihuan.ledger.queries import papers
from bihuan.web import remarks
from bihuan.web.forms import cleaned
from bihuan.web.forms.report import ReportForm
from bihuan.web.forms.uploads import ScrutinyForm
from bihuan.web.requests import ActorRequest, refused, shown_again
from bihuan.web.views.findings import download


def _check_file(request: ActorRequest) -> HttpResponse:
    form = ScrutinyForm(again=refused(request))
    return render(request, "scrutiny/page.html", {"form": form, "scrutiny": None})


@require_http_methods(["GET", "POST"])
@shown_again(_check_file)
def check_file(request: ActorRequest) -> HttpResponse:
    """Scrutinise a document without keeping anything of it."""
    if request.method == "GET":
        return _check_file(request)
    file: UploadedFile[bytes] = cleaned(ScrutinyForm(request.POST, request.FILES))["file"]
    parsed = read_isolated(file.read(), filename=file.name or "")
    result = papers.scrutiny_of(parsed.document)
    context = {
        "form": ScrutinyForm(),
        "filename": file.name,
        "parsed": parsed,
        "scrutiny": result,
        "groups": remarks.groups(result, {}),
    }
    return render(request, "scrutiny/page.html", context)


@require_GET
def check_up(request: ActorRequest, inspection_id: int) -> HttpResponse:
    """Scrutinise an inspection as it stands in the ledger."""
    actor, today = request.actor, timezone.localdate()
    inspection = inspection_queries.inspection(inspection_id, actor=actor)
    standing = inspection_queries.standing(inspection, actor=actor, today=today)
    result = papers.scrutiny(inspection, actor=actor, findings=standing.findings)
    context = {
        "inspection": inspection,
        "standing": standing,
        "scrutiny": result,
        "groups": remarks.groups(result, papers.places(inspection, actor=actor)),
    }
    return render(request, "scrutiny/page.html", context)


SHOWN = 2_000
"""Findings that a page prints whole; a longer paper is in its files."""


def _paper(request: ActorRequest, inspection_id: int) -> Document:
    """Give the report with the date and the contact that the address names, if it names any."""
    form = ReportForm(request.GET)
    cleaned(form)
    return papers.report(inspection_id, actor=request.actor, today=timezone.localdate(), **form.given())


@require_GET
def report(request: ActorRequest, inspection_id: int) -> HttpResponse:
    """Show the report as it would be printed, what its words contradict, and its formats."""
    document = _paper(request, inspection_id)
    inspection = inspection_queries.inspection(inspection_id, actor=request.actor)
    context = {
        "inspection": inspection,
        "formats": list(FORMATS),
        "form": ReportForm.showing(document),
        "contradictions": papers.contradictions(document),
        "blocks": REPORTS["progress_report"](replace(document, findings=document.findings[:SHOWN])),
        "shortened": len(document.findings) > SHOWN,
    }
    return render(request, "report/page.html", context)


@require_GET
def report_file(request: ActorRequest, inspection_id: int) -> HttpResponse:
    """Hand out the report as a file in the format asked for."""
    format = request.GET.get("format", "docx")
    document = _paper(request, inspection_id)
    data = write(document, format=format)
    return download(data, f"{document.title or inspection_id}.{format}", MEDIA_TYPES[format])
