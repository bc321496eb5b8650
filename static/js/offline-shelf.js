// What the service worker keeps on the device: public pages of the site's own list, and what they need to look right.
// Nothing else can come in: not a private page, not a search, not an answer to a form, nothing from another site.
const PAGES = "ir-pages-1";
const THINGS = "ir-things-1";
const LIST = "/offline/pages.json";
const HELP = "/offline/"; // shown for what is not kept
const PRIVATE = /^\/(referrals|triage|accounts|admin|refer|search)(\/|$)|\/plan\/$/;
const KEPT_ON = "X-IR-Kept-On";
const VERSION = "X-IR-Version";
const NAME = "X-IR-Name";
const OLDEST = 60 * 24 * 60 * 60 * 1000; // milliseconds: a copy that nobody could check for so long is not shown
const MOST_SEEN = 40; // pages that a reader has opened, beside the guidance
const BETWEEN_LOOKS = 60 * 1000; // milliseconds between two looks at the list
const PAUSE = 100; // milliseconds between two fetches that nobody waits for

let looked = 0;
let stopped = false;
let known;

const rest = (time) => new Promise((done) => setTimeout(done, time));
const plainly = { credentials: "omit", cache: "no-cache" };
const savesData = () => navigator.connection?.saveData || /2g/.test(navigator.connection?.effectiveType);

export const isPrivate = (path) => PRIVATE.test(path);

/** Stops all keeping, or lets it begin again: as the reader asked. */
export function halt(asked) {
  stopped = asked;
}

async function list() {
  known ??= (await (await caches.match(LIST))?.json()) ?? { version: "", pages: [], guidance: [], assets: [] };
  return known;
}

async function mayKeep(path, response) {
  return (
    !stopped &&
    !isPrivate(path) &&
    (await list()).pages.includes(path) &&
    response.status === 200 &&
    response.type === "basic" &&
    !response.redirected &&
    /^text\/html/.test(response.headers.get("Content-Type")) &&
    !/no-store|private/.test(response.headers.get("Cache-Control"))
  );
}

/** Returns a response to keep: as it came, with when it was kept and at which version of the site. */
function stamped(response, body, version) {
  const headers = new Headers(response.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name); // the body is unpacked already
  const name = /<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1].replace(/<[^>]*>/g, " ").replace(/\s+/g, " ").trim();
  headers.set(KEPT_ON, new Date().toISOString());
  headers.set(VERSION, version);
  if (name) headers.set(NAME, encodeURIComponent(name));
  return new Response(body, { status: 200, headers });
}

async function keepThings(html) {
  const shelf = await caches.open(THINGS);
  const named = html.matchAll(/(?:src|href)="(\/(?:static|pictures)\/[^"]+|\/procedures\/[a-z0-9-]+\/steps\/\d+\.svg)"/g);
  for (const address of new Set([...named].map((found) => found[1]))) {
    if (stopped || (await shelf.match(address)) || (savesData() && !address.startsWith("/static/"))) continue;
    const response = await fetch(address, { credentials: "omit" }).catch(() => undefined);
    if (response?.status === 200 && !stopped) await shelf.put(address, response);
  }
}

/** Keeps a page that the network answered with, and what it needs; removes one that is gone, also from the tab that has a copy of it. */
export async function settle(path, response, waiting) {
  if (response.status === 404 || response.status === 410) return drop(path, (tab) => tab === waiting);
  if (!(await mayKeep(path, response))) return;
  const html = await response.text();
  const pages = await caches.open(PAGES);
  const before = await pages.match(path);
  if (before && before.headers.get("ETag") !== response.headers.get("ETag")) await dropSteps(path);
  await pages.put(path, stamped(response, html, (await list()).version));
  await keepThings(html);
  await trim();
}

async function dropSteps(path) {
  const things = await caches.open(THINGS);
  for (const { url } of await things.keys()) if (new URL(url).pathname.startsWith(`${path}steps/`)) await things.delete(url);
}

/** Removes a page. A tab that shows it loads anew, and says what the site says now. */
async function drop(path, shows = () => true) {
  const pages = await caches.open(PAGES);
  if (!(await pages.delete(path))) return;
  await dropSteps(path);
  for (const client of await self.clients.matchAll()) {
    if (new URL(client.url).pathname === path && shows(client.id)) client.navigate(client.url).catch(() => {});
  }
}

async function trim() {
  const { guidance } = await list();
  const pages = await caches.open(PAGES);
  const seen = (await paths(pages)).filter((path) => !guidance.includes(path));
  for (const path of seen.slice(0, Math.max(0, seen.length - MOST_SEEN))) await pages.delete(path);
}

const paths = async (cache) => (await cache.keys()).map(({ url }) => new URL(url).pathname);

