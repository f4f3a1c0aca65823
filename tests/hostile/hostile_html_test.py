"""Hostile HTML by every carrier, looked at in everything that goes out: another parser finds nothing that
runs, loads or breaks out, the words stay, and control characters are nowhere."""
import csv
import email
import email.policy
import io
import json
import re
import signal
import unittest
import urllib.request

import feedparser
import icalendar
from aiosmtpd.controller import Controller

import second_view
from carriers import CARRIERS, SITE, TITLES
from cases import CASES
from program import Folder, FeedServer, free_port

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
csv.field_size_limit(1 << 20)
LONG = 5000  # bytes; the other parser is slow with the longer ones
KINDS = list(dict.fromkeys(case.kind for case in CASES))


def make_room(folder, listen='listen = "127.0.0.1:0"'):
    toml = folder.path / "sotevahti.toml"
    text = toml.read_text("utf-8").replace('"1MiB"', '"8MiB"').replace('timeout = "3s"', 'timeout = "60s"')
    toml.write_text(text.replace('listen = "127.0.0.1:0"', listen), "utf-8")


def number_of(address):
    return int(address.rsplit("/", 1)[1])


def carrier_of(address):
    return address.split("/")[3]


class Outputs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = FeedServer()
        cls.folder = Folder()
        cls.port = free_port()
        make_room(cls.folder, f'listen = "127.0.0.1:{cls.port}"')
        rows = []
        for carrier, write in CARRIERS.items():
            for kind in KINDS:
                entries = [(n, case.whole) for n, case in enumerate(CASES) if case.kind == kind]
                content_type, document = write(entries)
                path = f"/{carrier}/{kind}"
                cls.server.pages[path] = (200, {"Content-Type": content_type}, document.encode("utf-8", "surrogatepass"))
                rows.append((f"{carrier}-{kind}", cls.server.url(path), ""))
        cls.folder.feeds(rows)
        cls.polled = cls.folder.run("poll", "--all", status=None)
        cls.service = cls.folder.start("serve")
        cls.service.stdout.readline()
        cls.entries = cls.pages_of("/api/v1/entries?q=story:all&limit=500", "entries")
        cls.items = cls.pages_of("/feed.json?q=story:all&limit=100", "items")

    @classmethod
    def tearDownClass(cls):
        cls.service.send_signal(signal.SIGTERM)
        cls.service.communicate(timeout=20)
        cls.server.shutdown()
        cls.server.server_close()
        cls.folder.remove()

    @classmethod
    def get(cls, path):
        address = path if path.startswith("http") else f"http://127.0.0.1:{cls.port}{path}"
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.read().decode("utf-8")

    @classmethod
    def pages_of(cls, path, member):
        found = []
        while path:
            page = json.loads(cls.get(path))
            found += page[member]
            path = page.get("next_url") or page.get("next")
        return found

    def test_every_entry_arrived(self):
        self.assertEqual(self.polled.returncode, 0, self.polled.stdout)
        arrived = {e["url"] for e in self.entries if e["url"].startswith(SITE)}
        for carrier, write in CARRIERS.items():
            _, document = write([(n, case.whole) for n, case in enumerate(CASES)])
            sent = {n for n in range(len(CASES)) if f"{SITE}/{carrier}/{n}\"" in document or f"{SITE}/{carrier}/{n}<" in document}
            came = {number_of(a) for a in arrived if carrier_of(a) == carrier}
            self.assertEqual(sorted(sent - came), [], f"lost by {carrier}")
            self.assertGreater(len(came), 20)

    def hostile(self, carriers):
        """(case, JSON Feed item) of what those carriers brought."""
        return [(CASES[number_of(item["url"])], item) for item in self.items if carrier_of(item["url"]) in carriers]

    def test_another_parser_finds_only_allowed_html(self):
        faults = []
        for case, item in self.hostile(CARRIERS):
            if len(case.html) < LONG or case.kind == "size" and len(item["content_html"]) < LONG:
                faults += [(case.html[:120], fault) for fault in second_view.faults_of(item["content_html"])]
        self.assertEqual(faults, [])

    def test_the_words_stay(self):
        lost = []
        for case, item in self.hostile(set(CARRIERS) - set(TITLES)):
            wanted = second_view.visible_words(case.whole) if len(case.html) < LONG else {"alku", "loppu"}
            missing = wanted - set(re.findall(r"\w+", item["content_html"]))
            if missing:
                lost.append((carrier_of(item["url"]), case.html[:120], missing))
        self.assertEqual(lost, [])

    def test_sanitised_again_is_the_same(self):
        once = {i["url"]: i["content_html"] for i in self.items}
        self.assertGreater(len(once), 2000)
        path = self.folder.path / "again.json"
        path.write_text(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": [
            {"id": url, "url": url, "title": "x", "content_html": html} for url, html in once.items()]}), "utf-8")
        again = json.loads(self.folder.run("parse", "--json", path).stdout)
        for entry in again["entries"]:
            self.assertEqual("".join(content["value"] for content in entry.get("content", [])).strip(),
                             once[entry["id"]].strip())

    def test_no_control_character_goes_out(self):
        for path in ("/feed.atom?q=story:all&limit=100", "/feed.json?q=story:all&limit=100", "/entries.csv?q=story:all",
                     "/entries.jsonl?q=story:all", "/deadlines.ics", "/?q=story:all", "/api/v1/stories?q=story:all&limit=500"):
            text = self.get(path)
            bare = text.replace("\r\n", "\n") if path.startswith(("/deadlines", "/entries.csv")) else text
            self.assertIsNone(CONTROLS.search(bare), path)

    def test_pages_hold_their_shape(self):
        tags = ("html", "head", "body", "main", "header", "footer", "script", "iframe", "form", "input", "button", "meta", "base",
                "object", "embed", "style")
        harmless = next(i["id"] for i in self.entries if carrier_of(i["url"]) == "description" and
                        CASES[number_of(i["url"])].html.startswith("+ADw-"))
        shape = second_view.counts_of(self.get(f"/entry/{harmless}"), tags)
        faults = []
        for entry in self.entries:
            case = CASES[number_of(entry["url"])]
            page = self.get(f"/entry/{entry['id']}")
            self.assertIsNone(CONTROLS.search(page), case.html[:120])
            if len(page) < 60000 and carrier_of(entry["url"]) in ("description", "xhtml", "rss-title", "json"):
                faults += [(carrier_of(entry["url"]), case.html[:120], fault) for fault in second_view.page_faults(page, shape)]
        self.assertEqual(faults, [])

    def test_lists_hold_their_shape(self):
        for path in ("/?q=story:all", "/?q=story:all&lang=sv", "/areas", "/deadlines", "/coverage", "/feeds"):
            self.assertEqual(second_view.page_faults(self.get(path), {"script": 1, "main": 1, "body": 1}), [], path)

    def test_tables_hold_no_formula(self):
        for row in csv.reader(io.StringIO(self.get("/entries.csv?q=story:all"), newline="")):
            self.assertEqual(len(row), 12)
            for cell in row:
                self.assertFalse(cell.startswith(tuple("=+@\t\r")) or re.match(r"-[^\d\s]", cell), cell[:80])

    def test_atom_is_whole_for_another_reader(self):
        read = feedparser.parse(self.get("/feed.atom?q=story:all&limit=100"))
        self.assertFalse(read.bozo, read.get("bozo_exception"))
        titles = {item["url"]: item["title"] for item in self.items}
        for entry in read.entries:
            self.assertEqual(" ".join(entry.title.split()), " ".join(titles[entry.link].split())) if "<" not in titles[
                entry.link] and "&" not in titles[entry.link] else None

    def test_titles_are_one_line_of_text(self):
        for _, item in self.hostile(TITLES):
            self.assertNotRegex(item["title"], r"[\r\n\t]")
            self.assertIsNone(CONTROLS.search(item["title"]))

    def test_terminals_get_text(self):
        shown = self.folder.run("search", "story:all", "--limit", len(self.entries)).stdout
        for entry in self.entries:
            if CASES[number_of(entry["url"])].kind in ("encoding", "field", "comment") and carrier_of(entry["url"]) in ("json", "json-title"):
                shown += self.folder.run("show", entry["id"]).stdout
        self.assertIsNone(CONTROLS.search(shown.replace("\t", " ")))
        self.assertNotRegex(shown, "[\u202a-\u202e\u2066-\u2069]")  # no text that reads in another order than it is


