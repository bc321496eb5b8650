"""Each medical word is explained at its first use: linked to the glossary, or in brackets beside everyday words."""

import re

import pytest

from procedures import plain
from procedures.library import shelf
from procedures.models import GlossaryTerm

pytestmark = pytest.mark.django_db

MEDICAL = re.compile(
    r"\b[a-z]*(?:ostom(?:y|ies)|otomy|ectomy|plasty|gram|graphy|itis|aemia|omas?|scopy|osis|embol\w+|oscop\w+|penia|pathy"
    r"|algia|uria|cele|lysis|aneurysm\w*|ischaem\w+|oedema|fistula\w*|stent\w*|catheter\w*|haemat\w+|haemorr\w+"
    r"|steroid\w*|biops(?:y|ies)|abscess\w*|cirrhosis|sepsis|dialysis|ascites|jaundice|pleura\w*|ureter\w*|bronch\w+"
    r"|duoden\w+|oesoph\w+|vertebr\w+|epidural|lumbar|anticoag\w+|antiplatelet\w*|cholang\w+|pancrea\w+|gastro\w+"
    r"|nephro\w*|hepat\w+|thromb\w+|varic\w+|sclerosis)\b",
    re.IGNORECASE,
)
EVERYDAY = {
    "persistent",
    "persistently",
    "consistent",
    "program",
    "programme",
    "diagram",
    "gram",
    "grams",
    "kilogram",
    "diagnosis",
}


def forms() -> set[str]:
    """Every word of every form of every glossary term."""
    found: set[str] = set()
    for term in GlossaryTerm.objects.all():
        for form in [term.term, *term.also]:
            found |= set(re.findall(r"[a-z]+", form.lower()))
    return found


def test_the_glossary_has_150_terms_or_more_each_explained_in_one_sentence():
    assert GlossaryTerm.objects.count() >= 150
    for term in GlossaryTerm.objects.all():
        term.clean()


def test_each_medical_word_is_explained():
    known = forms()
    unexplained: list[str] = []
    library = shelf.current()
    for page in [*library.procedures.values(), *library.guidance.values()]:
        document = page.document
        own = " ".join(
            [page.name, document.get("short_name", ""), *document.get("medical_names", [])]
        ).lower()
        words = " ".join(line for lines in plain.page_lines(document).values() for line in lines)
        for match in MEDICAL.finditer(words):
            word = match.group(0).lower()
            if word in EVERYDAY or word in known or word.rstrip("s") in known or word in own:
                continue
            beside = rf"\([^)]*\b{re.escape(word)}\b[^)]*\)|\b{re.escape(word)}\b[^.]{{0,30}}\("
            if not re.search(beside, words, re.IGNORECASE):
                unexplained.append(f"{page.slug}: {word}")
    assert sorted(set(unexplained)) == []
