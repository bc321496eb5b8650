"""Files of a referral: encrypted, under random names, outside anything a web server reads.

Whether a file may come in at all (its kind by content, its size, its metadata) is checked by
whoever takes it in; here it is stored, read back whole, and removed.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from referrals.encryption import decrypt_bytes, encrypt_bytes
from referrals.models import Attachment, AuditAction, Referral
from referrals.service import audit
from referrals.service.people import referrals_visible_to


class FileDamaged(Exception):
    """What is on the disk is not what was stored."""


def path_of(attachment: Attachment) -> Path:
    """Where the encrypted file lies."""
    name = attachment.key.hex
    return Path(settings.ATTACHMENT_ROOT) / name[:2] / name


def keep(
    referral: Referral, user: Any, *, name: str, content_type: str, content: bytes
) -> Attachment:
    """Store a file that has been checked. The same file again gives the same attachment.

    Raises PermissionDenied.
    """
    _must_see(referral, user)
    digest = hashlib.sha256(content).hexdigest()
    there = referral.attachments.filter(sha256=digest, removed_at__isnull=True).first()
    if there is not None:
        return there
    with transaction.atomic():
        row = Attachment.objects.create(
            referral=referral,
            name=name[:200],
            content_type=content_type,
            size=len(content),
            sha256=digest,
            uploaded_by=user,
            uploaded_at=timezone.now(),
        )
        audit.record(user, AuditAction.ATTACHED, referral, file=str(row.key))
        target = path_of(row)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(encrypt_bytes(content))
            file.flush()
            os.fsync(file.fileno())
    return row


def read(attachment: Attachment, user: Any) -> bytes:
    """The file's content, for a download. Raises PermissionDenied, FileDamaged."""
    _must_see(attachment.referral, user)
    content = decrypt_bytes(path_of(attachment).read_bytes())
    if hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise FileDamaged(f"Attachment {attachment.key} is not what was stored.")
    audit.record(user, AuditAction.DOWNLOADED, attachment.referral, file=str(attachment.key))
    return content


def remove(attachment: Attachment, user: Any) -> None:
    """Take a file out of a draft. Raises PermissionDenied once the referral was sent."""
    _must_see(attachment.referral, user)
    if attachment.referral.current_state.sent:
        raise PermissionDenied("Files of a referral that was sent stay with it.")
    with transaction.atomic():
        attachment.removed_at = timezone.now()
        attachment.save(update_fields=["removed_at"])
        audit.record(user, AuditAction.DETACHED, attachment.referral, file=str(attachment.key))
        transaction.on_commit(lambda: path_of(attachment).unlink(missing_ok=True))


def remove_all(referral: Referral) -> None:
    """Remove every file from the disk once the transaction that deletes the referral commits."""
    paths = [path_of(each) for each in referral.attachments.all()]
    transaction.on_commit(lambda: [path.unlink(missing_ok=True) for path in paths] and None)


def _must_see(referral: Referral, user: Any) -> None:
    if not referrals_visible_to(user).filter(pk=referral.pk).exists():
        raise PermissionDenied("This referral is not yours.")
