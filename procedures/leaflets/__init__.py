"""Leaflets for paper: the same publication as the page, set by Typst as a tagged PDF (PDF/UA-1)."""
