"""The editors' room: every content model, with its history, and the steps from draft to public."""

from . import guidance, pictures, procedures, publications, site

__all__ = ["guidance", "pictures", "procedures", "publications", "site"]
