// Pictures of pages in both themes at two widths, for eyes to judge:
//   node pictures.mjs FOLDER [PAGE...]      what the first screen shows; FULL=1: whole pages
// And the few that README shows:
//   node pictures.mjs --readme FOLDER
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { Browser } from "./browser.mjs";
import { pages_of } from "./pages.mjs";
import { Site } from "./site.mjs";

const shown_in_readme = [
  { page: "front", width: 1120, height: 760, theme: "light" },
  { page: "edited", width: 1120, height: 720, theme: "dark" },
  { page: "coverage", width: 1120, height: 760, theme: "light" },
  { page: "front", width: 360, height: 720, theme: "dark" },
];

const is_for_readme = process.argv[2] === "--readme";
const [folder, ...wanted] = process.argv.slice(is_for_readme ? 3 : 2);
mkdirSync(folder, { recursive: true });
const site = await Site.start();
const browser = await Browser.start(site);
try {
  const pages = await pages_of(site);
  const all = Object.keys(pages).filter((name) => wanted.length === 0 || wanted.includes(name)).flatMap((page) =>
    ["light", "dark"].flatMap((theme) => [1280, 360].map((width) => ({ page, theme, width, height: 800 }))));
  for (const { page: name, ...look } of is_for_readme ? shown_in_readme : all) {
    const page = await browser.open(pages[name], look);
    const path = join(folder, `${name}-${look.width}-${look.theme}.png`);
    await page.screenshot({ path, fullPage: process.env.FULL === "1" });
    await browser.close(page);
  }
} finally {
  await browser.end();
  await site.end();
}
