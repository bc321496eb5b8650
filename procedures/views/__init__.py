"""Thin views of the public pages: read the library, work out what to show, render."""
