// Warns before the session ends, and lets a person stay by one key. Without this script the server signs out all the same.
import { handOver } from "./hand-over.js";

const SECOND = 1000;
const GRACE = 2 * SECOND; // so that the server has surely ended the session by its own clock
const SPOKEN_AT = [120, 60, 30, 10]; // seconds before the end

/** @param {number} seconds */
function words(seconds) {
  const [count, unit] = seconds >= 60 ? [Math.ceil(seconds / 60), "minute"] : [seconds, "second"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

/** @param {HTMLDialogElement} dialog */
export function watchSession(dialog) {
  const { status, keep, hold, signIn } = dialog.dataset;
  const warnBefore = Number(dialog.dataset.warnBefore);
  const shown = dialog.querySelector("[data-left]");
  const spoken = dialog.querySelector("[data-spoken]");
  const token = dialog.querySelector("[name=csrfmiddlewaretoken]").value;
  let end = Date.now() + Number(dialog.dataset.endsIn) * SECOND;
  let warned = false;
  let leaving = false;

  const left = () => Math.max(0, Math.ceil((end - Date.now()) / SECOND));

  const leave = async () => {
    if (leaving) return;
    leaving = true;
    await handOver(hold);
    window.location.assign(`${signIn}?ended=idle&next=${encodeURIComponent(window.location.pathname)}`);
  };

  /** Ask the server, in case another tab was busy. Looking is not activity. */
  async function look(address, method) {
    const headers = { Accept: "application/json", "X-CSRFToken": token };
    if (method === "GET") headers["X-Session-Passive"] = "1";
    const answer = await fetch(address, { method, headers, credentials: "same-origin", cache: "no-store" });
    if (answer.status === 401) return leave();
    if (answer.ok) end = Date.now() + (await answer.json()).ends_in * SECOND;
  }

  function close() {
    warned = false;
    if (dialog.open) dialog.close();
  }

  async function stay() {
    try {
      await look(keep, "POST");
      close();
    } catch {
      spoken.textContent = "The site did not answer. Try again.";
    }
  }

  dialog.querySelector("[data-stay]").addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault(); // Escape means “I am still here”.
    stay();
  });

  setInterval(async () => {
    if (left() > warnBefore) {
      if (warned) close();
      return;
    }
    if (!warned) {
      warned = true;
      try {
        await look(status, "GET");
      } catch {
        // No answer: warn by our own clock.
      }
      if (left() > warnBefore) return;
      // The referral form saves what is typed when it hears this.
      document.dispatchEvent(new CustomEvent("session:ending", { detail: { secondsLeft: left() } }));
      if (typeof dialog.showModal === "function" && !dialog.open) dialog.showModal();
      dialog.querySelector("[data-stay]").focus();
    }
    const seconds = left();
    shown.textContent = words(seconds);
    if (SPOKEN_AT.includes(seconds)) spoken.textContent = `You will be signed out in ${words(seconds)}.`;
    if (Date.now() > end + GRACE) leave();
  }, SECOND);

  // Saving a draft, or any other request of the page, may say how long the session now lasts.
  document.addEventListener("session:kept", (event) => {
    end = Date.now() + event.detail.endsIn * SECOND;
    close();
  });
}
