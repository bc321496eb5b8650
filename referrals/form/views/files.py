"""Files of a draft: taken in after a check of their content, and sent out only as downloads."""

from __future__ import annotations

import io
import uuid
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from referrals.form.progress import document_of
from referrals.form.uploads import MOST_BYTES, MOST_FILES, FileRefused, clean_file
from referrals.form.views.access import (
    is_before_sending,
    referral_by_token,
    referrer,
    standing_in,
)
from referrals.models import Attachment
from referrals.service import attachment_files, virus_scan
from referrals.service.people import referrals_visible_to

TOO_LARGE = "This file is larger than 10 MB."


class KeptInMemory(FileUploadHandler):
    """Holds a file in memory, so that nothing of a patient is ever written to a disk in the clear.

    Stops at the first byte too many, and says so on the request.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.held = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Hold the next part of it."""
        if start + len(raw_data) > MOST_BYTES:
            self.request.upload_too_large = True
            raise StopUpload(connection_reset=False)
        self.held.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Hand the whole file over."""
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )


@csrf_exempt
def of_draft(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """The files of a draft, and a place to add one.

    The token against forged requests is checked one step further in, once it is settled that
    files stay in memory.
    """
    request.upload_handlers = [KeptInMemory(request)]
    return _of_draft(request, token=token)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@referrer
def _of_draft(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    referral = referral_by_token(request, token)
    if not is_before_sending(referral):
        return redirect("referral", reference=referral.reference)
    there = list(referral.attachments.filter(removed_at__isnull=True))
    problem = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        if getattr(request, "upload_too_large", False):
            problem = TOO_LARGE
        elif upload is None:
            problem = "Choose a file."
        elif len(there) >= MOST_FILES:
            problem = f"A referral can have {MOST_FILES} files."
        else:
            content = upload.read()
            try:
                virus_scan.must_pass(referral, request.user, content)
                clean = clean_file(upload.name or "", content)
            except (FileRefused, virus_scan.ScanRefused) as refused:
                problem = str(refused)
            else:
                attachment_files.keep(
                    referral,
                    request.user,
                    name=clean.name,
                    content_type=clean.content_type,
                    content=clean.content,
                )
                messages.success(request, f"{clean.name} has been added.")
                return redirect("draft_files", token=token)
    context = {
        "referral": referral,
        "document": document_of(referral),
        "files": there,
        "problem": problem,
    }
    return render(request, "referrals/form/files.jinja", context, status=422 if problem else 200)


@require_POST
@referrer
def remove(request: HttpRequest, token: uuid.UUID, key: uuid.UUID) -> HttpResponse:
    """Take a file out of a draft."""
    referral = referral_by_token(request, token)
    found = referral.attachments.filter(key=key, removed_at__isnull=True).first()
    if found is None:
        raise Http404
    if is_before_sending(referral):
        attachment_files.remove(found, request.user)
        messages.success(request, "The file has been removed.")
    return redirect("draft_files", token=token)


@require_safe
@referrer
def download(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A file, as a download that no browser opens in place."""
    visible = referrals_visible_to(request.user, standing_in(request))
    found = (
        Attachment.objects.filter(key=key, removed_at__isnull=True, referral__in=visible)
        .select_related("referral")
        .first()
    )
    if found is None:
        raise Http404
    response = HttpResponse(
        attachment_files.read(found, request.user), content_type=found.content_type
    )
    response["Content-Disposition"] = content_disposition_header(True, found.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
