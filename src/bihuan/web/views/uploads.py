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
from bihuan.ledger import actions, corrections
from bihuan.ledger.queries import uploads as upload_queries
from bihuan.people import queries as people
from bihuan.web import reading
from bihuan.web.forms import cleaned
from bihuan.web.forms.uploads import CorrectionForm, HeadForm, UploadForm
from bihuan.web.requests import ActorRequest, posted, refused, shown_again, version_of
from bihuan.words import phrase


def _new(request: ActorRequest) -> HttpResponse:
    upload_queries.refuse_other_posts(request.actor)
    organisations = people.units(actor=request.actor)
    chosen = {"organisation": request.POST.get("organisation")}
    form = UploadForm(organisations, initial=chosen, again=refused(request))
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
    typed = posted(request, marker="form", value="head")
    context = {
        "preview": preview,
        "blocks": reading.blocks(preview),
        "sums": reading.sums(preview),
        "head_form": HeadForm(typed, initial=corrections.head_of(preview.document)),
        "head_typed": typed is not None,
        "ticked": _ticked(request, preview),
        "another": "another_organisation" in request.POST,
    }
    return render(request, "upload/preview.html", context)


def _ticked(request: ActorRequest, preview: upload_queries.Preview) -> set[str]:
    """Give the ids of the changes that are ticked: as they were posted, or those that apply by themselves."""
    if posted(request, marker="form", value="confirm"):
        return set(request.POST.getlist("accept"))
    return {change.id for change in preview.changes if change.applies}


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
    form = CorrectionForm(request.POST)
    cleaned(form)
    actions.correct_finding(
        upload_id,
        index=index,
        fields=form.fields_given(),
        actor=request.actor,
        at=timezone.now(),
        version=version_of(request),
    )
    messages.success(request, gettext("The correction was saved."))
    return redirect(reverse("import_preview", args=[upload_id]) + f"#finding-{index}")


@require_POST
@shown_again(_upload)
def correct_head(request: ActorRequest, upload_id: int) -> HttpResponse:
    """Correct what was read at the head of the document."""
    head = cleaned(HeadForm(request.POST))
    actions.correct_head(
        upload_id, head=head, actor=request.actor, at=timezone.now(), version=version_of(request)
    )
    messages.success(request, gettext("The correction was saved."))
    return redirect("import_preview", upload_id)


@require_POST
@shown_again(_upload)
def confirm(request: ActorRequest, upload_id: int) -> HttpResponse:
    """Let the document, with the ticked ones of its changes, into the ledger."""
    done = actions.confirm_upload(
        upload_id,
        actor=request.actor,
        at=timezone.now(),
        version=version_of(request),
        accepted=request.POST.getlist("accept"),
        another_organisation="another_organisation" in request.POST,
    )
    said = gettext("The document is in the ledger. What it declares is kept as a claim.")
    if done.applied or done.left:
        counts = {"applied": len(done.applied), "left": len(done.left)}
        said += gettext(" Changes applied: %(applied)s, not applied: %(left)s.") % counts
    messages.success(request, said)
    return redirect("ledger", done.inspection.pk)


@require_POST
@shown_again(_upload)
def discard(request: ActorRequest, upload_id: int) -> HttpResponse:
    """Leave the ledger as it is."""
    actions.discard_upload(upload_id, actor=request.actor, at=timezone.now(), version=version_of(request))
    messages.success(request, gettext("The upload was discarded; the ledger is unchanged."))
    return redirect("import")


def _values(finding: Finding) -> dict[str, object]:
    return {
        name: "\n".join(value) if isinstance(value, list) else value
        for name, value in corrections.fields_of(finding).items()
    }
