"""Holds each page against its evidence: the fact sheets under docs/evidence/. Pure; no database.

`figures` reads numbers out of text, `sheets` reads the fact sheets, `statements` reads the pages, and `citations` and
`signs` compare. `checking` puts them together; what is known and explained stands in `exceptions.yaml`.
"""
