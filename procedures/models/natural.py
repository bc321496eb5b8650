"""Natural keys, so that fixtures name things by their own names and never by numbers."""

from typing import Any, ClassVar

from django.db import models


class NaturalManager(models.Manager):
    """Finds a row by the fields that name it."""

    def get_by_natural_key(self, *values: Any) -> models.Model:
        """Return the row whose natural fields hold these values, in order."""
        return self.get(**dict(zip(self.model.natural_fields, values, strict=True)))


class Natural(models.Model):
    """A row with a natural key: `natural_fields` holds look-ups such as "slug" or "procedure__slug"."""

    natural_fields: ClassVar[tuple[str, ...]] = ("slug",)

    objects = NaturalManager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[Any, ...]:
        """Return the values of the natural fields."""
        values = []
        for lookup in self.natural_fields:
            value: Any = self
            for attribute in lookup.split("__"):
                value = getattr(value, attribute, None)
            values.append(value)
        return tuple(values)
