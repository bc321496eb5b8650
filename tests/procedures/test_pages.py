"""What the public reads: every address answers, says the right things, and gives nothing away."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from procedures.addresses import public_addresses
from procedures.library import shelf
from procedures.models import (
    LocalAnswer,
    LocalQuestion,
    Notice,
    PatientStory,
    Procedure,
    SiteDetails,
)
from procedures.publishing import refresh_site_document

pytestmark = pytest.mark.django_db


class Outline(HTMLParser):
    """Collects headings, ids and links."""

    def __init__(self) -> None:
        super().__init__()
        self.headings, self.ids, self.links, self.landmarks = [], [], [], []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a":
            self.links.append(attributes.get("href", ""))
        if tag in ("main", "header", "footer", "nav"):
            self.landmarks.append(tag)


def all_addresses():
    return [address for address, _ in public_addresses(shelf.current())]


def test_every_public_address_has_one_heading_landmarks_and_unique_ids(client):
    titles = {}
    for address in all_addresses():
        response = client.get(address)
        assert response.status_code == 200, address
        html = response.content.decode()
        outline = Outline()
        outline.feed(html)
        assert outline.headings.count(1) == 1, address
        assert outline.landmarks.count("main") == 1, address
        assert {"header", "footer", "nav"} <= set(outline.landmarks), address
        assert len(outline.ids) == len(set(outline.ids)), f"{address}: the same id twice"
        jumps = [
            b for a, b in zip(outline.headings, outline.headings[1:], strict=False) if b > a + 1
        ]
        assert not jumps, f"{address}: a heading level is skipped"
        title = re.search(r"<title[^>]*>(.*?)</title>", html, re.S).group(1)
        assert titles.setdefault(title, address) == address, (
            f"{address} and {titles[title]} share a title"
        )
        assert "Set-Cookie" not in response.headers, address
        assert "&lt;" not in html, f"{address}: markup shown as text"
        assert not response.cookies, address


@pytest.mark.every_page
def test_every_link_inside_the_site_leads_somewhere(client):
    anchors, wanted = {}, set()
    for address in all_addresses():
        outline = Outline()
        outline.feed(client.get(address).content.decode())
        anchors[address] = set(outline.ids)
        wanted |= {(address, link) for link in outline.links if link.startswith(("/", "#"))}
    broken, answers = [], {}
    for source, link in sorted(wanted):
        path, _, anchor = link.partition("#")
        target = path or source
        if target not in anchors:
            # Each leaflet is set by a test of its own; here its page is enough.
            page, leaflet, _ = target.partition("leaflet.pdf")
            if leaflet:
                answers[target] = 200 if page in anchors else 404
            elif target not in answers:
                answers[target] = client.get(target).status_code
            if answers[target] not in (200, 302):
                broken.append(f"{source}: {link}")
        elif anchor and anchor not in anchors[target]:
            broken.append(f"{source}: {link} has no such anchor")
    assert broken == []


def test_a_procedure_page_from_a_cold_cache_reads_the_publications_once(
    client, django_assert_num_queries
):
    shelf.forget()
    with django_assert_num_queries(2) as captured:  # the content version, then all publications
        assert client.get("/procedures/rig/").status_code == 200
    assert sum('FROM "procedures_publication"' in query["sql"] for query in captured) == 1
    with django_assert_num_queries(0):
        client.get("/procedures/rig/")


def test_a_seeded_page_says_that_nobody_approved_it(client):
    html = client.get("/procedures/nephrostomy/").content.decode()
    assert "Not yet approved by the department" in html
    assert '<meta name="robots" content="noindex">' in html


def test_a_plan_with_dates_is_offered_for_planned_procedures_alone(client):
    for slug, offered in (("rig", True), ("stroke-thrombectomy", False)):
        html = client.get(f"/procedures/{slug}/").content.decode()
        assert (f'href="/procedures/{slug}/plan/"' in html) is offered, slug


def test_a_procedure_page_has_every_part_of_the_house_style(client):
    html = client.get("/procedures/rig/").content.decode()
    for heading in (
        "The short version",
        "At a glance",
        "What it is",
        "Why you may need it",
        "Is it right for you",
        "Your other choices",
        "How to get ready",
        "What happens, step by step",
        "Straight afterwards",
        "Going home",
        "Living with your tube",
        "Benefits and how well it works",
        "Risks",
        "When to get help",
        "Results and what happens next",
        "Questions people ask",
        "Questions to ask us",
        "Words used here",
        "Where this comes from",
        "About this page",
    ):
        assert f">{heading}</h2>" in html, heading
    for card in (
        "Call 999 or go to A&amp;E now if:",
        "Get help the same day if:",
        "Tell us when you next speak to us if:",
    ):
        assert card in html
    for row in (
        "Written by",
        "Approved by",
        "Last checked",
        "Next check",
        "Version",
        "Who paid for it",
    ):
        assert row in html


def test_help_cards_come_most_urgent_first(client):
    html = client.get("/procedures/evar/").content.decode()
    places = [
        html.index(f"nhsuk-card--care--{level}") for level in ("emergency", "urgent", "non-urgent")
    ]
    assert places == sorted(places)


def test_structured_data_is_valid_json_about_a_medical_procedure(client):
    html = client.get("/procedures/picc-line/").content.decode()
    graph = json.loads(
        re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.S).group(1)
    )
    assert graph["@type"] == "MedicalWebPage"
    assert graph["about"]["@type"] == "MedicalProcedure"
    assert graph["about"]["name"]


def test_structured_data_cannot_break_out_of_its_script(client):
    from procedures.structured import _script

    assert "</script>" not in _script({"name": "</script><script>alert(1)</script>"})


def test_a_telephone_number_appears_once_the_department_gives_it(client):
    assert "01632 960001" not in client.get("/procedures/rig/").content.decode()
    assert "on your appointment letter" in client.get("/procedures/rig/").content.decode()
    SiteDetails.objects.update(department_phone="01632 960001")
    refresh_site_document()
    shelf.forget()
    assert "01632 960001" in client.get("/procedures/rig/").content.decode()


def test_a_local_answer_is_shown_only_once_someone_else_approved_it(client, editor, approver):
    question = LocalQuestion.objects.get(slug="where-done")
    answer = LocalAnswer.objects.create(question=question, answer="Here, in room 2.", author=editor)
    refresh_site_document()
    shelf.forget()
    html = client.get("/procedures/rig/").content.decode()
    assert "Here, in room 2." not in html
    from django.utils import timezone

    answer.approver, answer.approved_at = approver, timezone.now()
    answer.save()
    one = LocalAnswer.objects.create(
        question=question,
        answer="At the brain centre.",
        author=editor,
        approver=approver,
        approved_at=timezone.now(),
        procedure=Procedure.objects.get(slug="evar"),
    )
    assert one.pk
    refresh_site_document()
    shelf.forget()
    assert "Here, in room 2." in client.get("/procedures/rig/").content.decode()
    assert "At the brain centre." in client.get("/procedures/evar/").content.decode()


def test_a_notice_is_shown_on_its_days_alone(client, monkeypatch):
    from datetime import date

    Notice.objects.create(
        title="Building work",
        body="Use the **side** door.",
        starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 3),
    )
    refresh_site_document()
    for day, shown in (
        (date(2026, 11, 30), False),
        (date(2026, 12, 1), True),
        (date(2026, 12, 3), True),
        (date(2026, 12, 4), False),
    ):
        shelf.forget()
        monkeypatch.setattr("procedures.library.today", lambda day=day: day)
        assert ("Building work" in client.get("/").content.decode()) is shown, day


def test_a_story_without_consent_cannot_be_shown(editor, approver):
    from django.db import IntegrityError, transaction

    story = PatientStory(
        slug="a",
        title="A",
        shown_name="A",
        body="Words",
        is_shown=True,
        author=editor,
        approver=approver,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        story.save()


def test_a_to_z_lists_every_name_and_abbreviation(client):
    html = client.get("/a-z/").content.decode()
    for page in shelf.current().procedures.values():
        for name in [*page.document["abbreviations"], *page.document["medical_names"]]:
            assert name[1:].replace("&", "&amp;").replace("'", "&#39;") in html, name


def test_a_letter_that_names_the_illness_is_found_in_the_a_to_z_and_is_no_name_of_a_procedure(
    client,
):
    """“DVT” leads to the clot, where the treatments are; the page of a filter does not say that it is also called DVT."""
    html = client.get("/a-z/").content.decode()
    assert '<a href="/conditions/#clot-in-the-leg">DVT</a>: see Clot in the leg' in html
    assert '<a href="/conditions/#aortic-aneurysm">AAA</a>' in html
    names = re.findall(r'<a href="([^"]+)">([^<]+)</a>', html.split("<main")[1].split("</main>")[0])
    assert len(names) == len(set(names))
    illnesses = {
        "AAA",
        "AVF",
        "AVG",
        "BPH",
        "DVT",
        "GOO",
        "IVC",
        "LUTS",
        "PCS",
        "PE",
        "PPH",
        "SVCO",
    }
    for page in shelf.current().procedures.values():
        assert not illnesses & set(page.document["abbreviations"]), page.slug


def test_pages_need_no_other_host():
    client = Client()
    for address in ("/", "/procedures/rig/", "/guidance/"):
        html = client.get(address).content.decode()
        assert not re.search(r'(?:src|srcset)="https?://', html)
        assert not re.search(
            r'<link[^>]+rel="(?:stylesheet|preload|icon)"[^>]+href="https?://', html
        )


def test_the_feed_and_the_sitemap_are_well_formed(client):
    from xml.etree import ElementTree

    feed = ElementTree.fromstring(client.get("/updates.atom").content)  # noqa: S314 (our own bytes)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) > 5
    sitemap = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314
    assert len(sitemap) == len(all_addresses())
    assert "Disallow: /referrals/" in client.get("/robots.txt").content.decode()


def test_where_nothing_is_published_pages_still_answer(db, client, monkeypatch):
    from procedures.library import EMPTY_SITE, Library

    monkeypatch.setattr(shelf, "current", lambda: Library(content_version=0, site=EMPTY_SITE))
    for address in (
        "/",
        "/procedures/",
        "/a-z/",
        "/guidance/",
        "/glossary/",
        "/conditions/",
        "/contact/",
    ):
        assert client.get(address).status_code == 200, address
