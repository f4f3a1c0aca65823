"""What goes out of a filter, read back by the libraries that other people read it with."""
import csv
import datetime
import io
import json
import signal
import time
import unittest
import urllib.error
import urllib.request

import feedparser
import icalendar

from program import Folder, FeedServer, free_port, rss, with_validator


def grant(closes, more=""):
    return ("https://pirha.example/avustukset", "Järjestöavustusten haku Pirkanmaalla",
            f"<p>Pirkanmaan hyvinvointialueen järjestöavustusten hakuaika päättyy {closes:%-d.%-m.%Y}. {more}</p>", None)


class Outputs(unittest.TestCase):
    def setUp(self):
        self.server = FeedServer()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.port = free_port()
        self.folder = Folder()
        self.addCleanup(self.folder.remove)
        toml = self.folder.path / "sotevahti.toml"
        toml.write_text(toml.read_text("utf-8").replace('listen = "127.0.0.1:0"', f'listen = "127.0.0.1:{self.port}"'), "utf-8")
        self.folder.feeds([("pirha", self.server.url("/f"), 'area = "pirkanmaa"')])
        self.closes = datetime.date.today() + datetime.timedelta(days=20)
        self.publish([grant(self.closes)] + [(f"https://pirha.example/{i}", f"Aluevaltuusto <{i}> & muut",
                                              "<p>Kokous <b>pidettiin</b>.</p>", None) for i in range(7)])
        self.service = self.folder.start("serve")
        self.addCleanup(self.end)
        self.wait_until_it_serves()

    def end(self):
        self.service.send_signal(signal.SIGTERM)
        self.service.communicate(timeout=20)

    def publish(self, items):
        self.server.pages["/f"] = with_validator(rss("Pirha", items))
        self.folder.run("poll", "--all")

    def wait_until_it_serves(self):
        for _ in range(100):
            try:
                return self.get("/healthz")
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        self.fail("the web never answered")

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return answer.read()

    def event(self):
        calendar = icalendar.Calendar.from_ical(self.get("/deadlines.ics"))
        events = calendar.walk("VEVENT")
        self.assertEqual(len(events), 1)
        return events[0]

    def test_feedparser_reads_equal_entries(self):
        atom = feedparser.parse(self.get("/feed.atom?q=story:all"))
        self.assertFalse(atom.bozo, atom.get("bozo_exception"))
        self.assertEqual(atom.version, "atom10")
        items = json.loads(self.get("/feed.json?q=story:all"))["items"]
        self.assertEqual(len(items), 8)
        self.assertEqual([entry.id for entry in atom.entries], [item["id"] for item in items])
        for entry, item in zip(atom.entries, items):
            self.assertEqual(entry.link, item["url"])
            self.assertEqual(entry.published, item["date_published"])
            self.assertEqual(entry.updated, item["date_modified"])
            self.assertEqual(entry.author, item["authors"][0]["name"])
            self.assertEqual([tag.term for tag in entry.tags], item["tags"])
            self.assertTrue(entry.content[0].value)

    def test_pages_of_the_feed_join_up(self):
        path, seen = "/feed.atom?q=story:all&limit=3", []
        while path:
            page = feedparser.parse(self.get(path))
            seen += [entry.id for entry in page.entries]
            following = [link.href for link in page.feed.links if link.rel == "next"]
            path = following[0].split(f":{self.port}", 1)[1] if following else None
        self.assertEqual(len(seen), 8)
        self.assertEqual(len(set(seen)), 8)

    def test_icalendar_sees_a_deadline_move_and_end(self):
        first = self.event()
        self.assertEqual(first["DTSTART"].dt, self.closes)
        self.assertEqual(first["STATUS"], "CONFIRMED")
        later = self.closes + datetime.timedelta(days=7)
        time.sleep(1.1)  # an edit is of a later second than what it edits
        self.publish([grant(later, "Hakuaikaa jatkettiin.")])
        moved = self.event()
        self.assertEqual(moved["UID"], first["UID"])
        self.assertEqual(moved["DTSTART"].dt, later)
        self.assertGreater(moved["SEQUENCE"], first["SEQUENCE"])
        self.assertGreater(moved["DTSTAMP"].dt, first["DTSTAMP"].dt)
        time.sleep(1.1)
        guid, title, _, date = grant(later)
        self.publish([(guid, title, "<p>Haku on peruttu. Avustuksia ei jaeta tänä vuonna.</p>", date)])
        withdrawn = self.event()
        self.assertEqual(withdrawn["UID"], first["UID"])
        self.assertEqual(withdrawn["STATUS"], "CANCELLED")
        self.assertGreater(withdrawn["SEQUENCE"], moved["SEQUENCE"])

    def test_tables_are_read_by_usual_readers(self):
        rows = list(csv.DictReader(io.StringIO(self.get("/entries.csv?q=story:all").decode("utf-8"), newline="")))
        lines = [json.loads(line) for line in self.get("/entries.jsonl?q=story:all").decode("utf-8").splitlines()]
        self.assertEqual([int(row["id"]) for row in rows], [line["id"] for line in lines])
        self.assertEqual([row["title"] for row in rows], [line["title"] for line in lines])
        # The command line tells the same.
        self.assertEqual(self.folder.json_lines("search", "story:all", "--limit", "100"), lines)

    def test_mistakes_are_problems_in_json(self):
        with self.assertRaises(urllib.error.HTTPError) as refused:
            self.get("/feed.atom?q=area:pirkanma")
        with refused.exception as answer:
            self.assertEqual(answer.code, 400)
            self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
            self.assertIn("area:pirkanmaa", json.load(answer)["suggestion"])


if __name__ == "__main__":
    unittest.main()
