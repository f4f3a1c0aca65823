// Every page in both themes and two widths: axe-core finds nothing, nothing sticks out
// sideways at 360 pixels or at 200 % zoom, the console is silent, no other origin is asked.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, test } from "node:test";

import { Browser } from "./browser.mjs";
import { pages_of } from "./pages.mjs";
import { Site } from "./site.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const site = await Site.start();
const browser = await Browser.start(site);
after(async () => {
  await browser.end();
  await site.end();
});

const violations = async (page) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (tags) => window.axe.run({ runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }), rules);
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).slice(0, 3).join(" ")}`);
};

const widths = (page) => page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);

const looks = [
  { name: "light", theme: "light", width: 1280 },
  { name: "dark", theme: "dark", width: 1280 },
  { name: "light at 360", theme: "light", width: 360 },
  { name: "dark at 360", theme: "dark", width: 360 },
];

for (const [name, path] of Object.entries(await pages_of(site))) {
  for (const look of looks)
    test(`${name}, ${look.name}`, async () => {
      const page = await browser.open(path, look);
      assert.deepEqual(await violations(page), []);
      const [content, window] = await widths(page);
      assert.ok(content <= window, `${content} px of content in a window of ${window}`);
      await browser.close(page);
    });

  // What a browser does at 200 %: half the room, twice the pixels.
  test(`${name}, 200 %`, async () => {
    const page = await browser.open(path, { width: 640, height: 400, scale: 2 });
    const [content, window] = await widths(page);
    assert.ok(content <= window, `${content} px of content in a window of ${window}`);
    await browser.close(page);
  });
}

test("the pages are silent and ask nobody else", () => assert.deepEqual(browser.faults, []));
