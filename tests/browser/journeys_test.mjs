// What readers do on the pages: narrow, search, read an edit, change the language, use
// the keyboard alone, print, and do without script.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { Browser } from "./browser.mjs";
import { Site } from "./site.mjs";

const site = await Site.start();
const browser = await Browser.start(site);
after(async () => {
  await browser.end();
  await site.end();
});

// A test with a page, which is closed after it.
const journey = (name, path, look, steps) =>
  test(name, async () => {
    const page = await browser.open(path, look);
    try {
      await steps(page);
    } finally {
      await browser.close(page);
    }
  });

const heading = (page) => page.locator("h1").innerText();
const asked = (page) => new URL(page.url()).searchParams.get("q");
const focused = (page) => page.evaluate(() => document.activeElement.textContent.trim());

journey("the first screen tells what happened", "/", {}, async (page) => {
  assert.match(await heading(page), /^Tänään \d+ uutta asiaa$/);
  const in_sight = await page.locator(".stories article").evaluateAll(
    (stories) => stories.filter((story) => story.getBoundingClientRect().bottom < innerHeight).length);
  assert.ok(in_sight >= 4, `${in_sight} stories on the first screen`);
  assert.ok(await page.locator(".closing li").first().isVisible());
});

journey("the map is read without colour", "/", {}, async (page) => {
  const tiles = page.locator(".map a");
  assert.equal(await tiles.count(), 25);
  assert.match(await tiles.nth(1).getAttribute("aria-label"), /^LAP \d+, Lappi$/);
  assert.match((await tiles.nth(1).locator("text").allTextContents()).join(" "), /^LAP \d+$/);
});

journey("a facet narrows without loading the page anew, and back widens", "/", {}, async (page) => {
  await page.evaluate(() => (window.still_here = true));
  const before = await heading(page);
  const facet = page.locator(".facets a", { hasText: "Varsinais-Suomi" }).first();
  const count = Number(await facet.locator("xpath=following-sibling::span").innerText());
  await facet.click();
  await page.waitForURL(/q=area/);
  assert.equal(asked(page), "area:varsinais-suomi");
  await page.getByRole("heading", { level: 1, name: `${count} asiaa löytyi` }).waitFor();
  assert.equal(await page.inputValue("#q"), "area:varsinais-suomi");
  assert.equal(await page.locator(".facets [aria-current]").first().innerText(), "Varsinais-Suomi");
  assert.match(await page.locator("[role=status]").textContent(), /asiaa löytyi/);
  await page.locator(".conditions a").click();
  await page.getByRole("heading", { level: 1, name: before }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: `${count} asiaa löytyi` }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: before }).waitFor();
  assert.equal(await page.evaluate(() => window.still_here), true);
});

journey("a tile of the map narrows too", "/", {}, async (page) => {
  await page.evaluate(() => (window.still_here = true));
  await page.locator(".map a[aria-label$='Pirkanmaa']").click();
  await page.locator(".map a.chosen").waitFor();
  assert.equal(asked(page), "area:pirkanmaa");
  assert.equal(await page.evaluate(() => window.still_here), true);
});

journey("a jump within the page stays on it", "/", { width: 360 }, async (page) => {
  await page.evaluate(() => (window.still_here = document.querySelector("main")));
  await page.locator(".jump a").click();
  await page.waitForFunction(() => scrollY > 100);
  assert.ok(await page.evaluate(() => window.still_here === document.querySelector("main")));
});

journey("a search finds the inflected word and marks it", "/", {}, async (page) => {
  await page.fill("#q", "avustuksista");
  await page.press("#q", "Enter");
  await page.waitForURL(/q=avustuksista/);
  const marked = (await page.locator(".snippet mark").allInnerTexts()).map((word) => word.toLowerCase());
  assert.ok(marked.includes("järjestöavustusten"), marked.join(", "));
  assert.ok(marked.includes("avustukset"), marked.join(", "));
});

journey("a mistake is shown where it is, with what was meant", "/?q=avustus%20area%3Alapi", {}, async (page) => {
  assert.equal(await page.locator(".asked mark").innerText(), "lapi");
  assert.match(await page.locator(".error").innerText(), /area:lappi/);
  assert.equal(await page.inputValue("#q"), "avustus area:lapi");
});

