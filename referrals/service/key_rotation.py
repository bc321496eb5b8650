"""Move everything stored to the newest keys, histories and files included."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, models, transaction

from referrals.encryption import cipher, nhs_number_hash, rotated
from referrals.models import Attachment, AuditAction, Referral
from referrals.models.encrypted import EncryptedTextField
from referrals.service import audit
from referrals.service.attachment_files import path_of

AT_ONCE = 200


@dataclass
class Rotated:
    """How many values and files were encrypted anew."""

    values: int = 0
    files: int = 0


def encrypted_columns() -> Iterator[tuple[str, str, str]]:
    """Table, primary key and column of every encrypted value, histories included."""
    for model in apps.get_app_config("referrals").get_models():
        for column in model._meta.local_fields:
            if isinstance(column, EncryptedTextField):
                yield model._meta.db_table, _key(model), str(column.column)


def rotate() -> Rotated:
    """Rotate all. A row that somebody changes meanwhile is left: it has the newest key already.

    Raises encryption.CannotDecrypt when a key was taken away too early; what was done stays done.
    """
    done = Rotated()
    for table, key, column in encrypted_columns():
        done.values += _rotate_column(table, key, column)
    for attachment in Attachment.objects.all():
        path = path_of(attachment)
        if path.exists():
            fresh = path.with_suffix(".new")
            content = cipher().rotate(path.read_bytes())
            fresh.unlink(missing_ok=True)
            with os.fdopen(
                os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
            ) as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(fresh, path)
            done.files += 1
    audit.record(
        None,
        AuditAction.KEYS,
        command="rotate_identifier_keys",
        values=done.values,
        files=done.files,
    )
    return done


def _rotate_column(table: str, key: str, column: str) -> int:
    quote = connection.ops.quote_name
    t, k, c = quote(table), quote(key), quote(column)
    last, count = 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {k}, {c} FROM {t} WHERE {k} > %s AND {c} <> '' ORDER BY {k} LIMIT {AT_ONCE}",  # noqa: S608 (names from our own models)
                [last],
            )
            rows = cursor.fetchall()
            for number, value in rows:
                cursor.execute(
                    f"UPDATE {t} SET {c} = %s WHERE {k} = %s AND {c} = %s",  # noqa: S608
                    [rotated(value), number, value],
                )
                count += cursor.rowcount
        if not rows:
            return count
        last = rows[-1][0]


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)


def rehash() -> int:
    """Give every row, histories included, the look-up hash of the newest key. Returns how many.

    The number comes from the decrypted identifiers. Rows that have the newest hash are passed
    over, so it can be run again after a stop; a row that somebody saves meanwhile has it already.
    Searches go on finding all rows as long as the older keys stay in the settings.
    Raises encryption.CannotDecrypt.
    """
    done = sum(_rehash_table(model) for model in (Referral, Referral.history.model))
    audit.record(None, AuditAction.KEYS, command="rotate_lookup_key", hashes=done)
    return done


def _rehash_table(model: type[models.Model]) -> int:
    last, count = 0, 0
    while True:
        with transaction.atomic():
            rows = list(
                model._default_manager.filter(pk__gt=last)
                .order_by("pk")
                .values_list("pk", "identifiers", "nhs_number_hash")[:AT_ONCE]
            )
            for key, identifiers, stored in rows:
                wanted = nhs_number_hash(identifiers.get("nhs_number"))
                if wanted != stored:
                    count += model._default_manager.filter(pk=key, nhs_number_hash=stored).update(
                        nhs_number_hash=wanted
                    )
        if not rows:
            return count
        last = rows[-1][0]
