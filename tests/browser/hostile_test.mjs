// Every hostile case of tests/hostile in Chromium: entry pages, lists, mails and digest pages, with the
// Content-Security-Policy as it is and taken off. Nothing of a feed runs and nothing loads.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { executable, flags } from "./browser.mjs";

const here = (path) => new URL(path, import.meta.url).pathname;
let python, browser, site;

before(async () => {
  python = spawn("/usr/bin/python3", [here("../hostile/site.py"), "description", "xhtml", "rss-title"],
    { env: { ...process.env, PYTHONPATH: here("../system") }, stdio: ["pipe", "pipe", "inherit"] });
  const [line] = await new Promise((done, failed) => {
    createInterface(python.stdout).once("line", (text) => done([text]));
    python.once("exit", () => failed(new Error("the site did not start")));
  });
  site = JSON.parse(line);
  browser = await chromium.launch({ executablePath: executable, headless: true, args: flags });
});

after(async () => {
  await browser?.close();
  python?.stdin.end();
});

// A window in which whatever a feed gets to do is written down.
const watched = async (options) => {
  const context = await browser.newContext({ ...options, acceptDownloads: false, viewport: { width: 360, height: 800 } });
  const faults = [];
  let now = "";
  await context.exposeFunction("hit", () => faults.push(`${now}: script ran`));
  await context.addInitScript(() => {
    for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.hit();
  });
  await context.route("**", (route) => {
    const address = route.request().url();
    if (address.startsWith(site.address + "/")) return route.continue();
    faults.push(`${now}: asked ${address.slice(0, 100)}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.on("dialog", (dialog) => { faults.push(`${now}: dialog`); dialog.dismiss(); });
  page.on("popup", () => faults.push(`${now}: window opened`));
  page.on("framenavigated", (frame) => { if (frame !== page.mainFrame()) faults.push(`${now}: frame ${frame.url()}`); });
  return { page, faults, look: (what) => (now = what), end: () => context.close() };
};

// What waits for a reader's hand: handlers and addresses that would run. Clicks and focus on everything we may.
const provoke = (page) =>
  page.evaluate(() => {
    const found = [];
    for (const element of document.querySelectorAll("*")) {
      for (const { name } of element.attributes) if (name.startsWith("on")) found.push(`${element.tagName} ${name}`);
      for (const name of ["href", "src", "action", "formaction", "data"]) {
        const address = element[name];
        if (typeof address === "string" && /^\s*(javascript|vbscript|data|blob|filesystem|file):/i.test(address)) found.push(address.slice(0, 80));
      }
      if (!element.closest("header, form")) for (const kind of ["mouseover", "focus", "error", "load", "animationstart", "toggle"]) element.dispatchEvent(new Event(kind));
    }
    const own = document.querySelectorAll("script").length;
    if (own !== document.querySelectorAll('script[src^="/site.js"]').length) found.push(`${own} scripts`);
    return found;
  });

// A page as wide as its window: nothing pushes our own words out of sight.
const beyond = (page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`${scrollWidth} pixels wide in a window of ${clientWidth}`] : [];
  });

test("the watch sees what runs, loads and waits", { timeout: 60_000 }, async () => {
  const { page, faults, end } = await watched({ bypassCSP: true });
  await page.goto(site.address + "/healthz");
  await page.setContent(`<script>hit()</script><img src=x onerror=hit()><img src=http://canary.invalid/a>
    <iframe srcdoc="<script>parent.hit()</script>"></iframe><svg onload=hit()></svg>`);
  const waiting = await provoke(page);
  assert.ok(faults.filter((fault) => fault.includes("script ran")).length >= 3, String(faults));
  assert.ok(faults.some((fault) => fault.includes("canary.invalid")));
  assert.ok(waiting.some((fault) => fault.includes("onerror")) && waiting.some((fault) => fault.includes("1 scripts")), String(waiting));
  await end();
});

for (const bypassCSP of [false, true]) {
  test(`entry pages, policy ${bypassCSP ? "taken off" : "on"}`, { timeout: 600_000 }, async () => {
    const views = await Promise.all([watched({ bypassCSP }), watched({ bypassCSP })]);
    // The policy can only take away: with it, every case by one carrier is enough.
    const left = site.entries.filter((entry) => bypassCSP || entry.carrier === "description");
    await Promise.all(views.map(async ({ page, faults, look }) => {
      for (let entry; (entry = left.pop());) {
        look(`${entry.carrier} ${entry.html}`);
        const path = entry.path;
        await page.goto(site.address + path, { waitUntil: "load" });
        for (const fault of [...await provoke(page), ...await beyond(page)]) faults.push(`${entry.carrier} ${entry.html}: ${fault}`);
        assert.equal(new URL(page.url()).pathname, path);
      }
    }));
    for (const view of views) {
      assert.deepEqual(view.faults, []);
      await view.end();
    }
  });

  test(`lists, policy ${bypassCSP ? "taken off" : "on"}`, { timeout: 120_000 }, async () => {
    const { page, faults, look, end } = await watched({ bypassCSP });
    for (const path of ["/?q=story:all", "/?q=alku&lang=en", "/feeds", "/areas", "/coverage", "/deadlines"]) {
      look(path);
      await page.goto(site.address + path, { waitUntil: "load" });
      for (const fault of [...await provoke(page), ...await beyond(page)]) faults.push(`${path}: ${fault}`);
    }
    assert.deepEqual(faults, []);
    await end();
  });
}

test("mails", { timeout: 120_000 }, async () => {
  assert.ok(site.letters.length > 10);
  const { page, faults, look, end } = await watched({ bypassCSP: true });
  for (const file of site.letters) {
    look(file);
    await page.goto(site.address + "/healthz");
    await page.setContent(readFileSync(file, "utf8"), { waitUntil: "load" });
    for (const fault of [...await provoke(page), ...await beyond(page)]) faults.push(`${file}: ${fault}`);
  }
  assert.deepEqual(faults, []);
  await end();
});
