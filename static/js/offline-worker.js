// The service worker: the network first; a kept copy, labelled as one, where the network does not answer.
import {
  copyOf, halt, helpPage, isPrivate, isThing, keepGuidance, keepSeen, labelled, look, lostTouch, settle, thing,
} from "./offline-shelf.js";

const PATIENCE = 4000; // milliseconds to wait for the network where there is a copy
const UNREACHED = [502, 503, 504]; // something in between answered, not the site

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(look({ now: true }));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** The network has answered: keep or remove, and see whether anything was withdrawn. */
async function heard(path, response, waiting) {
  if (UNREACHED.includes(response.status)) return;
  await settle(path, response, waiting);
  await look();
}

async function page(event, path) {
  // The browser's own cache may be minutes old: it has to ask whether the page is still what it was.
  const network = fetch(event.request, { cache: "no-cache" });
  let given = ""; // the tab that was given a copy
  event.waitUntil(network.then((response) => heard(path, response.clone(), given), lostTouch));
  const copy = await copyOf(path);
  if (!copy) return network.catch(helpPage);
  const failed = network.then((response) => (UNREACHED.includes(response.status) ? "failed" : response), () => "failed");
  const first = await Promise.race([failed, new Promise((late) => setTimeout(late, PATIENCE, "late"))]);
  if (first instanceof Response) return first;
  given = event.resultingClientId;
  return labelled(copy, first === "failed");
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (/^\/(referrals|triage|accounts|admin)(\/|$)/.test(url.pathname)) return;
    // An address with a question in it, and a form, are never kept: the network, or the page that says how to get help.
    if (url.search || isPrivate(url.pathname)) event.respondWith(fetch(request).catch(helpPage));
    else event.respondWith(page(event, url.pathname));
  } else if (isThing(url.pathname)) event.respondWith(thing(request));
});

self.addEventListener("message", (event) => {
  const { seen, guidance, online, stop } = event.data;
  if (stop || seen) halt(Boolean(stop));
  event.waitUntil(
    (async () => {
      await look({ now: Boolean(online) });
      if (seen) await keepSeen(seen);
      if (guidance) await keepGuidance();
    })().catch(lostTouch),
  );
});
