// Additions for the screens of the referral form: questions that another answer opens, and drafts that save themselves.
// Without scripts every question shows, and each screen saves when it is sent.
const TOLD = {
  "signed out": "You have been signed out: this screen is not saved. Sign in again in another tab, then save here.",
  "changed elsewhere": "This part was changed in another window, so it is not saved here. Save to see both.",
};
const WAIT = 2000; // milliseconds after the last key before a draft is saved

// What a hidden question still holds opens nothing: the server leaves it aside as well.
const chosenIn = (form, name) =>
  [...form.elements].filter((box) => box.name === name && !box.closest("[hidden]")).flatMap((box) => {
    if (box.type === "radio" || box.type === "checkbox") return box.checked ? [box.value] : [];
    return box.value ? [box.value] : [];
  });

// "!word" stands for every answer but that one.
const isOpened = (form, name, values) => {
  const chosen = chosenIn(form, name);
  return values.split("|").some((value) =>
    value.startsWith("!") ? chosen.some((each) => each !== value.slice(1)) : chosen.includes(value));
};

// Signing in again, in another tab, changes the token against forged requests: take the new one, so that nothing typed is lost.
const takeFreshToken = (form) => {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  const box = form.querySelector("[name=csrfmiddlewaretoken]");
  if (found && box) box.value = found[1];
};

export function openQuestions(form) {
  const opened = [...form.querySelectorAll("[data-opened-by]")];
  if (!opened.length) return;
  const show = () => {
    for (const part of opened) {
      const { openedBy, openedValues, alsoOpenedBy, alsoOpenedValues } = part.dataset;
      part.hidden = !isOpened(form, openedBy, openedValues) &&
        !(alsoOpenedBy && isOpened(form, alsoOpenedBy, alsoOpenedValues));
      part.classList.add("ir-opened");
    }
  };
  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}

export function saveDraft(form) {
  const told = form.querySelector("[data-autosaved]");
  let timer = 0;
  let changed = false;
  let sending = false;
  const save = async () => {
    window.clearTimeout(timer);
    if (!changed || sending) return;
    changed = false;
    takeFreshToken(form);
    const typed = new FormData(form);
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body: new URLSearchParams(typed), headers: { Accept: "application/json" }, keepalive: true,
      });
      if (answer.status === 409) throw new Error("changed elsewhere");
      if (answer.status === 401 || answer.status === 403) throw new Error("signed out");
      const saved = await answer.json();
      if (!saved.saved) throw new Error("not saved");
      if (told) told.textContent = `Draft saved, ${saved.at}`;
    } catch (problem) {
      changed = true;
      if (told) told.textContent = TOLD[problem.message] ||
        "The draft could not be saved just now. Keep this page open; it will try again.";
      if (!TOLD[problem.message]) timer = window.setTimeout(save, WAIT * 5);
    }
  };
  form.addEventListener("input", () => {
    changed = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, WAIT);
  });
  form.addEventListener("submit", () => {
    takeFreshToken(form);
    sending = true;
    window.clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => { sending = false; });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
}