test("an edit is told by its facts first", async () => {
  const page = await browser.open(`/entry/${(await site.edited()).id}`);
  const change = page.locator(".changes li").first();
  const facts = await change.locator(".facts").innerText();
  assert.match(facts, /150\seuroa.*200\seuroa/s);
  assert.match(facts, /ennen:.*nyt:/s);
  assert.ok((await change.locator(".facts").boundingBox()).y < (await change.locator(".diff").boundingBox()).y);
  assert.equal(await change.locator(".diff del").first().innerText(), "150");
  assert.equal(await change.locator(".diff ins").first().innerText(), "200");
  assert.match(await page.locator(".deadline .moved").first().innerText(), /^siirtyi, oli /);
  await browser.close(page);
});

test("an entry shows its evidence, its twin and who else tells it", async () => {
  const { id } = await site.entry((entry) => entry.lang === "sv" && entry.tellings > 1 && entry.deadlines.length > 0);
  const page = await browser.open(`/entry/${id}`);
  assert.ok(await page.locator(".text mark.due").count() > 0);
  const reason = await page.locator(".why q").first().innerText();
  assert.ok((await page.locator(".entry mark.topic").allInnerTexts()).includes(reason));
  assert.ok(await page.locator(".tellings li").count() > 0);
  await page.locator(".twin a[lang=fi]").first().click();
  await page.waitForURL(/\/entry\/\d+$/);
  assert.equal(await page.locator("h1").getAttribute("lang"), "fi");
  await browser.close(page);
});

journey("the language is switched, and stays", "/deadlines", { language: "fi" }, async (page) => {
  assert.equal(await page.locator("html").getAttribute("lang"), "fi");
  await page.locator(".languages a[lang=sv]").click();
  assert.equal(await page.locator("html").getAttribute("lang"), "sv");
  assert.equal(new URL(page.url()).pathname, "/deadlines");
  await page.goto("/");
  assert.match(await heading(page), /I dag/);
  await page.locator(".languages a[lang=en]").click();
  assert.match(await heading(page), /new stories today/);
});

for (const [language, words] of [["sv-FI", /I dag/], ["en-GB", /today/], ["de-DE", /Tänään/]])
  journey(`the browser's own ${language} is heard`, "/", { language }, async (page) => assert.match(await heading(page), words));

test("dark and light are two papers", async () => {
  const papers = [];
  for (const theme of ["light", "dark"]) {
    const page = await browser.open("/", { theme });
    papers.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
    await browser.close(page);
  }
  assert.notEqual(papers[0], papers[1]);
});

journey("the keyboard alone: skip link, j and k, slash", "/", {}, async (page) => {
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Siirry sisältöön");
  assert.ok((await page.locator(".skip").boundingBox()).x >= 0);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  const titles = await page.locator("main article h3 a, main .agenda a").evaluateAll(
    (links) => links.filter((link) => link.checkVisibility()).map((link) => link.textContent.trim()));
  for (const [key, title] of [["j", 0], ["j", 1], ["j", 2], ["k", 1]]) {
    await page.keyboard.press(key);
    assert.equal(await focused(page), titles[title]);
  }
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  await page.keyboard.type("j/k");
  assert.equal(await page.inputValue("#q"), "j/k");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=j%2Fk/);
});

journey("every link and button is reached by Tab, and is seen to be", "/", {}, async (page) => {
  const reachable = await page.locator("a[href], button, input, summary, [tabindex='0']").evaluateAll(
    (all) => all.filter((each) => each.checkVisibility()).length);
  const seen = [];
  for (let i = 0; i < reachable; ++i) {
    await page.keyboard.press("Tab");
    seen.push(await page.evaluate(() => {
      const at = document.activeElement;
      const style = getComputedStyle(at);
      const shown = style.outlineStyle !== "none" || getComputedStyle(at.querySelector("rect") ?? at).stroke !== "none";
      at.dataset.visited = "1";
      return [at.tagName, shown, at.outerHTML.slice(0, 80)];
    }));
  }
  assert.equal(await page.locator("[data-visited]").count(), reachable);
  assert.deepEqual(seen.filter(([, shown]) => !shown), []);
});

