// Starts the service worker that keeps pages for when there is no network, once the page is there and idle; and, on the
// privacy page, lets a reader delete what is kept.
const NO = "ir-keep-no-pages";
const SETTLED = 3000; // milliseconds after a first visit has loaded
const STAYED = 20000; // milliseconds: who stays so long on a first page gets the guidance too
const workers = navigator.serviceWorker;
const address = document.querySelector("script[data-worker]")?.dataset.worker;

function refused() {
  try {
    return localStorage.getItem(NO);
  } catch {
    return true; // a browser that keeps nothing is asked for nothing
  }
}

async function begin() {
  const known = workers.controller;
  await workers.register(address);
  const { active } = await workers.ready;
  active.postMessage({ seen: location.pathname, guidance: Boolean(known) });
  if (!known) setTimeout(() => refused() || active.postMessage({ guidance: true }), STAYED);
  addEventListener("online", () => active.postMessage({ online: true }));
}

async function forget() {
  localStorage.setItem(NO, "1");
  for (const one of await workers.getRegistrations()) {
    one.active?.postMessage({ stop: true });
    await one.unregister();
  }
  for (const name of await caches.keys()) if (name.startsWith("ir-")) await caches.delete(name);
}

function offerToForget() {
  const box = document.querySelector("[data-kept-copies]");
  if (!box) return;
  const button = box.querySelector("button");
  const said = box.querySelector("[role=status]");
  const name = () => {
    button.textContent = refused() ? "Keep pages on this device again" : "Delete the copies, and keep no more";
  };
  button.addEventListener("click", async () => {
    if (refused()) {
      localStorage.removeItem(NO);
      await begin();
      said.textContent = "Pages that you open are kept on this device from now on.";
    } else {
      await forget();
      said.textContent = "The copies on this device are deleted. No more will be kept.";
    }
    name();
  });
  name();
  box.hidden = false;
}

export function keepPages() {
  if (!workers || !address) return;
  offerToForget();
  if (refused()) return;
  const idle = window.requestIdleCallback ?? setTimeout;
  const start = () => setTimeout(() => idle(() => begin().catch(() => {})), workers.controller ? 0 : SETTLED);
  if (document.readyState === "complete") start();
  else addEventListener("load", start);
}