class Letters(unittest.TestCase):
    """The same by mail and webhook."""

    BY = ("encoded", "rss-title", "atom-title")

    def setUp(self):
        self.letters, self.hooks = [], []
        port = free_port()
        self.smtp = Controller(self, hostname="127.0.0.1", port=port)
        self.smtp.start()
        self.addCleanup(self.smtp.stop)
        self.server = FeedServer()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.folder = Folder(mail=f'transport = "smtp"\nurl = "smtp://127.0.0.1:{port}"\ntls = "none"\nfrom = "sote@yhdistys.example"')
        self.addCleanup(self.folder.remove)

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(envelope)
        return "250 kept"

    def publish(self, cases):
        for kind in KINDS:
            for carrier in self.BY:
                entries = [(n, case.whole) for n, case in enumerate(cases) if case.kind == kind]
                content_type, document = CARRIERS[carrier](entries)
                self.server.pages[f"/{carrier}/{kind}"] = (200, {"Content-Type": content_type}, document.encode())

    def test_mail_and_webhook(self):
        make_room(self.folder)
        self.folder.feeds([(f"{c}-{k}", self.server.url(f"/{c}/{k}"), "") for c in self.BY for k in KINDS])
        self.publish([])
        self.folder.run("poll", "--all")
        self.server.pages["/hook"] = (204, {}, b"")
        for kind in KINDS:
            sources = "source:" + ",".join(f"{carrier}-{kind}" for carrier in self.BY)
            self.folder.run("subscribers", "add", f"{kind}@yhdistys.example", "--lang", "fi")
            for channel in ((), ("--webhook", self.server.url("/hook"))):
                self.folder.run("subscriptions", "add", f"{kind}@yhdistys.example", sources, "--rhythm", "immediate",
                                "--max-items", "200", *channel)
        self.publish(CASES)
        self.folder.run("poll", "--all")
        self.folder.let_time_pass(400)
        self.folder.run("digest", "send")

        self.assertEqual(sorted(to for envelope in self.letters for to in envelope.rcpt_tos),
                         sorted(f"{kind}@yhdistys.example" for kind in KINDS))
        for envelope in self.letters:
            self.check_letter(envelope)
        hooks = [r["body"] for r in self.server.seen if r["path"] == "/hook"]
        self.assertGreater(len(hooks), len(CASES))
        for body in hooks:
            text = json.dumps(json.loads(body), ensure_ascii=False)
            self.assertIsNone(CONTROLS.search(text))
            self.assertNotRegex(text, r'"\s*(javascript|vbscript|data):')

    def check_letter(self, envelope):
        self.assertEqual(len(envelope.rcpt_tos), 1)
        self.assertNotRegex(envelope.content, rb"(?<!\r)\n|\r(?!\n)")
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.assertEqual(message.defects, [])
        for name in ("From", "To", "Subject", "Message-ID", "Date", "List-Unsubscribe"):
            self.assertEqual(len(message.get_all(name)), 1, name)
        self.assertEqual(message.get_all("Bcc", []) + message.get_all("Cc", []), [])
        text = message.get_body(("plain",)).get_content()
        self.assertIsNone(CONTROLS.search(text.replace("\r\n", "\n")))
        html = message.get_body(("html",)).get_content()
        self.assertIsNone(CONTROLS.search(html.replace("\r\n", "\n")))
        self.assertLess(len(envelope.content), 100_000)
        faults = [fault for fault in second_view.page_faults(html, {"script": 0, "iframe": 0, "img": 0, "form": 0, "body": 1})
                  if not fault.startswith("attribute style")]
        self.assertEqual(faults, [])
        # Every style is of our templates: none names an address.
        self.assertNotRegex(html, r"style=\"[^\"]*(url|expression|import)")


if __name__ == "__main__":
    unittest.main()
