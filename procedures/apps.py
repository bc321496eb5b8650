"""The room of everything that the public reads."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """Catalogue, guidance, glossary, publishing."""

    name = "procedures"
    verbose_name = "Pages that the public reads"
    default_auto_field = "django.db.models.BigAutoField"
