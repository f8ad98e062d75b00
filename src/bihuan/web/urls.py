"""Addresses of the pages."""

from django.urls import path, re_path

from bihuan.web.views import findings, inspections, papers, plans, session, uploads

urlpatterns = [
    path("", inspections.home, name="home"),
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("post/", session.act_as, name="act_as"),
    path("language/", session.set_language, name="set_language"),
    path("inspections/<int:inspection_id>/", inspections.ledger, name="ledger"),
    path("inspections/<int:inspection_id>/assign/", inspections.assign, name="assign"),
    path("inspections/<int:inspection_id>/check-up/", papers.check_up, name="check_up"),
    path("inspections/<int:inspection_id>/report/", papers.report, name="report"),
    path("inspections/<int:inspection_id>/report/file/", papers.report_file, name="report_file"),
    path("findings/<int:finding_id>/", findings.finding, name="finding"),
    path("findings/<int:finding_id>/plan/", plans.plan, name="plan"),
    path("findings/<int:finding_id>/steps/<slug:verb>/", findings.take, name="take"),
    path("findings/<int:finding_id>/evidence/", findings.add_evidence, name="add_evidence"),
    path(
        "findings/<int:finding_id>/evidence/<int:evidence_id>/detach/",
        findings.detach_evidence,
        name="detach_evidence",
    ),
    path("evidence/<int:evidence_id>/", findings.evidence, name="evidence"),
    path("import/", uploads.new, name="import"),
    path("import/<int:upload_id>/", uploads.upload, name="import_preview"),
    path("import/<int:upload_id>/findings/<int:index>/", uploads.correct, name="import_correct"),
    path("import/<int:upload_id>/head/", uploads.correct_head, name="import_head"),
    path("import/<int:upload_id>/confirm/", uploads.confirm, name="import_confirm"),
    path("import/<int:upload_id>/discard/", uploads.discard, name="import_discard"),
    path("check-up/", papers.check_file, name="check_file"),
    re_path(r"^(?P<rest>.*)$", findings.missing),
]
