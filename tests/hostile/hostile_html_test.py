"""Hostile HTML by every carrier, looked at in everything that goes out: another parser finds nothing that
runs, loads or breaks out, the words stay, and control characters are nowhere."""
import csv
import email
import email.policy
import io
import json
import re
import unittest

import feedparser
import icalendar

import second_view
from carriers import CARRIERS, CLOSES, SITE, TITLES
from cases import CASES
from hostile_feeds import KINDS, HostileFeeds, carrier_of, case_of, number_of
from receivers import Mailbox

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
csv.field_size_limit(1 << 20)
LONG = 5000  # bytes; the other parser is slow with the longer ones


class Outputs(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.feeds = HostileFeeds(list(CARRIERS))
        cls.addClassCleanup(cls.feeds.end)
        cls.folder, cls.get = cls.feeds.folder, cls.feeds.get
        cls.feeds.publish()
        cls.polled = cls.folder.run("poll", "--all", status=None)
        cls.feeds.serve()
        cls.entries = cls.feeds.all_of("/api/v1/entries?q=story:all&limit=500", "entries")
        cls.items = cls.feeds.all_of("/feed.json?q=story:all&limit=100", "items")

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
        return [(case_of(item["url"]), item) for item in self.items if carrier_of(item["url"]) in carriers]

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
                        case_of(i["url"]).html.startswith("+ADw-"))
        shape = second_view.counts_of(self.get(f"/entry/{harmless}"), tags)
        faults = []
        for entry in self.entries:
            case = case_of(entry["url"])
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
        self.assertEqual(len(read.entries), 100)
        titles = {item["url"]: item["title"] for item in self.items}
        compared = 0
        for entry in read.entries:
            if not re.search("[<&]", titles[entry.link]):  # feedparser guesses at markup in a title
                self.assertEqual(entry.title.split(), titles[entry.link].split())
                compared += 1
        self.assertGreater(compared, 5)

    def test_calendars_hold_deadlines_and_nothing_else(self):
        text = self.get("/deadlines.ics?q=source:rss-title-field+story:all")
        events = icalendar.Calendar.from_ical(text).walk("VEVENT")
        self.assertEqual(len(events), sum(case.kind == "field" for case in CASES))
        for event in events:
            self.assertEqual(event["DTSTART"].dt, CLOSES)
            self.assertTrue({"ATTACH", "ATTENDEE", "ORGANIZER"}.isdisjoint(event), event)
            self.assertIn("alku", event["SUMMARY"])
        self.assertNotRegex(text, r"\r(?!\n)|(?<!\r)\n")
        self.assertEqual(len(re.findall(r"(?m)^BEGIN:V(?:CALENDAR|ALARM|TODO)", text)), 1)

    def test_titles_are_one_line_of_text(self):
        for _, item in self.hostile(TITLES):
            self.assertNotRegex(item["title"], r"[\r\n\t]")
            self.assertIsNone(CONTROLS.search(item["title"]))

    def test_terminals_get_text(self):
        shown = self.folder.run("search", "story:all", "--limit", len(self.entries)).stdout
        for entry in self.entries:
            if case_of(entry["url"]).kind in ("encoding", "field", "comment") and carrier_of(entry["url"]) in ("json", "json-title"):
                shown += self.folder.run("show", entry["id"]).stdout
        self.assertIsNone(CONTROLS.search(shown.replace("\t", " ")))
        self.assertNotRegex(shown, "[\u202a-\u202e\u2066-\u2069]")  # no text that reads in another order than it is


class Letters(unittest.TestCase):
    """The same by mail and webhook."""

    BY = ("encoded", "rss-title", "atom-title")

    def test_mail_and_webhook(self):
        mailbox = Mailbox()
        self.addCleanup(mailbox.stop)
        feeds = HostileFeeds(self.BY, mail=f'transport = "smtp"\nurl = "{mailbox.url}"\ntls = "none"\nfrom = "sote@yhdistys.example"')
        self.addCleanup(feeds.end)
        feeds.server.pages["/hook"] = (204, {}, b"")
        feeds.tell_subscribers((), ("--webhook", feeds.server.url("/hook")))

        self.assertEqual(sorted(recipient for recipient, _, _ in mailbox.kept), sorted(f"{kind}@yhdistys.example" for kind in KINDS))
        for _, _, content in mailbox.kept:
            self.check_letter(content)
        hooks = [r["body"] for r in feeds.server.seen if r["path"] == "/hook"]
        self.assertGreater(len(hooks), len(CASES))
        for body in hooks:
            text = json.dumps(json.loads(body), ensure_ascii=False)
            self.assertIsNone(CONTROLS.search(text))
            self.assertNotRegex(text, r'"\s*(javascript|vbscript|data):')

    def check_letter(self, content):
        self.assertNotRegex(content, rb"(?<!\r)\n|\r(?!\n)")
        message = email.message_from_bytes(content, policy=email.policy.default)
        self.assertEqual(message.defects, [])
        for name in ("From", "To", "Subject", "Message-ID", "Date", "List-Unsubscribe"):
            self.assertEqual(len(message.get_all(name)), 1, name)
        self.assertEqual(message.get_all("Bcc", []) + message.get_all("Cc", []), [])
        text = message.get_body(("plain",)).get_content()
        self.assertIsNone(CONTROLS.search(text.replace("\r\n", "\n")))
        html = message.get_body(("html",)).get_content()
        self.assertIsNone(CONTROLS.search(html.replace("\r\n", "\n")))
        self.assertLess(len(content), 100_000)
        faults = [fault for fault in second_view.page_faults(html, {"script": 0, "iframe": 0, "img": 0, "form": 0, "body": 1})
                  if not fault.startswith("attribute style")]
        self.assertEqual(faults, [])
        # Every style is of our templates: none names an address.
        self.assertNotRegex(html, r"style=\"[^\"]*(url|expression|import)")


if __name__ == "__main__":
    unittest.main()
