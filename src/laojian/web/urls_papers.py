"""The addresses of papers, evidence and lists of workers."""

from django.urls import path

from .views import archive, cameras, claims, evidence, masking, papers, pieces, uploads

urlpatterns = [
    path("dossiers/<int:dossier_id>/claims", claims.claims, name="claims"),
    path("dossiers/<int:dossier_id>/claims/import", claims.claims_import, name="claims_import"),
    path("dossiers/<int:dossier_id>/claims/import/<int:job_id>", claims.claims_job, name="claims_job"),
    path("claims/blank", claims.claims_blank, name="claims_blank"),
    path("dossiers/<int:dossier_id>/evidence", evidence.evidence_upload, name="evidence_upload"),
    path("dossiers/<int:dossier_id>/uploads", uploads.upload_begin, name="upload_begin"),
    path("cameras", cameras.cameras, name="cameras"),
    path("cameras/<int:camera_id>/play", cameras.camera_play, name="camera_play"),
    path("cameras/<int:camera_id>/hold", cameras.camera_hold, name="camera_hold"),
    path("uploads/<int:upload_id>", uploads.upload_piece, name="upload_piece"),
    path("uploads/<int:upload_id>/finish", uploads.upload_finish, name="upload_finish"),
    path("uploads/<int:upload_id>/drop", uploads.upload_drop, name="upload_drop"),
    path("evidence/<int:evidence_id>", pieces.evidence_item, name="evidence_item"),
    path("evidence/<int:evidence_id>/file", pieces.evidence_file, name="evidence_file"),
    path("evidence/<int:evidence_id>/mask", masking.evidence_mask, name="evidence_mask"),
    path("evidence/<int:evidence_id>/pages/<int:nth>", masking.evidence_page, name="evidence_page"),
    path("evidence/<int:evidence_id>/masked/<int:copy_id>", masking.evidence_masked, name="evidence_masked"),
    path("evidence/<int:evidence_id>/play", pieces.evidence_play, name="evidence_play"),
    path("dossiers/<int:dossier_id>/print", papers.whole, name="whole_file"),
    path("dossiers/<int:dossier_id>/package", archive.case_package, name="case_package"),
    path("dossiers/<int:dossier_id>/copy/<int:entry_id>", archive.reading_copy, name="reading_copy"),
    path("papers/<int:paper_id>", papers.paper, name="paper"),
    path("papers/<int:paper_id>/fill", papers.paper_fill, name="paper_fill"),
    path("papers/<int:paper_id>/word", papers.paper_word, name="paper_word"),
    path("papers/<int:paper_id>/receipts", papers.paper_receipts, name="paper_receipts"),
    path("papers/<int:paper_id>/pdf", papers.paper_pdf, name="paper_pdf"),
    path("scans/<str:what>/<int:row_id>", papers.paper_scan, name="paper_scan"),
]
