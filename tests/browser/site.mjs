// The program under test: `sotevahti demo` in a folder of its own, which is gone at the
// end. One source is added that nobody answers, so that trouble has something to show.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export const program = process.env.SOTEVAHTI ?? new URL("../../build/dev/sotevahti", import.meta.url).pathname;

const closed_port = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

// Calls `look` until it gives something.
export const until = async (what, look, seconds = 60) => {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(100)) {
    const seen = await look();
    if (seen) return seen;
  }
  throw new Error(`waited ${seconds} s for ${what}`);
};

export class Site {
  static async start() {
    const site = new Site();
    site.folder = mkdtempSync(join(tmpdir(), "sotevahti-browser-"));
    let output = "";
    site.process = spawn(program, ["demo", "--into", site.folder], { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [site.process.stdout, site.process.stderr]) stream.on("data", (text) => (output += text));
    try {
      site.address = await until("the demo's web", () => {
        if (site.process.exitCode !== null) throw new Error(`the demo ended:\n${output}`);
        return output.match(/^web\s+(http:\S+)\//m)?.[1];
      });
      await site.#add_broken_source();
      return site;
    } catch (failure) {
      await site.end();
      throw failure;
    }
  }

  async get(path) {
    const answer = await fetch(this.address + path);
    return answer.json();
  }

  // The first entry of which that is true.
  async entry(is_wanted) {
    const { entries } = await this.get("/api/v1/entries?q=story:all&limit=500");
    const found = entries.find(is_wanted);
    if (!found) throw new Error("the demo has no such entry");
    return found;
  }

  async edited() {
    const { entries } = await this.get("/api/v1/entries?q=story:all&limit=500");
    for (const { id } of entries) {
      const entry = await this.get(`/api/v1/entries/${id}`);
      if (entry.revisions.length > 0) return entry;
    }
    throw new Error("the demo has no edited entry");
  }

  // "/digests/...", as a mail names it, once it has come.
  link(folder) {
    return until(`a mail with /${folder}/`, () => this.#mails().match(new RegExp(`/${folder}/[\\w-]{10,}`))?.[0]);
  }

  // What the form at /subscribe sends.
  async sign_up(address) {
    const form = { address, area: "lappi", rhythm: "daily", at: "07:00", language: "fi", action: "subscribe" };
    const answer = await fetch(this.address + "/subscribe", { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
    if (answer.status !== 303) throw new Error(`signing up: ${answer.status}`);
  }

  async end() {
    if (this.process.exitCode === null) {
      const ended = new Promise((done) => this.process.once("exit", done));
      this.process.kill("SIGTERM");
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  #mails() {
    const outbox = join(this.folder, "outbox");
    const names = readdirSync(outbox).filter((name) => name.endsWith(".eml"));
    return names.map((name) => readFileSync(join(outbox, name), "utf8").replaceAll(/=\r?\n/g, "")).join("\n");
  }

  async #add_broken_source() {
    const feed = `[[feed]]\nid = "soite-uutiset"\ntitle = "Soite: uutiset"\npublisher = "Soite"\n` +
      `url = "http://127.0.0.1:${await closed_port()}/feed"\narea = "keski-pohjanmaa"\nlang = "fi"\nkind = "news"\n`;
    writeFileSync(join(this.folder, "feeds.d", "soite.toml"), feed);
    this.process.kill("SIGHUP");
    await until("the broken source to fail", async () => {
      const { feeds } = await this.get("/api/v1/feeds");
      return feeds.find((each) => each.id === "soite-uutiset")?.state === "failing";
    });
  }
}
