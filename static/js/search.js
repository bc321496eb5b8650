// Suggestions while typing, for every search box: a combobox with a list, as the ARIA practices describe it.
// The form underneath goes on working as it is. What is typed is sent to this site alone, and not kept.
const PAUSE = 150; // milliseconds without a key before asking
const SHORTEST = 2; // letters

function element(name, attributes, text = "") {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

function combobox(input, number) {
  const id = `ir-suggestions-${number}`;
  const list = element("ul", { id, role: "listbox", class: "ir-suggestions", "aria-label": "Suggestions", hidden: "" });
  const status = element("div", { role: "status", class: "nhsuk-u-visually-hidden" });
  let options = [];
  let chosen = -1;
  let timer;
  let asking;

  input.type = "text"; // a search field may not take the role; the look comes from the class
  for (const [key, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": id,
    autocomplete: "off",
    autocapitalize: "none",
    enterkeyhint: "search",
  })) input.setAttribute(key, value);
  const holder = input.closest("form");
  holder.classList.add("ir-suggesting");
  holder.append(list, status);

  function choose(place) {
    options[chosen]?.setAttribute("aria-selected", "false");
    chosen = place;
    const option = options[chosen];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    choose(-1);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function show(suggestions) {
    choose(-1);
    options = suggestions.map(({ name, address, kind }, place) => {
      const option = element("li", { id: `${id}-${place}`, role: "option", "aria-selected": "false", "data-address": address });
      option.append(element("span", {}, name), element("span", { class: "ir-suggestions__kind" }, kind));
      return option;
    });
    list.replaceChildren(...options);
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    const count = options.length;
    status.textContent = count ? `${count} suggestion${count > 1 ? "s" : ""}. Use the up and down arrows.` : "No suggestions.";
  }

  async function ask() {
    const typed = input.value.trim();
    asking = new AbortController();
    try {
      const answer = await fetch(`/search/suggest?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
      if (answer.ok && document.activeElement === input) show((await answer.json()).suggestions);
    } catch {
      // Without an answer the plain form is still there.
    }
  }

  function go(option) {
    close();
    location.assign(option.dataset.address);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    asking?.abort();
    if (input.value.trim().length < SHORTEST) {
      close();
      status.textContent = "";
    } else timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    const count = options.length;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!count || input.value.trim().length < SHORTEST) return;
      event.preventDefault();
      if (!open) {
        list.hidden = false;
        input.setAttribute("aria-expanded", "true");
      }
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place beyond either end is the text field itself.
      choose(((chosen + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && open && options[chosen]) {
      event.preventDefault();
      go(options[chosen]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
}

export function suggestWhileTyping() {
  document.querySelectorAll('form[action="/search/"] input[name="q"]').forEach(combobox);
}
