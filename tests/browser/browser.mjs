// Debian's Chromium in a fresh profile. What a page does that it should not (an error in
// the console, a request to another origin) is remembered in `faults`.
import { chromium } from "playwright-core";

export const executable = process.env.CHROMIUM ?? "/usr/bin/chromium";

export const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--force-color-profile=srgb"];

export class Browser {
  static async start(site) {
    const browser = new Browser();
    browser.site = site;
    browser.faults = [];
    browser.chromium = await chromium.launch({ executablePath: executable, headless: true, args: flags });
    return browser;
  }

  // A window of its own, with no cookie yet. `look`: theme, width, height, scale, language, script.
  async open(path, look = {}) {
    const { theme = "light", width = 1280, height = 800, scale = 1, language = "fi", script = true } = look;
    const context = await this.chromium.newContext({ baseURL: this.site.address, colorScheme: theme, locale: language,
      viewport: { width, height }, deviceScaleFactor: scale, javaScriptEnabled: script, timezoneId: "Europe/Helsinki", reducedMotion: "reduce" });
    const page = await context.newPage();
    page.on("console", (message) => {
      const is_expected = message.text().includes("status of 4");  // a page that is meant to be an error
      if (["error", "warning"].includes(message.type()) && !is_expected) this.faults.push(`${path}: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.faults.push(`${path}: ${error}`));
    page.on("request", (request) => {
      if (!request.url().startsWith(this.site.address + "/")) this.faults.push(`${path}: asked ${request.url()}`);
    });
    await page.goto(path);
    return page;
  }

  async close(page) {
    await page.context().close();
  }

  async end() {
    await this.chromium.close();
  }
}
