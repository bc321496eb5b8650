// Puts drawings, and the design system's icons that style sheets name, beside the built style sheets.
import { cpSync, mkdirSync } from "node:fs";

mkdirSync("built/images", { recursive: true });
cpSync("static/drawings", "built", { recursive: true });
for (const name of ["arrow-down", "arrow-up", "arrow-up-down", "cross"]) {
  cpSync(`node_modules/nhsuk-frontend/dist/nhsuk/assets/images/nhsuk-icon-${name}.svg`, `built/images/nhsuk-icon-${name}.svg`);
}
