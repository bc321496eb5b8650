// Reads a page aloud, part by part, sentence by sentence. Fetched when somebody asks for it.
import { mark, rangeOf, unmark } from "./reading-mark.js";
import { sentences } from "./reading-text.js";

const speech = window.speechSynthesis;

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** A “Listen” button that becomes “Pause” and “Go on”, and a “Stop” beside it while there is something to stop. */
function controls(holder, words, of, act) {
  const play = holder.querySelector("button") ?? element("button", "nhsuk-button nhsuk-button--secondary nhsuk-button--small");
  const stop = element("button", "nhsuk-button nhsuk-button--secondary nhsuk-button--small", "Stop");
  play.type = stop.type = "button";
  holder.append(play, stop);
  play.addEventListener("click", act.play);
  stop.addEventListener("click", () => {
    act.stop();
    play.focus();
  });
  return (state) => {
    const shown = { playing: "Pause", paused: "Go on", idle: words }[state];
    play.textContent = shown;
    if (of) {
      play.setAttribute("aria-label", `${shown}: ${of}`);
      stop.setAttribute("aria-label", `Stop: ${of}`);
    }
    stop.hidden = state === "idle";
    holder.classList.toggle("ir-listen--on", state !== "idle");
  };
}

export function readAloud(article, holder, voice) {
  const claimed = [...article.querySelectorAll("section:not(#sources)")].filter((part) => part.querySelector("h2"));
  const parts = [{ root: article }, ...claimed.map((root) => ({ root, heading: root.querySelector("h2") }))];
  let state = "idle";
  let part = 0; // which part is being read, and which sentence of it
  let sentence = 0;
  let onward = false; // the whole page, or this part alone
  let turn = 0; // an utterance of an earlier turn has no say
  let utterance; // held here: some browsers let go of one that nobody holds, and never say that it ended

  const listOf = (one) => (one.list ??= sentences(one.root, one.heading ? [] : [...claimed, holder]));

  /** The part whose buttons govern what is being read. */
  const shown = () => (onward ? 0 : part);

  function show() {
    for (const [number, one] of parts.entries()) one.show(number === shown() ? state : "idle");
  }

  /** Brings the sentence into view, unless the reader has gone to look at something else. */
  function follow(range, before) {
    const seen = (box) => box && box.bottom > 0 && box.top < innerHeight;
    const box = range.getBoundingClientRect();
    if (seen(box) && box.bottom < innerHeight * 0.8 && box.top > 70) return;
    if (before && !seen(before.getBoundingClientRect())) return;
    scrollBy({ top: box.top - innerHeight * 0.3 });
  }

  let before;
  function speak() {
    const mine = ++turn;
    const list = listOf(parts[part]);
    if (sentence >= list.length) {
      if (onward && part + 1 < parts.length) {
        part += 1;
        sentence = 0;
        show();
        return speak();
      }
      return stop();
    }
    const current = list[sentence];
    const around = current.pieces[0].node.parentElement;
    around.dispatchEvent(new CustomEvent("ir:reading", { bubbles: true }));
    follow(rangeOf(current), before);
    before = around;
    mark(current);
    utterance = new SpeechSynthesisUtterance(current.words);
    utterance.voice = voice() ?? null;
    utterance.lang = utterance.voice?.lang ?? "en-GB";
    utterance.onend = utterance.onerror = () => {
      if (mine !== turn) return;
      sentence += 1;
      speak();
    };
    speech.speak(utterance);
  }

  function hush() {
    turn += 1;
    speech.cancel();
  }

  function stop() {
    hush();
    unmark();
    state = "idle";
    before = undefined;
    show();
  }

  /** Pausing ends the utterance, and going on says its sentence again: some telephones cannot pause. */
  function press(number) {
    const mine = number === shown();
    if (mine && state === "playing") {
      hush();
      state = "paused";
    } else if (mine && state === "paused") {
      state = "playing";
      speak();
    } else {
      hush();
      [part, sentence, onward, state, before] = [number, 0, number === 0, "playing", undefined];
      speak();
    }
    if (state !== "idle") show();
  }

  for (const [number, one] of parts.entries()) {
    const place = number ? element("div", "ir-listen ir-no-print") : holder;
    one.show = controls(place, number ? "Listen to this part" : "Listen to this page", one.heading?.textContent, {
      play: () => press(number),
      stop,
    });
    one.heading?.after(place);
  }
  addEventListener("pagehide", stop);
  press(0);
}
