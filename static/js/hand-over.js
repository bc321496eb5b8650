// Before a page leaves because its session is over, it hands over what was typed; the server gives it back after signing in.
// Only forms with the server's own box do so, and nothing but holding happens to what they hand over.
const touched = new Set();

export function watchTyping(form) {
  form.addEventListener("input", () => touched.add(form));
  form.addEventListener("change", () => touched.add(form));
}

/** @param {string} address */
export async function handOver(address) {
  for (const form of document.querySelectorAll("form")) {
    const box = form.elements.holder;
    if (!box || !("keeps" in box.dataset)) continue;
    if (!touched.has(form) && !("returned" in box.dataset)) continue;
    const typed = new FormData(form);
    const told = { Accept: "application/json", "X-Session-Passive": "1" };
    // One after another: the first answer brings the session in which the others are held as well.
    await fetch(address, {
      method: "POST", body: new URLSearchParams(typed), headers: told, credentials: "same-origin", redirect: "manual",
    }).catch(() => {});
  }
}
