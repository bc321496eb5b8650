"""The house: settings, addresses, serving, and the command that starts it."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    """Holds the two rooms together. It has no models."""

    name = "ir_info"
    verbose_name = "The site"
