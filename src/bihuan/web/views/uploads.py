"""Taking a document in: upload, look at source and parse side by side, correct, confirm."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bihuan.documents.model import Finding
from bihuan.documents.read.isolated import read_isolated
from bihuan.errors import NotFound
from bihuan.ledger import actions
from bihuan.ledger.queries import uploads as upload_queries
from bihuan.people import queries as people
from bihuan.web import reading
from bihuan.web.forms import cleaned
from bihuan.web.forms.uploads import CorrectionForm, UploadForm
from bihuan.web.requests import ActorRequest, refused, shown_again, version_of
from bihuan.words import phrase


def _new(request: ActorRequest) -> HttpResponse:
    organisations = people.units(actor=request.actor)
    form = UploadForm(organisations, request.POST if refused(request) else None)
    context = {"form": form, "uploads": upload_queries.open_uploads(actor=request.actor)}
    return render(request, "upload/new.html", context)


@require_http_methods(["GET", "POST"])
@shown_again(_new)
def new(request: ActorRequest) -> HttpResponse:
    """Take a file in; what it says is only looked at until somebody confirms it."""
    if request.method == "GET":
        return _new(request)
    form = UploadForm(people.units(actor=request.actor), request.POST, request.FILES)
    given = cleaned(form)
    file: UploadedFile[bytes] = given["file"]
    name, data = file.name or "", file.read()
    received = actions.receive_document(
        data=data,
        filename=name,
        parsed=read_isolated(data, filename=name),
        organisation_code=given["organisation"],
        actor=request.actor,
        at=timezone.now(),
    )
    if received.unchanged and received.inspection:
        messages.info(request, gettext("This file is in the ledger already; nothing changed."))
        return redirect("ledger", received.inspection.pk)
    return redirect("import_preview", received.upload.pk)


@require_GET
def upload(request: ActorRequest, upload_id: int) -> HttpResponse:
    """Show what was read beside the source, with repairs, problems and differences."""
    return _upload(request, upload_id)


def _upload(request: ActorRequest, upload_id: int) -> HttpResponse:
    preview = upload_queries.preview(upload_id, actor=request.actor)
    context = {"preview": preview, "blocks": reading.blocks(preview), "sums": reading.sums(preview)}
    return render(request, "upload/preview.html", context)


def _correct(request: ActorRequest, upload_id: int, index: int) -> HttpResponse:
    preview = upload_queries.preview(upload_id, actor=request.actor)
    if index >= len(preview.document.findings):
        raise NotFound(phrase("There is nothing here that this post may see."))
    finding = preview.document.findings[index]
    form = CorrectionForm(request.POST) if refused(request) else CorrectionForm(initial=_values(finding))
    context = {
        "preview": preview,
        "index": index,
        "form": form,
        "lines": reading.source_of(preview, index),
    }
    return render(request, "upload/correct.html", context)


@require_http_methods(["GET", "POST"])
@shown_again(_correct)
def correct(request: ActorRequest, upload_id: int, index: int) -> HttpResponse:
    """Correct what was read for one finding."""
    if request.method == "GET":
        return _correct(request, upload_id, index)
    given = cleaned(CorrectionForm(request.POST))
    actions.correct_finding(
        upload_id,
        index=index,
        title=given["title"],
        completion=given["completion"],
        measures=tuple(given["measures"].splitlines()),
        next_steps=tuple(given["next_steps"].splitlines()),
        actor=request.actor,
        at=timezone.now(),
        version=version_of(request),
    )
    messages.success(request, gettext("The correction was saved."))
    return redirect(reverse("import_preview", args=[upload_id]) + f"#finding-{index}")


@require_POST
@shown_again(_upload)
def confirm(request: ActorRequest, upload_id: int) -> HttpResponse:
    """Let the document into the ledger."""
    inspection = actions.confirm_upload(
        upload_id, actor=request.actor, at=timezone.now(), version=version_of(request)
    )
    messages.success(request, gettext("The document is in the ledger. What it declares is kept as a claim."))
    return redirect("ledger", inspection.pk)


@require_POST
@shown_again(_upload)
def discard(request: ActorRequest, upload_id: int) -> HttpResponse:
    """Leave the ledger as it is."""
    actions.discard_upload(upload_id, actor=request.actor, at=timezone.now(), version=version_of(request))
    messages.success(request, gettext("The upload was discarded; the ledger is unchanged."))
    return redirect("import")


def _values(finding: Finding) -> dict[str, object]:
    return {
        "title": finding.title,
        "completion": finding.declared.completion,
        "measures": "\n".join(finding.measures),
        "next_steps": "\n".join(finding.next_steps),
    }
