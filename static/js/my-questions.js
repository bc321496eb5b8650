// Questions to take with me: ticks and one's own questions, kept in this browser alone. Nothing is sent anywhere.

const PREFIX = "ir-questions:";

/** Returns what this browser kept, or an empty list where it keeps nothing (private windows, refused storage). */
function kept(key) {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? "{}");
    return { ticked: found.ticked ?? [], own: found.own ?? [] };
  } catch {
    return { ticked: [], own: [] };
  }
}

function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Not kept: the list still works until the page is closed.
  }
}

export function keepMyQuestions() {
  const list = document.querySelector("[data-my-questions]");
  if (!list) return;
  const key = PREFIX + list.dataset.myQuestions;
  const tools = document.querySelector("[data-my-questions-tools]");
  const box = tools.querySelector("input");
  const said = tools.querySelector("[role=status]");
  const state = kept(key);

  const row = (words, own) => {
    const item = document.createElement("li");
    item.className = "ir-questions__item";
    const label = document.createElement("label");
    const tick = document.createElement("input");
    tick.type = "checkbox";
    tick.className = "ir-questions__tick";
    label.append(tick, document.createTextNode(words));
    item.append(label);
    if (own) {
      const away = document.createElement("button");
      away.type = "button";
      away.className = "ir-questions__remove ir-no-print";
      away.textContent = "Remove";
      const hidden = document.createElement("span");
      hidden.className = "nhsuk-u-visually-hidden";
      hidden.textContent = ": " + words;
      away.append(hidden);
      away.addEventListener("click", () => {
        state.own = state.own.filter((other) => other !== words);
        state.ticked = state.ticked.filter((other) => other !== words);
        item.remove();
        save();
        said.textContent = "Question removed.";
        box.focus();
      });
      item.append(away);
    }
    tick.checked = state.ticked.includes(words);
    tick.addEventListener("change", () => {
      state.ticked = state.ticked.filter((other) => other !== words);
      if (tick.checked) state.ticked.push(words);
      save();
    });
    return item;
  };

  const save = () => {
    keep(key, state);
    list.classList.toggle("ir-questions--chosen", state.ticked.length > 0);
  };

  for (const item of [...list.children]) item.replaceWith(row(item.textContent.trim(), false));
  for (const words of state.own) list.append(row(words, true));
  list.classList.toggle("ir-questions--chosen", state.ticked.length > 0);

  tools.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const words = box.value.trim().replace(/\s+/g, " ");
    if (!words) {
      said.textContent = "Write a question first.";
    } else if ([...list.querySelectorAll("label")].some((one) => one.textContent === words)) {
      said.textContent = "That question is on the list already.";
    } else {
      state.own.push(words);
      state.ticked.push(words);
      list.append(row(words, true));
      save();
      box.value = "";
      said.textContent = "Question added.";
    }
    box.focus();
  });
  tools.querySelector("[data-print]").addEventListener("click", () => window.print());
  tools.querySelector("[data-forget]").addEventListener("click", () => {
    localStorage.removeItem(key);
    state.ticked = [];
    state.own = [];
    for (const item of [...list.children]) {
      if (item.querySelector("button")) item.remove();
      else item.querySelector("input").checked = false;
    }
    list.classList.remove("ir-questions--chosen");
    said.textContent = "Your ticks and your own questions are deleted from this browser.";
  });
  tools.hidden = false;
}
