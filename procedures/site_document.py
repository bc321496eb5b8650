"""Compiles what is said once for the whole site into one document, published beside the pages."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify

from .models import (
    Category,
    Condition,
    GlossaryTerm,
    Guides,
    LocalAnswer,
    LocalQuestion,
    Notice,
    PatientStory,
    Relation,
    SiteDetails,
)

DETAIL_FIELDS = (
    "organisation",
    "department",
    "network",
    "department_phone",
    "department_hours",
    "out_of_hours_phone",
    "switchboard_phone",
    "pre_assessment_phone",
    "on_call_phone",
    "email",
    "address",
    "how_to_find_us",
    "may_use_nhs_identity",
)


def in_term_order(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return glossary entries in the order of the alphabet, the same on every database."""
    return sorted(entries, key=lambda entry: (entry["term"].lower(), entry["term"]))


def glossary_entry(term: Any) -> dict[str, Any]:
    """Return a glossary term, or a record of its history, as it stands in the document."""
    return {
        "slug": slugify(term.term),
        "term": term.term,
        "also": term.also,
        "meaning": term.meaning,
        "group": term.group,
        "link_in_text": term.link_in_text,
    }


def category_entry(category: Any) -> dict[str, Any]:
    """Return a category, or a record of its history."""
    return {"slug": category.slug, "name": category.name, "summary": category.summary}


def condition_entry(condition: Any) -> dict[str, Any]:
    """Return a condition with the slugs of its procedures, or a record of its history."""
    # A record of history holds its many-to-many rows as rows of their own, each with its procedure.
    linked = [getattr(row, "procedure", row) for row in condition.procedures.all()]
    return {
        "slug": condition.slug,
        "name": condition.name,
        "medical_name": condition.medical_name,
        "summary": condition.summary,
        "search_words": condition.search_words,
        "procedures": sorted(procedure.slug for procedure in linked),
    }


def relation_entry(relation: Any) -> dict[str, Any]:
    """Return a link between procedures, or a record of its history."""
    return {"from": relation.procedure.slug, "to": relation.other.slug, "kind": relation.kind}


def guide_entry(guide: Any) -> dict[str, Any]:
    """Return a link to guidance, or a record of its history."""
    return {"procedure": guide.procedure.slug, "page": guide.page.slug}


def question_entry(question: Any) -> dict[str, Any]:
    """Return a local question without its answers, or a record of its history."""
    return {
        "slug": question.slug,
        "question": question.question,
        "what_is_usual": question.what_is_usual,
        "until_answered": question.until_answered,
    }


def compile_site() -> dict[str, Any]:
    """Return the site-wide document from the working rows. Local answers and stories count once approved."""
    details = SiteDetails.objects.first() or SiteDetails()
    return {
        "kind": "site",
        "slug": "site",
        "details": {name: getattr(details, name) for name in DETAIL_FIELDS},
        "local": _local(),
        "notices": [
            {
                "title": notice.title,
                "body": notice.body,
                "starts_on": notice.starts_on.isoformat(),
                "ends_on": notice.ends_on.isoformat(),
            }
            for notice in Notice.objects.all()
        ],
        "glossary": in_term_order(glossary_entry(term) for term in GlossaryTerm.objects.all()),
        "categories": [category_entry(category) for category in Category.objects.all()],
        "conditions": [
            condition_entry(condition)
            for condition in Condition.objects.prefetch_related("procedures")
        ],
        "relations": [
            relation_entry(relation)
            for relation in Relation.objects.select_related("procedure", "other")
        ],
        "guides": [
            guide_entry(guide) for guide in Guides.objects.select_related("procedure", "page")
        ],
        "stories": [
            {
                "slug": story.slug,
                "title": story.title,
                "shown_name": story.shown_name,
                "procedure": story.procedure.slug if story.procedure else None,
                "body": story.body,
                "consent_expires_on": story.consent_expires_on.isoformat()
                if story.consent_expires_on
                else None,
            }
            for story in PatientStory.objects.filter(is_shown=True).select_related("procedure")
        ],
    }


def _local() -> dict[str, Any]:
    """Return slug: question, what is usual, and approved answers by procedure ("" for every procedure)."""
    answers: dict[str, dict[str, str]] = {}
    approved = LocalAnswer.objects.filter(approver__isnull=False).select_related(
        "question", "procedure"
    )
    for answer in approved:
        by_procedure = answers.setdefault(answer.question.slug, {})
        by_procedure[answer.procedure.slug if answer.procedure else ""] = answer.answer
    return {
        question.slug: {
            "question": question.question,
            "what_is_usual": question.what_is_usual,
            "until_answered": question.until_answered,
            "answers": answers.get(question.slug, {}),
        }
        for question in LocalQuestion.objects.all()
    }
