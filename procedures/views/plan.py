"""My preparation plan: a form that keeps nothing, and the dated plan as a page, a PDF or a calendar file.

What is typed travels in the body of a POST, is used once, and is gone: no cookie, no row, no log line, no address that
holds it. The view is exempt from the CSRF token because a forged post could change nothing and learn nothing, and a token
would need a cookie.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from procedures import plan_form, text
from procedures.leaflets.content import LeafletWriter, help_cards, qr
from procedures.leaflets.printing import pdf
from procedures.library import Library, LivePage, shelf
from procedures.plan_calendar import calendar_file
from procedures.preparation import Facts, Moment, Plan, facts_from, plan
from procedures.preparation_words import at_words, day_words
from procedures.presenters import Writer, care_cards
from procedures.wording import long_date

from .rendering import KEEP_HEADER, found, show

TICK_LABELS = (
    (
        "blood_thinners",
        "I take a blood thinner",
        "Such as warfarin, apixaban, aspirin or clopidogrel",
    ),
    ("diabetes", "I have diabetes", ""),
    (
        "glp1",
        "I have a GLP-1 injection",
        "For diabetes or to lose weight, such as Ozempic, Wegovy or Mounjaro",
    ),
    ("pregnant", "I am or could be pregnant", ""),
    ("dye_allergy", "I have had a reaction to X-ray dye", ""),
    ("pacemaker", "I have a pacemaker or another device in my body", ""),
    ("interpreter", "I need an interpreter", "British Sign Language counts"),
    ("home_alone", "I have no one at home", ""),
)
LOCAL = ("food-before", "drink-before", "lift-home", "someone-first-night")
EMPTY = plan_form.Typed()


def facts_for(library: Library, page: LivePage) -> Facts:
    """Return the facts of a page, with the department's answers for it."""
    answers, texts = {}, {}
    for slug in LOCAL:
        question = library.site["local"].get(slug)
        if question is None:
            continue
        answer = question["answers"].get(page.slug) or question["answers"].get("") or ""
        answers[slug] = text.plain(answer)
        texts[slug] = answers[slug] or " ".join(
            filter(None, map(text.plain, (question["what_is_usual"], question["until_answered"])))
        )
    return facts_from(page.document, answers, texts)


def when(moment: Moment) -> str:
    """Return when a moment is, in words."""
    if moment.slug == "now":
        return ""
    if moment.timed:
        return at_words(moment.at)
    words = day_words(moment.at.date())
    return f"From {words}" if moment.slug in ("week-before", "first-week") else words


def without_sources(document: dict[str, Any]) -> dict[str, Any]:
    """Return the document with no source numbers in its help signs: the plan has no list for them to lead to."""
    signs = {
        level: [" ".join(text.CITATION.sub("", sign).split()) for sign in signs]
        for level, signs in document["help"].items()
    }
    return document | {"help": signs}


def _form(
    request: HttpRequest,
    library: Library,
    page: LivePage,
    typed: plan_form.Typed,
    mistakes: list[plan_form.Mistake],
) -> HttpResponse:
    faults = {box for mistake in mistakes for box in mistake.boxes}
    context: dict[str, Any] = {
        "library": library,
        "page": page,
        "typed": typed,
        "mistakes": mistakes,
        "faults": faults,
        "date_mistake": next((row.words for row in mistakes if row.box != "time"), ""),
        "time_mistake": next((row.words for row in mistakes if row.box == "time"), ""),
        "tick_labels": TICK_LABELS,
        "ask_sure": typed.sure or any("unusual time" in row.words for row in mistakes),
        "example": timezone.localdate().year + 1,
    }
    return show(request, "procedures/plan_form.jinja", context)


def _page(
    request: HttpRequest, library: Library, page: LivePage, typed: plan_form.Typed, made: Plan
) -> HttpResponse:
    writer = Writer(library, page)
    context = {
        "library": library,
        "page": page,
        "typed": typed,
        "plan": made,
        "arrives": at_words(made.arrives),
        "moments": [{"moment": moment, "when": when(moment)} for moment in made.moments],
        "ticked": [label for tick, label, _ in TICK_LABELS if tick in typed.ticks],
        "care_cards_shown": care_cards(writer, without_sources(page.document)),
    }
    return show(request, "procedures/plan.jinja", context)


def plan_content(library: Library, page: LivePage, made: Plan, site_address: str) -> dict[str, Any]:
    """Return what the Typst template prints, as values that JSON can hold."""
    details = library.site["details"]
    publisher = [
        details.get("department") or "Interventional radiology",
        details.get("organisation"),
    ]
    return {
        "title": "My preparation plan",
        "procedure": page.name,
        "publisher": ", ".join(filter(None, publisher)),
        "arrives": at_words(made.arrives),
        "notes": list(made.notes),
        "moments": [
            {
                "heading": moment.heading,
                "when": when(moment).replace("From", "from"),
                "tasks": [
                    {"words": task.words, "points": list(task.points)} for task in moment.tasks
                ],
            }
            for moment in made.moments
        ],
        "help": help_cards(
            LeafletWriter(
                library, replace(page, document=without_sources(page.document)), site_address
            ),
            details,
        ),
        "not_approved": not page.is_approved,
        "version": f"From version {page.version} of the page, {long_date(page.published_at)}",
        "address": site_address + page.address,
        "qr": qr(site_address + page.address),
    }


def _file(body: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@sensitive_variables()
def _answer(request: HttpRequest, library: Library, page: LivePage, now: datetime) -> HttpResponse:
    typed = plan_form.typed(request.POST, request.POST.getlist("tick"))
    wanted = request.POST.get("as", "page")
    if wanted == "form":
        return _form(request, library, page, typed, [])
    arrives, mistakes = plan_form.read(typed, now)
    if arrives is None:
        return _form(request, library, page, typed, mistakes)
    made = plan(arrives, now, typed.ticks, facts_for(library, page))
    if wanted == "pdf":
        content = plan_content(library, page, made, settings.SITE_ADDRESS)
        return _file(pdf("plan.typ", now, plan=content), "application/pdf", "my-plan.pdf")
    if wanted == "calendar":
        written = calendar_file(made, now, uuid4())
        return _file(written, "text/calendar; charset=utf-8", "my-plan.ics")
    return _page(request, library, page, typed, made)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def preparation_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The form on GET; on POST the plan, which no one keeps."""
    library = shelf.current()
    page: LivePage = found(library.procedures.get(slug))
    if request.method != "POST":
        response = _form(request, library, page, EMPTY, [])
        response[KEEP_HEADER] = str(library.content_version)
        return response
    response = _answer(request, library, page, timezone.now())
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
