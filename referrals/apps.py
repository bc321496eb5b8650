"""The private room."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Organisations, referrers, referrals, safety rules, triage, audit."""

    name = "referrals"
    verbose_name = "Referrals from hospital consultants"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connect what happens around signing in."""
        from referrals.accounts import signals  # noqa: F401
        from referrals.service import configuration  # noqa: F401
