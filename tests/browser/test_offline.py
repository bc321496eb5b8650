"""Pages without a network: what was seen and all guidance open, what was withdrawn is gone, what is private is never kept.

A small server stands before the site, so that the network can fail, hang, or say that a page is gone.
"""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

QUICK = (
    "setTimeout = (inner => (act, time, ...more) => inner(act, time / 20, ...more))(setTimeout);"
)
WAIT = 15  # seconds at most for something that the worker does by itself


class Front(ThreadingHTTPServer):
    """Passes requests on to the site; `gone` paths answer 404 and leave the list; `away` breaks off; `slow` waits."""

    daemon_threads = True

    def __init__(self, site: str) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.behind = urlsplit(site).netloc
        self.gone: set[str] = set()
        self.away = False
        self.slow = 0.0
        self.asked: list[str] = []
        self.address = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request, client_address) -> None:
        """Say nothing about connections that the test breaks."""


class Passing(BaseHTTPRequestHandler):
    """One request, passed on."""

    server: Front

    def do_GET(self) -> None:
        """Ask the site, or play the network that the test wants."""
        front = self.server
        front.asked.append(self.path)
        if front.away:
            self.connection.close()
            return
        if self.path.endswith("/") and front.slow:
            time.sleep(front.slow)
        if self.path in front.gone:
            self._answer(404, [("Content-Type", "text/html")], b"<h1>Page not found</h1>")
            return
        onward = http.client.HTTPConnection(front.behind, timeout=10)
        passed = {
            n: v for n, v in self.headers.items() if n.lower() not in ("host", "accept-encoding")
        }
        onward.request("GET", self.path, headers=passed)
        answer = onward.getresponse()
        body = answer.read()
        if self.path == "/offline/pages.json" and answer.status == 200:
            told = json.loads(body)
            told["pages"] = [path for path in told["pages"] if path not in front.gone]
            told["guidance"] = [path for path in told["guidance"] if path not in front.gone]
            told["version"] += f"-{len(front.gone)}"
            body = json.dumps(told).encode()
        left_out = ("content-length", "connection", "transfer-encoding")
        if self.path == "/offline/pages.json":
            left_out += ("etag",)
        self._answer(
            answer.status, [h for h in answer.getheaders() if h[0].lower() not in left_out], body
        )

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304:
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture
def front(site) -> Iterator[Front]:
    server = Front(site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium, front) -> Iterator:
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    context.add_init_script(QUICK)
    page = context.new_page()
    yield page
    context.close()


def until(true: Callable[[], object], what: str) -> None:
    end = time.monotonic() + WAIT
    while not true():
        assert time.monotonic() < end, f"still waiting until {what}"
        time.sleep(0.1)


def kept(page) -> list[str]:
    return page.evaluate(
        "(async () => { const found = []; for (const name of await caches.keys())"
        " for (const { url } of await (await caches.open(name)).keys()) { const at = new URL(url); found.push(at.pathname + at.search); }"
        " return found; })()"
    )


def keep(page, front: Front, *paths: str, guidance: bool = False) -> None:
    """Open pages and wait until the worker has kept them, and all guidance if it is wanted."""
    told = json.loads(urlopen(f"{front.address}/offline/pages.json", timeout=10).read())  # noqa: S310 (our own server)
    guides = set(told["guidance"])
    for path in paths:
        page.goto(front.address + path)
        until(lambda path=path: path in kept(page), f"{path} is kept")
    if guidance:
        until(lambda: guides <= set(kept(page)), "guidance is kept")


def test_seen_pages_and_all_guidance_open_without_a_network(page, front):
    keep(page, front, "/procedures/rig/", "/contact/", guidance=True)
    front.away = True
    page.goto(f"{front.address}/procedures/rig/")
    assert page.get_by_text("You are offline.").is_visible()
    assert "This copy was kept on" in page.locator("main").text_content()
    assert page.get_by_role("heading", name="When to get help", exact=True).is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") in (
        "600",
        "700",
    )
    page.locator(".ir-steps__picture").first.scroll_into_view_if_needed()
    until(
        lambda: page.evaluate("document.querySelector('.ir-steps__picture').naturalWidth"),
        "the drawing of a step is shown",
    )
    page.goto(f"{front.address}/guidance/going-home/")
    assert page.get_by_role("heading", level=1).text_content().strip()
    assert page.get_by_text("You are offline.").is_visible()
    page.goto(f"{front.address}/procedures/evar/")
    assert page.get_by_role("heading", name="You are offline").is_visible()
    assert page.get_by_text("In an emergency, call 999.").first.is_visible()
    assert page.locator('main a[href="/procedures/rig/"]').is_visible(), (
        "what can be read is listed"
    )
    front.away = False
    page.goto(f"{front.address}/procedures/rig/")
    assert not page.get_by_text("You are offline.").is_visible()


