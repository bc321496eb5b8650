// The strip of steps, one drawing at a time. All steps stay in the page: print, and readers who ask for less motion, get
// them all in a row by the style sheet alone.
function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "nhsuk-button nhsuk-button--secondary nhsuk-button--small";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

export function pageTheSteps() {
  const strip = document.querySelector(".ir-steps");
  const steps = strip ? [...strip.children] : [];
  if (steps.length < 2 || !strip.querySelector("img")) return;
  let place = 0;
  let all = false;

  const back = button("Back", () => go(place - 1));
  const next = button("Next", () => go(place + 1));
  const whole = button("", () => {
    all = !all;
    show();
  });
  const where = document.createElement("p");
  const said = document.createElement("div");
  said.className = "nhsuk-u-visually-hidden";
  said.setAttribute("role", "status");

  function show() {
    strip.classList.toggle("ir-steps--paged", !all);
    for (const [number, step] of steps.entries()) step.classList.toggle("ir-steps__step--shown", number === place);
    // Not `disabled`: the button that was pressed keeps the focus.
    back.setAttribute("aria-disabled", place === 0);
    next.setAttribute("aria-disabled", place === steps.length - 1);
    back.hidden = next.hidden = all;
    where.textContent = all ? `All ${steps.length} steps` : `Step ${place + 1} of ${steps.length}`;
    whole.textContent = all ? "Show one step at a time" : "Show all steps";
  }

  function go(to) {
    if (!steps[to]) return;
    place = to;
    show();
    const words = steps[to].cloneNode(true);
    for (const number of words.querySelectorAll("sup")) number.remove();
    said.textContent = `${where.textContent}. ${words.textContent.trim()}`;
  }

  const tools = document.createElement("div");
  tools.className = "ir-paging ir-no-print";
  tools.setAttribute("role", "group");
  tools.setAttribute("aria-label", "Steps");
  tools.append(back, where, next, whole, said);
  strip.before(tools);
  // Reading aloud asks for the step that it has come to.
  strip.addEventListener("ir:reading", (event) => {
    place = steps.indexOf(event.target.closest(".ir-steps__step"));
    show();
  });
  show();
}
