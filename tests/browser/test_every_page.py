"""Every address of the sitemap, in Chromium, on a phone and on a desk: it fits, it works, nothing is wrong with it."""

import json
import re
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AT_ANY_WIDTH = [
    "target-size",
    "scrollable-region-focusable",
    "aria-hidden-focus",
    "button-name",
    "link-name",
    "label",
    "duplicate-id-aria",
]
"""The rules whose answer may differ on a narrow screen; the markup itself is judged once, on a wide one."""
FIRST_VISIT_LIMIT = 60 * 1024
"""Bytes, as sent: HTML, styles, scripts, pictures."""


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 (our own server)
        return answer.read().decode()


@pytest.fixture(scope="module")
def addresses(site) -> list[str]:
    found = re.findall(r"<loc>(.*?)</loc>", fetch(f"{site}/sitemap.xml"))
    assert len(found) > 150
    return sorted(found, key=lambda address: (address.endswith("/versions/"), address))


@pytest.mark.every_page
@pytest.mark.parametrize("part", [0, 1, 2, 3])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways_complains_or_breaks_an_accessibility_rule(
    chromium, addresses, width, part
):
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on(
        "console",
        lambda message: (
            wrong.append(f"{page.url}: {message.text}") if message.type == "error" else None
        ),
    )
    page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
    page.on(
        "response",
        lambda answer: (
            wrong.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None
        ),
    )
    for address in addresses[part::4]:
        page.goto(address, wait_until="load")
        widest = page.evaluate("document.documentElement.scrollWidth")
        if widest > width:
            wrong.append(f"{address}: {widest} pixels wide on a screen of {width}")
        # The pages of versions differ only in their table; one rule run each width is enough for them.
        if address.endswith("/versions/") and "rig" not in address:
            continue
        page.evaluate(AXE)
        rules = {"type": "rule", "values": AT_ANY_WIDTH}
        if width == 1280:
            rules = {"type": "tag", "values": WCAG}
        # Judging colours takes two thirds of the time, and procedure pages share their colours: each sixth is judged.
        colours = width == 1280 and (
            "/procedures/" not in address or addresses.index(address) % 6 == 0
        )
        found = page.evaluate(
            "([rules, colours]) => axe.run(document, {runOnly: rules, resultTypes: ['violations'],"
            " rules: {'color-contrast': {enabled: colours}}})"
            ".then(result => result.violations.map(v => v.id + ': ' + v.nodes.slice(0, 2).map(n => n.html.slice(0, 120)).join(' | ')))",
            [rules, colours],
        )
        wrong += [f"{address}: {violation}" for violation in found]
    context.close()
    assert wrong == [], "\n".join(wrong[:40])


def test_a_first_visit_to_the_longest_page_is_small_and_asks_no_other_host(chromium, site):
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    sent: dict[str, float] = {}
    asked: list[str] = []
    client.on("Network.requestWillBeSent", lambda event: asked.append(event["request"]["url"]))
    client.on(
        "Network.loadingFinished",
        lambda event: sent.__setitem__(event["requestId"], event["encodedDataLength"]),
    )
    for slug in ("evar", "fibroid-embolisation", "rig"):
        sent.clear()
        client.send("Network.clearBrowserCache")
        page.goto(f"{site}/procedures/{slug}/", wait_until="networkidle")
        assert sum(sent.values()) < FIRST_VISIT_LIMIT, f"{slug}: {json.dumps(sent)}"
    assert all(url.startswith((site, "data:")) for url in asked), asked
    assert context.cookies() == []
    context.close()


def test_a_page_works_in_full_without_javascript(chromium, site):
    context = chromium.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto(f"{site}/")
    page.get_by_label("Find your procedure").fill("nephrostomy")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("listitem").first.get_by_role("link").first.click()
    assert page.url == f"{site}/procedures/nephrostomy/"
    for name in ("Risks", "When to get help", "Going home"):
        assert page.get_by_role("heading", name=name, exact=True).is_visible()
    context.close()


def test_the_skip_link_is_first_and_moves_focus_to_the_words(chromium, site):
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/procedures/rig/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "maincontent"
    context.close()


def test_print_leaves_out_the_menus_and_keeps_the_help_cards(chromium, site):
    context = chromium.new_context(viewport={"width": 800, "height": 1000})
    page = context.new_page()
    page.goto(f"{site}/procedures/rig/")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Menu").is_visible()
    assert page.get_by_text("Call 999 or go to A&E now if:").is_visible()
    context.close()


def test_at_400_per_cent_and_with_spaced_text_nothing_is_cut_off(chromium, site):
    context = chromium.new_context(viewport={"width": 320, "height": 256})
    page = context.new_page()
    page.goto(f"{site}/procedures/evar/")
    page.evaluate(
        "for (const e of document.querySelectorAll('main *')) { e.style.letterSpacing = '0.12em'; e.style.wordSpacing = '0.16em'; }"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