def test_a_withdrawn_page_is_gone_as_soon_as_the_network_answers(page, front):
    keep(page, front, "/procedures/rig/", "/procedures/nephrostomy/", guidance=True)
    front.away = True
    page.goto(f"{front.address}/procedures/rig/")
    assert page.get_by_text("You are offline.").is_visible()
    front.gone = {"/procedures/rig/", "/guidance/consent/", "/procedures/nephrostomy/"}
    front.away = False
    assert page.goto(f"{front.address}/procedures/rig/").status == 404
    until(
        lambda: not front.gone & set(kept(page)),
        "all three are deleted, though two were not opened",
    )
    front.away = True
    page.goto(f"{front.address}/procedures/nephrostomy/")
    assert page.get_by_role("heading", name="You are offline").is_visible()


def test_a_late_answer_that_a_page_is_gone_takes_the_copy_off_the_screen(page, front):
    keep(page, front, "/procedures/rig/")
    front.gone, front.slow = {"/procedures/rig/"}, 5.5
    page.goto(f"{front.address}/procedures/rig/")
    assert page.get_by_text("The site is slow to answer.").is_visible()
    front.slow = 0.0
    page.get_by_role("heading", name="Page not found").wait_for(timeout=WAIT * 1000)
    assert "/procedures/rig/" not in kept(page)


AGED = """async days => {
  const pages = await caches.open("ir-pages-1"), path = "/procedures/rig/", copy = await pages.match(path);
  const headers = new Headers(copy.headers), then = Date.now() - days * 24 * 60 * 60 * 1000;
  headers.set("X-IR-Kept-On", new Date(then).toISOString());
  await pages.put(path, new Response(await copy.text(), { headers }));
}"""


@pytest.mark.parametrize(("days", "heading"), [(59, "rig"), (61, "You are offline")])
def test_a_copy_that_nobody_could_check_for_sixty_days_is_not_shown(page, front, days, heading):
    keep(page, front, "/procedures/rig/")
    name = page.get_by_role("heading", level=1).text_content()
    front.away = True
    page.evaluate(AGED, days)
    page.goto(f"{front.address}/procedures/rig/")
    shown = page.get_by_role("heading", level=1).first.text_content()
    assert shown.strip() == (name if heading == "rig" else heading).strip()


def test_nothing_private_searched_or_typed_is_ever_kept(page, front):
    keep(page, front, "/procedures/rig/")
    for path in (
        "/search/?q=kidney",
        "/refer/",
        "/accounts/login/",
        "/referrals/",
        "/procedures/rig/plan/",
        "/compare/?with=evar&with=angiogram",
    ):
        page.goto(front.address + path)
        page.wait_for_timeout(150)
    page.goto(f"{front.address}/contact/")
    until(lambda: "/contact/" in kept(page), "the page after them is kept")
    private = ("/search", "/refer", "/accounts", "/triage", "/admin", "/compare")
    assert [
        path for path in kept(page) if path.startswith(private) or "?" in path or "plan" in path
    ] == []


def test_a_reader_can_delete_the_copies_and_stays_without(page, front):
    keep(page, front, "/procedures/rig/", "/privacy/")
    page.get_by_role("button", name="Delete the copies, and keep no more").click()
    page.get_by_text("The copies on this device are deleted.").wait_for()
    assert kept(page) == []
    page.goto(f"{front.address}/contact/")
    page.wait_for_timeout(600)
    assert kept(page) == []
    assert (
        page.evaluate("navigator.serviceWorker.getRegistrations().then(found => found.length)") == 0
    )
    page.goto(f"{front.address}/privacy/")
    page.get_by_role("button", name="Keep pages on this device again").click()
    until(lambda: "/privacy/" in kept(page), "keeping has begun again")


def test_a_first_visit_fetches_nothing_more_until_it_is_settled(chromium, front):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{front.address}/procedures/rig/", wait_until="load")
    page.wait_for_timeout(1500)
    assert "/sw.js" not in front.asked
    assert not [path for path in front.asked if path.startswith("/guidance/")]
    context.close()
