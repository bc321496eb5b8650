// Leaves out of the site's style sheet what no page can show: the design system brings far more than is used here, and every
// first visit pays for it. A rule stays if its classes stand in a template of ours, in a template of the design system that
// ours reach, in Python, or in a script. A class put together from parts, such as "nhsuk-card--" and a variant, keeps all that
// begin so; classes for sizes are put together in many ways and stay. A test looks at every public page for a class lost.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { PurgeCSS } from "purgecss";

const SHEET = "built/site.css";
const SIZES = /--(s|m|l|xl|small|large)$/;

const read = (file) => readFileSync(file, "utf8");
const words = (text) => text.match(/[\w-]+/g) ?? [];
const files = (folder, ending) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => ending.test(name))
    .map((name) => `${folder}/${name}`);

const designSystem = execFileSync(
  "python",
  ["-c", "import importlib.util as u; print(u.find_spec('nhsuk_frontend_jinja').submodule_search_locations[0])"],
  { encoding: "utf8" },
).trim();
const templates = new Set(files("templates", /\.(jinja|html)$/));
for (const file of templates) {
  for (const [name] of read(file).matchAll(/nhsuk\/[\w/-]+\.jinja/g)) {
    const found = `${designSystem}/templates/${name}`;
    if (existsSync(found)) templates.add(found); // a set grows while it is gone through
  }
}
const sources = [
  ...templates,
  ...["procedures", "referrals", "ir_info"].flatMap((room) => files(room, /\.py$/)),
  ...files("static/js", /\.js$/),
  ...["header", "skip-link"].flatMap((name) => files(`node_modules/nhsuk-frontend/dist/nhsuk/components/${name}`, /\.mjs$/)),
];
const begun = new Set(
  sources.flatMap((file) => words(read(file))).filter((word) => /^(nhsuk-.+|ir)-$/.test(word)),
);

const [kept] = await new PurgeCSS().purge({
  content: sources,
  css: [SHEET],
  defaultExtractor: words,
  dynamicAttributes: [...read(SHEET).matchAll(/\[([\w-]+)/g)].map(([, name]) => name), // judged by their classes alone
  safelist: [SIZES, ...[...begun].map((start) => new RegExp(`^${start}`))],
});
writeFileSync(SHEET, kept.css);