journey("without script all of it works", "/", { script: false }, async (page) => {
  await page.locator(".facets a", { hasText: "Varsinais-Suomi" }).first().click();
  assert.equal(asked(page), "area:varsinais-suomi");
  await page.fill("#q", "avustus");
  await page.locator("form[role=search] button").click();
  assert.ok(await page.locator(".snippet mark").count() > 0);
  await page.locator(".languages a[lang=en]").click();
  assert.match(await heading(page), /found/);
  await page.goto("/");
  await page.locator(".more a").click();
  assert.ok(await page.locator(".stories article").count() > 0);
});

journey("the coverage names each kind of silence", "/coverage", {}, async (page) => {
  const row = (area) => page.locator("tbody tr", { has: page.locator(`th a[href='/areas/${area}']`) });
  assert.match(await row("keski-pohjanmaa").locator(".silence").innerText(), /lähde rikki/);
  assert.match(await row("etela-pohjanmaa").locator(".silence").innerText(), /ei lähdettä/);
  assert.ok(await row("varsinais-suomi").locator("[aria-label='ei osumia']").count() > 0);
  await row("varsinais-suomi").locator("a.n").first().click();
  assert.match(asked(page), /^area:varsinais-suomi topic:\S+ since:90d$/);
});

journey("the sources in trouble come first, with the cause", "/feeds", {}, async (page) => {
  const first = page.locator(".feeds tbody tr").first();
  assert.match(await first.innerText(), /Soite: uutiset/);
  assert.match(await first.innerText(), /yhteyttä ei saa/);
});

journey("an area shows its year, and where to follow it", "/areas/varsinais-suomi", {}, async (page) => {
  assert.equal(await page.locator(".spark rect").count(), 52);
  const follow = await page.locator(".outputs a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  for (const path of ["/feed.atom", "/feed.json", "/deadlines.ics", "/entries.csv"])
    assert.ok(follow.some((href) => href.startsWith(`${path}?q=area%3Avarsinais-suomi`)), path);
});

journey("a reader chooses, sees what it would bring, and asks for it", "/subscribe", {}, async (page) => {
  await page.check("input[name=area][value=varsinais-suomi]");
  await page.locator("#preview .forecast").waitFor();
  assert.match(await page.locator("#preview").innerText(), /\d/);
  await page.fill("#address", "anna");
  await page.locator("form[data-preview] button[value=subscribe]").click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "address", "the browser itself asks for an address");
  await page.fill("#address", "anna@yhdistys.example");
  await page.locator("form[data-preview] button[value=subscribe]").click();
  await page.waitForURL("**/subscribe/sent");
  await page.goto(await site.link("confirm"));
  assert.match(await page.locator("main").innerText(), /anna@yhdistys\.example|Varsinais-Suomi/);
  await page.locator("main form button").first().click();
  await page.waitForLoadState();
  assert.equal(await page.locator("main .error").count(), 0);
});

journey("asking works without script too, and a mistake is named at its place", "/subscribe", { script: false }, async (page) => {
  await page.check("input[name=topic][value=jarjestoavustukset]");
  await page.locator("button[value=preview]").click();
  assert.ok(await page.locator("#preview .forecast").isVisible());
  assert.ok(await page.isChecked("input[name=topic][value=jarjestoavustukset]"));
  await page.locator("form[data-preview]").evaluate((form) => (form.noValidate = true));
  await page.fill("#address", "anna@@");
  await page.locator("button[value=subscribe]").click();
  assert.equal(await page.getAttribute("#address", "aria-invalid"), "true");
});

journey("on paper only what is read", "/", {}, async (page) => {
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("header form").isVisible(), false);
  assert.equal(await page.locator(".facets").isVisible(), false);
  assert.ok(await page.locator(".stories article").first().isVisible());
});

test("the pages were silent and asked nobody else", () => assert.deepEqual(browser.faults, []));