/** Fetches a page anew if it changed, asking by its mark, so that an unchanged one costs a few bytes. */
async function refresh(path, version, copy) {
  const mark = copy?.headers.get("ETag");
  const response = await fetch(path, mark ? { credentials: "omit", cache: "no-store", headers: { "If-None-Match": mark } } : plainly);
  if (response.status === 304) {
    const html = await copy.text();
    if (!stopped) await (await caches.open(PAGES)).put(path, stamped(copy, html, version));
    await keepThings(html);
  } else await settle(path, response);
}

/** Looks at the site's list: what is no longer on it goes, what may have changed is fetched anew. */
export async function look({ now = false } = {}) {
  if (stopped || (!now && Date.now() - looked < BETWEEN_LOOKS)) return;
  looked = Date.now();
  try {
    const response = await fetch(LIST, plainly);
    if (!response.ok) throw new Error(response.statusText);
    const things = await caches.open(THINGS);
    const fresh = await response.clone().json();
    if (stopped) return;
    await things.put(LIST, response);
    known = fresh;
    const pages = await caches.open(PAGES);
    for (const path of await paths(pages)) if (!fresh.pages.includes(path)) await drop(path);
    const help = await things.match(HELP);
    if (help?.headers.get(VERSION) !== fresh.version) await keepHelp(fresh);
    for (const path of await paths(pages)) {
      const copy = await pages.match(path);
      if (!copy || copy.headers.get(VERSION) === fresh.version) continue;
      await refresh(path, fresh.version, copy);
      await rest(PAUSE);
    }
  } catch {
    looked = 0; // no network: the next answer that comes leads to another look
  }
}

async function keepHelp({ version, assets }) {
  const response = await fetch(HELP, plainly);
  if (!response.ok || stopped) return;
  const things = await caches.open(THINGS);
  const html = await response.text();
  const needed = [...assets, ...[...html.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map((found) => found[1])];
  for (const { url } of await things.keys()) {
    const { pathname } = new URL(url);
    if (pathname.startsWith("/static/") && !needed.includes(pathname)) await things.delete(url);
  }
  await keepThings(needed.map((address) => `src="${address}"`).join());
  await things.put(HELP, stamped(response, html, version));
}

/** Keeps the page that was open before the worker was there. */
export async function keepSeen(path) {
  if ((await list()).pages.includes(path)) await settle(path, await fetch(path, plainly));
}

/** Fetches all guidance, one page at a time; not where the reader saves data or the line is slow. */
export async function keepGuidance() {
  if (savesData()) return;
  const { guidance, version } = await list();
  const pages = await caches.open(PAGES);
  for (const path of guidance) {
    if (stopped || (await pages.match(path))) continue;
    await refresh(path, version);
    await rest(PAUSE);
  }
}

export async function copyOf(path) {
  const copy = isPrivate(path) ? undefined : await (await caches.open(PAGES)).match(path);
  return copy && Date.now() - new Date(copy.headers.get(KEPT_ON)) < OLDEST ? copy : undefined;
}

/** Returns a kept copy with a line at its top that says what it is. */
export async function labelled(copy, isOffline) {
  const day = new Date(copy.headers.get(KEPT_ON)).toLocaleString("en-GB", {
    timeZone: "Europe/London", day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit", hour12: true,
  });
  const label = `<div class="nhsuk-inset-text"><p><strong>${isOffline ? "You are offline." : "The site is slow to answer."}</strong>
    This copy was kept on ${day}. The page may have changed since. <a href="">Try again</a></p>
    <p>If you are not sure, ask your own team. In an emergency, call 999.</p></div>`;
  return new Response((await copy.text()).replace(/<main[^>]*>/, (main) => main + label), { headers: copy.headers });
}

/** Returns the page for what is not kept, with links to what is. */
export async function helpPage() {
  const copy = await caches.match(HELP);
  if (!copy) return Response.error();
  const pages = await caches.open(PAGES);
  const rows = [];
  for (const path of await paths(pages)) {
    const name = (await pages.match(path)).headers.get(NAME);
    if (name && (await copyOf(path))) rows.push([decodeURIComponent(name), path]);
  }
  const links = rows.sort().map(([name, path]) => `<li><a href="${path}">${name}</a></li>`).join("");
  const html = (await copy.text()).replace(/<ul data-kept-pages[^>]*>.*?<\/ul>/s, `<ul class="nhsuk-list">${links}</ul>`);
  return new Response(html, { status: 503, headers: copy.headers });
}

/** Answers for a style sheet, a script or a picture: those named by their content from the shelf, drawings from the network first. */
export async function thing(request) {
  const { pathname } = new URL(request.url);
  const copy = await (await caches.open(THINGS)).match(pathname);
  if (!copy) return fetch(request);
  return pathname.startsWith("/procedures/") ? fetch(request).catch(() => copy) : copy;
}

export const isThing = (path) => /^\/(static|pictures)\/|^\/procedures\/[a-z0-9-]+\/steps\/\d+\.svg$/.test(path);

/** Makes the next look a real one: the network was away. */
export function lostTouch() {
  looked = 0;
}
