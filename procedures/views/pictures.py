"""Serves uploaded pictures. Files are named by their content, so they may be kept for ever."""

import re
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

FILE_NAME = re.compile(r"^[0-9a-f]{20}-[0-9]{2,5}\.(avif|webp|jpeg)$")


@require_safe
def picture(request: HttpRequest, file: str) -> FileResponse:
    """Answer with one variant of a picture."""
    match = FILE_NAME.match(file)
    path = Path(settings.MEDIA_ROOT) / file
    if match is None or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=f"image/{match.group(1)}")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
