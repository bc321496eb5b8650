"""The referral on paper: one PDF, set with Typst. What people typed is data there, never markup."""

from __future__ import annotations

import json
from typing import Any

import typst

from referrals.form.paper_fonts import fonts, on_paper
from referrals.form.presenters import (
    STATE_WORDS,
    AnswerSection,
    long_day,
    procedure_words,
)
from referrals.identity import shown_nhs_number
from referrals.models import Referral

_SOURCE = """
#let d = json(bytes(sys.inputs.referral))
#set document(title: "Referral " + d.reference, author: (), date: none)
#set page(paper: "a4", margin: (x: 18mm, top: 24mm, bottom: 18mm),
  header: [#set text(9pt); #strong(d.patient) #h(1fr) Born #d.born #h(1fr) NHS #d.number
    #line(length: 100%, stroke: 0.5pt)],
  footer: context [#set text(8pt); #d.reference, printed #d.printed by #d.by
    #h(1fr) Page #counter(page).display("1 of 1", both: true)])
#set text(size: 10pt, lang: "en", region: "GB",
  font: ("Source Sans Pro", "Noto Sans Arabic"), fallback: true)
#set par(leading: 0.55em)
#text(17pt, weight: "bold")[Referral to interventional radiology]
#v(2mm)
#strong(d.reference) #h(4mm) #d.state #h(4mm) #d.procedure
#v(1mm)
Responsible consultant: #d.consultant. Team: #d.team. Sent: #d.sent
#for part in d.sections [
  #v(3mm)
  #text(12pt, weight: "bold")[#part.title]
  #v(-2mm)
  #line(length: 100%, stroke: 0.3pt)
  #table(columns: (38%, 62%), stroke: none, inset: (x: 0pt, y: 2.5pt),
    ..part.rows.map(row => (text(fill: luma(60))[#row.label], row.lines.join(linebreak()))).flatten())
]
#if d.flags.len() > 0 [
  #v(3mm)
  #text(12pt, weight: "bold")[Reminders when it was sent]
  #line(length: 100%, stroke: 0.3pt)
  Reminders, not clearance. IR decides.
  #for flag in d.flags [
    - #strong(flag.level): #flag.wording #flag.detail
  ]
]
#v(4mm)
#block(stroke: 1pt, inset: 6pt, width: 100%)[
  If the patient gets worse, telephone the on-call interventional radiology consultant
  through the hospital switchboard. Do not write on this form.
]
"""


def referral_pdf(
    referral: Referral,
    document: dict[str, Any],
    sections: list[AnswerSection],
    *,
    printed: str,
    by: str,
    sent: str,
) -> bytes:
    """The PDF of a referral. ``printed`` and ``sent`` are times in words."""
    newest = referral.evaluations.order_by("-at", "-id").first()
    flags = newest.flags.all() if newest else ()
    data = {
        "reference": referral.reference or "Draft, not sent",
        "patient": referral.patient_name or "No name",
        "born": long_day(document.get("date_of_birth")) or "not given",
        "number": shown_nhs_number(str(document.get("nhs_number") or "")) or "not given",
        "printed": printed,
        "by": by,
        "state": STATE_WORDS[referral.state],
        "procedure": procedure_words(referral),
        "consultant": f"{referral.responsible_consultant.full_name}, "
        f"GMC {referral.responsible_consultant.gmc_number}",
        "team": str(referral.team),
        "sent": sent,
        "sections": [
            {
                "title": part.title,
                "rows": [{"label": row.label, "lines": list(row.lines)} for row in part.rows],
            }
            for part in sections
            if part.rows
        ],
        "flags": [
            {
                "level": row.level,
                "wording": row.wording,
                "detail": f"“{row.detail}”" if row.detail else "",
            }
            for row in flags
            if row.audience != "IR"
        ],
    }
    inputs = {"referral": json.dumps(_drawable(data), ensure_ascii=False)}
    made = typst.compile(_SOURCE.encode(), format="pdf", sys_inputs=inputs, font_paths=fonts())
    assert isinstance(made, bytes)  # noqa: S101 (one output is asked for)
    return made


def _drawable(value: Any) -> Any:
    """The same, with each sign that no font can draw written out."""
    if isinstance(value, str):
        return on_paper(value)
    if isinstance(value, list):
        return [_drawable(each) for each in value]
    if isinstance(value, dict):
        return {name: _drawable(each) for name, each in value.items()}
    return value
