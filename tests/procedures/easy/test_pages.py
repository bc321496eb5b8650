"""An easy version is part of its page's publication: public with it, approved with it, gone with it."""

import pytest
from django.core.management import call_command

from ir_info.serving import MemoryServing
from procedures import easy_rules, publishing
from procedures.addresses import public_addresses
from procedures.library import LivePage, shelf
from procedures.models import EasyLine, PageKind, Publication, SiteDetails
from procedures.publishing import NotPublishable
from tests.conftest import make_user

from .sample import LINES, SLUG, give_easy_version

pytestmark = pytest.mark.django_db
ADDRESS = f"/procedures/{SLUG}/easy/"


def shown(client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.fixture
def sample() -> None:
    """Make the sample public, as seeding would."""
    document = publishing.compile_page(give_easy_version())
    publishing.publish(PageKind.PROCEDURE, SLUG, document, None, note="The tests' own")
    shelf.forget()


@pytest.fixture
def before_easy_versions() -> None:
    """Make the page public as it was compiled before there were easy versions: with no such part."""
    document = publishing.compile_page(give_easy_version())
    del document["easy"]
    publishing.publish(PageKind.PROCEDURE, SLUG, document, None, note="As it was")
    shelf.forget()


@pytest.fixture
def lenient(monkeypatch) -> None:
    """Take the sample as good enough to send: it is shorter than the page's emergencies ask for."""
    monkeypatch.setattr(easy_rules, "help_problems", lambda document: [])


def test_every_line_stands_by_itself_under_its_heading(client, sample):
    html = shown(client)
    for part, _, line in LINES:
        tag = "li" if part == "help" else "p"
        assert f"<{tag}>{line}</{tag}>" in html
    headings = [
        "What is it?",
        "Why do I need it?",
        "Before I come",
        "On the day",
        "Afterwards",
        "When to get help",
        "My choice",
    ]
    places = [html.index(f">{heading}</h2>") for heading in headings]
    assert places == sorted(places)
    assert "At home" not in html
    assert "<img" not in html.partition("<main")[2].partition("</main>")[0]


def test_999_comes_before_ring_us_today(client, sample):
    html = shown(client)
    assert html.index("nhsuk-card--care--emergency") < html.index("nhsuk-card--care--urgent")
    assert html.index("You bleed a lot.") < html.index("Ring us today if:")
    assert html.index("Ring us today if:") < html.index("You have a fever.")


def test_whom_to_ring_is_the_number_of_the_department_once_it_gives_one(client, sample):
    assert "Our number is on your letter." in shown(client)
    SiteDetails.objects.update(department_phone="01632 960001", out_of_hours_phone="01632 960002")
    publishing.refresh_site_document()
    shelf.forget()
    html = shown(client)
    assert 'href="tel:01632960001"' in html
    assert "At night, ring" in html
    assert "Our number is on your letter." not in html


def test_a_seeded_one_says_in_easy_words_that_nobody_approved_it_and_is_not_indexed(client, sample):
    html = shown(client)
    assert "No one in our team has approved this page yet." in html
    assert '<meta name="robots" content="noindex">' in html


def test_page_and_easy_version_lead_to_each_other(client, sample):
    full, easy = shown(client, f"/procedures/{SLUG}/"), shown(client)
    assert full.count(f'<a href="{ADDRESS}">Easy version of this page</a>') == 1
    assert f'<link rel="alternate" href="{ADDRESS}"' in full
    assert f'<a href="/procedures/{SLUG}/">' in easy
    assert f'<link rel="alternate" href="/procedures/{SLUG}/"' in easy
    assert f'{ADDRESS}">' in easy.partition('rel="canonical"')[2][:120]


def test_it_is_listed_where_people_and_machines_look(client, sample):
    assert f'<a href="{ADDRESS}">' in shown(client, "/easy/")
    for address in ("/", "/procedures/"):
        assert '<a href="/easy/">' in shown(client, address), address
    assert ADDRESS in shown(client, "/sitemap.xml")
    assert "/easy/" in dict(public_addresses(shelf.current()))


@pytest.mark.parametrize("query", ["easy read", "easy version", "easyread", "easy to read"])
def test_searching_for_easy_read_leads_to_the_list(client, sample, query):
    results = shown(client, f"/search/?q={query}").partition("<main")[2]
    assert results.partition('class="ir-page-list__link" href="')[2].startswith('/easy/"')


def test_the_static_mirror_holds_it(client, sample, tmp_path, monkeypatch):
    library = shelf.current()
    kept = {SLUG: library.procedures[SLUG]}
    one = type(library)(1, library.site, kept, {}, library.updated_at)
    monkeypatch.setattr(shelf, "current", lambda: one)
    call_command("mirror", tmp_path, verbosity=0)
    written = (tmp_path / ADDRESS.strip("/") / "index.html").read_bytes()
    assert written == client.get(ADDRESS).content


def test_from_a_cold_cache_it_reads_the_publications_once_and_then_never(
    client, sample, django_assert_num_queries
):
    with django_assert_num_queries(2) as captured:  # the content version, then all publications
        shown(client)
    assert sum('FROM "procedures_publication"' in query["sql"] for query in captured) == 1
    with django_assert_num_queries(0):
        shown(client)


def test_the_memory_layer_keeps_it_until_the_next_publication(kept_connection, sample):
    from django.core.wsgi import get_wsgi_application
    from django.test import RequestFactory

    asked = []
    django = get_wsgi_application()

    def counted(environ, start_response):
        asked.append(environ["PATH_INFO"])
        return django(environ, start_response)

    serving = MemoryServing(counted)

    def ask() -> str:
        status = []
        environ = RequestFactory().get(ADDRESS).environ
        body = serving(environ, lambda line, headers, exc_info=None: status.append(line))
        assert status == ["200 OK"]
        return b"".join(body).decode()

    assert "The line snaps." in ask()
    assert "The line snaps." in ask()
    assert asked == [ADDRESS]
    document = publishing.compile_page(
        give_easy_version(lines=(*LINES[:-1], ("choose", "", "Ask us.")))
    )
    publishing.publish(PageKind.PROCEDURE, SLUG, document, None, note="Changed")
    shelf.forget()
    assert "Ask us." in ask()


def test_a_page_published_before_there_were_easy_versions_is_shown_as_it_was(
    client, before_easy_versions
):
    full = shown(client, f"/procedures/{SLUG}/")
    assert "Easy version" not in full
    assert ADDRESS not in shown(client, "/sitemap.xml")
    assert ADDRESS not in shown(client, "/easy/")
    missing = client.get(ADDRESS)
    assert missing.status_code == 404
    words = missing.content.decode()
    assert "This page has no easy version" in words
    assert f'href="/procedures/{SLUG}/#short-version"' in words
    assert "IR-Info-Keep" not in missing.headers


def test_an_unknown_procedure_and_a_wrong_method_are_answered_as_what_they_are(client):
    assert client.get("/procedures/no-such-procedure/easy/").status_code == 404
    assert client.post(ADDRESS).status_code == 405
    assert client.post("/easy/").status_code == 405


def test_a_changed_line_stays_unseen_until_someone_else_approves_it(
    client, sample, lenient, editor, approver
):
    page = give_easy_version(lines=(*LINES[:-1], ("choose", "", "It is up to you.")))
    publishing.submit(page, editor, "A clearer last line")
    shelf.forget()
    assert "It is up to you." not in shown(client)
    publishing.approve(page, approver)
    shelf.forget()
    html = shown(client)
    assert "It is up to you." in html
    assert "Approver Test approved it." in html
    assert "No one in our team has approved" not in html
    assert 'name="robots" content="noindex"' not in html


def test_a_line_slipped_in_after_sending_must_be_sent_again(sample, lenient, editor, approver):
    page = give_easy_version()
    publishing.submit(page, editor, "Note")
    EasyLine.objects.filter(procedure=page).last().delete()
    with pytest.raises(NotPublishable, match="sent again"):
        publishing.approve(page, approver)


def test_someone_who_edited_an_easy_line_cannot_approve_the_page(sample, lenient, editor):
    both = make_user("both", "Editor", "Clinical approver")
    page = give_easy_version()
    line = page.easy_lines.get(text="It gives you medicine.")
    line.text = "It gives you drips."
    line._history_user = both
    line.save()
    publishing.submit(page, editor, "With a line by somebody else")
    with pytest.raises(NotPublishable, match="someone else"):
        publishing.approve(page, both)


def test_a_page_whose_easy_version_lacks_a_part_cannot_be_sent(editor):
    page = give_easy_version(lines=LINES[:-1])
    with pytest.raises(NotPublishable) as refused:
        publishing.submit(page, editor, "Note")
    assert any("“My choice” has no line" in problem for problem in refused.value.problems)


def test_going_back_to_a_version_without_one_takes_the_easy_version_away(
    client, before_easy_versions, lenient, editor, approver
):
    old = Publication.objects.filter(slug=SLUG).first().version
    page = give_easy_version()
    publishing.submit(page, editor, "With an easy version")
    publishing.approve(page, approver)
    shelf.forget()
    assert shown(client)
    publishing.submit_older(page, old, editor, "The new one has a mistake")
    publishing.approve(page, approver)
    shelf.forget()
    assert client.get(ADDRESS).status_code == 404
    assert shown(client, f"/procedures/{SLUG}/")
    assert shown(client, f"/procedures/{SLUG}/versions/")


def test_a_withdrawn_page_takes_its_easy_version_with_it(client, sample, editor):
    publishing.withdraw(PageKind.PROCEDURE, SLUG, editor, "A mistake")
    shelf.forget()
    assert client.get(ADDRESS).status_code == 404
    for address in ("/easy/", "/sitemap.xml", "/search/?q=easy"):
        assert ADDRESS not in shown(client, address), address


def test_the_list_answers_where_there_is_none(client, monkeypatch):
    from procedures.library import EMPTY_SITE, Library

    monkeypatch.setattr(shelf, "current", lambda: Library(content_version=0, site=EMPTY_SITE))
    assert "There are no easy versions" in shown(client, "/easy/")


def test_a_late_check_is_owned_up_to(client, sample, monkeypatch):
    monkeypatch.setattr(LivePage, "is_overdue", lambda page, today: False)
    assert "We are late to check it again." not in shown(client)
    shelf.forget()
    monkeypatch.setattr(LivePage, "is_overdue", lambda page, today: True)
    assert "We are late to check it again." in shown(client)
