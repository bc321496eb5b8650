"""Reading aloud: offered only where it works, each sentence marked in its turn, and silent when asked or left."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

VOICES = """
const voices = %s;
window.said = [];
const stub = new EventTarget();
Object.assign(stub, {
  getVoices: () => voices,
  speak: (utterance) => { window.said.push(utterance.text); window.voiceUsed = utterance.voice; window.utterance = utterance; },
  cancel: () => { window.said.push("(silence)"); },
});
Object.defineProperty(window, "speechSynthesis", { value: stub });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
window.finish = () => window.utterance.onend();
"""
AMERICAN = '{name: "A", lang: "en-US", localService: true}'
BRITISH = '{name: "B", lang: "en_GB", localService: true}'
REMOTE = '{name: "R", lang: "en-GB", localService: false}'
MARKED = (
    "[...(CSS.highlights.get('ir-reading') ?? [])].map(range => range.toString().trim()).join('')"
)


@pytest.fixture
def reader(chromium, site):
    """Opens a page in a browser that has these voices."""

    @contextmanager
    def opened(voices: str, path: str = "/procedures/rig/", before: str = "") -> Iterator:
        context = chromium.new_context(viewport={"width": 390, "height": 800})
        context.add_init_script(before + VOICES % voices)
        page = context.new_page()
        page.goto(site + path)
        yield page
        context.close()

    return opened


def said(page) -> list[str]:
    return [words for words in page.evaluate("window.said") if words != "(silence)"]


def test_nothing_is_offered_without_a_voice_of_the_device(chromium, site, reader):
    for voices in ("[]", f"[{REMOTE}]"):
        with reader(voices) as page:
            assert page.get_by_role("button", name="Listen").count() == 0
    context = chromium.new_context()
    context.add_init_script(
        "delete window.speechSynthesis; delete Window.prototype.speechSynthesis;"
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{site}/procedures/rig/")
    page.wait_for_timeout(100)
    assert page.get_by_role("button", name="Listen").count() == 0
    assert wrong == []
    context.close()


def test_sentences_are_said_and_marked_in_turn_by_a_british_voice(reader):
    with reader(f"[{REMOTE}, {AMERICAN}, {BRITISH}]") as page:
        page.get_by_role("button", name="Listen to this page").click()
        page.get_by_role("button", name="Pause", exact=True).wait_for()
        heading = page.get_by_role("heading", level=1).text_content().strip()
        assert said(page) == [heading]
        assert page.evaluate(MARKED) == heading
        assert page.evaluate("window.voiceUsed.name") == "B"
        page.evaluate("finish()")
        lede = page.locator(".nhsuk-lede-text").text_content().strip()
        assert lede.startswith(said(page)[1])
        assert page.evaluate(MARKED) == said(page)[1]
        page.get_by_role("button", name="Stop").first.click()
        assert page.evaluate(MARKED) == ""
        assert page.evaluate("window.said.at(-1)") == "(silence)"
        page.evaluate("finish()")
        assert len(said(page)) == 2, "it went on after it was stopped"


def test_a_part_is_read_paused_and_gone_on_with(reader):
    with reader(f"[{BRITISH}]") as page:
        page.get_by_role("button", name="Listen to this page").click()
        page.get_by_role("button", name="Listen to this part: When to get help").click()
        for _ in range(8):
            page.evaluate("finish()")
        words = said(page)[1:]
        assert words[0] == "When to get help"
        assert any("Call 9 9 9 or go to A and E now if:" in sentence for sentence in words)
        button = page.get_by_role("button", name="Pause: When to get help")
        button.focus()
        page.keyboard.press("Enter")
        now = page.evaluate(MARKED)
        assert now
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.textContent").startswith("Pause")
        assert page.evaluate(MARKED) == now
        assert said(page)[-1] == said(page)[-2], (
            "going on begins with the sentence that was broken off"
        )
        for _ in range(200):
            page.evaluate("finish()")
        assert page.get_by_role("button", name="Pause").count() == 0, "it ends with the part"


def test_every_sentence_is_whole_and_without_source_numbers(reader):
    with reader(f"[{BRITISH}]") as page:
        page.get_by_role("button", name="Listen to this page").click()
        page.get_by_role("button", name="Pause", exact=True).wait_for()
        for _ in range(900):
            if page.get_by_role("button", name="Pause").count() == 0:
                break
            page.evaluate("for (let n = 0; n < 60; n += 1) finish()")
        words = said(page)
        assert len(words) > 80
        whole = " ".join(words)
        assert "Where this comes from" not in whole
        assert "Source " not in whole
        assert "On this page" not in whole
        assert page.locator("mark").count() == 0


def test_where_highlights_are_missing_the_mark_leaves_no_trace(reader):
    with reader(f"[{BRITISH}]", before="delete window.Highlight;") as page:
        html = "document.querySelector('#short-version').textContent"
        nodes = (
            "(() => { const walk = document.createTreeWalker(document.querySelector('#short-version'), 4);"
            " let count = 0; while (walk.nextNode()) count += 1; return count; })()"
        )
        page.get_by_role("button", name="Listen to this page").click()
        part = page.get_by_role("button", name="Listen to this part: The short version")
        part.wait_for()
        before = page.evaluate(nodes), page.evaluate(html)
        part.click()
        page.evaluate("finish()")
        marked = "".join(page.locator("mark.ir-reading").all_text_contents())
        assert marked.strip() == said(page)[-1]
        page.get_by_role("button", name="Stop: The short version").click()
        assert page.locator("mark").count() == 0
        assert (page.evaluate(nodes), page.evaluate(html)) == before


def test_the_step_that_is_read_is_shown_and_leaving_ends_it(reader, site):
    with reader(f"[{BRITISH}]", path="/guidance/going-home/") as page:
        assert page.get_by_role("button", name="Listen to this page").is_visible()
    with reader(f"[{BRITISH}]") as page:
        page.get_by_role("button", name="Listen to this page").click()
        page.get_by_role("button", name="Listen to this part: What happens").click()
        steps = page.locator(".ir-steps__step")
        for _ in range(200):
            page.evaluate("finish()")
            if steps.nth(1).is_visible():
                break
        assert page.evaluate(MARKED) in steps.nth(1).text_content()
        page.evaluate(
            "sessionStorage.clear(); addEventListener('pagehide', () => sessionStorage.last = said.at(-1))"
        )
        page.goto(f"{site}/contact/")
        assert page.evaluate("sessionStorage.last") == "(silence)"
