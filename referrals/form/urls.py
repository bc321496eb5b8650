"""Addresses of the referrer's side. A draft is addressed by its form token, never by a name."""

from django.urls import path, re_path

from .views import begin, correspondence, files, sections, sending, sent

REFERENCE = r"(?P<reference>IR-[0-9]{4}-[0-9A-Z]+-[0-9A-Z*~$=]+)"

urlpatterns = [
    path("", begin.home, name="referrals"),
    path("new/", begin.new, name="referral_new"),
    path("draft/<uuid:token>/", sections.task_list, name="draft"),
    path("draft/<uuid:token>/discard/", sections.discard, name="draft_discard"),
    path("draft/<uuid:token>/identity/", sending.identity, name="draft_identity"),
    path("draft/<uuid:token>/check/", sending.check, name="draft_check"),
    path("draft/<uuid:token>/send/", sending.send, name="draft_send"),
    path("draft/<uuid:token>/hand-over/", sending.hand_over, name="draft_hand_over"),
    path("draft/<uuid:token>/return/", sending.give_back, name="draft_return"),
    path("draft/<uuid:token>/files/", files.of_draft, name="draft_files"),
    path("draft/<uuid:token>/files/<uuid:key>/remove/", files.remove, name="draft_file_remove"),
    path("files/<uuid:key>/", files.download, name="referral_file"),
    path("draft/<uuid:token>/<slug:slug>/", sections.section, name="draft_section"),
    path("draft/<uuid:token>/<slug:slug>/save/", sections.autosave, name="draft_autosave"),
    re_path(rf"^{REFERENCE}/$", sent.page, name="referral"),
    re_path(rf"^{REFERENCE}/sent/$", sent.confirmation, name="referral_sent"),
    re_path(rf"^{REFERENCE}/answer/$", correspondence.answer, name="referral_answer"),
    re_path(rf"^{REFERENCE}/message/$", correspondence.message, name="referral_message"),
    re_path(rf"^{REFERENCE}/read/$", correspondence.acknowledge, name="referral_acknowledge"),
    re_path(rf"^{REFERENCE}/cancel/$", correspondence.cancel, name="referral_cancel"),
    re_path(rf"^{REFERENCE}/again/$", begin.again, name="referral_again"),
    re_path(rf"^{REFERENCE}/print/$", sent.print_view, name="referral_print"),
    re_path(rf"^{REFERENCE}/pdf/$", sent.pdf, name="referral_pdf"),
]
