"""Columns whose content is encrypted in the database, and so in its history, copies and dumps."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from referrals.encryption import CannotDecrypt, decrypt, encrypt


class EncryptedTextField(models.TextField):
    """Text that only the application can read. It cannot be searched: only "is null" is asked."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Decrypt. Raises CannotDecrypt."""
        return value if value is None or value == "" else decrypt(value)

    def get_prep_value(self, value: Any) -> str | None:
        """Encrypt, save what is empty."""
        return value if value is None or value == "" else encrypt(str(value))

    def value_to_string(self, obj: Any) -> str:
        """Serialise as ciphertext, so that dumpdata writes nothing in the clear."""
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def to_python(self, value: Any) -> Any:
        """Read what dumpdata wrote; anything else is plain already."""
        return _opened(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse to compare: an encrypted value never equals another."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


class EncryptedJSONField(EncryptedTextField):
    """A JSON document that only the application can read."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Decrypt and parse. Raises CannotDecrypt."""
        text = super().from_db_value(value, expression, connection)
        return {} if text in (None, "") else json.loads(text)

    def get_prep_value(self, value: Any) -> str | None:
        """Encrypt the document; dates go in ISO form, decimals as text."""
        if value is None:
            return None
        document = json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
        return encrypt(document)

    def to_python(self, value: Any) -> Any:
        """Read what dumpdata wrote; a document is plain Python already."""
        opened = _opened(value)
        return json.loads(opened) if isinstance(opened, str) and opened is not value else opened


CIPHERTEXT_BEGINS = "gAAAA"
"""How every value of the cipher begins."""


def _opened(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(CIPHERTEXT_BEGINS):
        try:
            return decrypt(value)
        except CannotDecrypt:
            return value
    return value
