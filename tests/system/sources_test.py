"""Sources as an admin meets them: check, discover, moves taken back, the weekly note."""
import contextlib
import email
import email.policy
import sqlite3
import subprocess
import time
import unittest

import program
from program import Folder, FeedServer, rss

DEADLINE = 30
TYPE = {"Content-Type": "application/rss+xml"}


def news(*numbers):
    return rss("F", [(f"https://a.example/{n}", f"Aluevaltuusto kokoontui {n}. kerran", "Teksti.", None) for n in numbers])


class Sources(unittest.TestCase):
    def setUp(self):
        self.server = FeedServer()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.folder = Folder(mail='transport = "file"\ndir = "mail"\nadmin = "yllapito@yhdistys.example"',
                             poll='contact = "https://yhdistys.example"')
        self.addCleanup(self.folder.remove)
        self.server.pages["/f"] = (200, TYPE, news(1))

    def archive(self, sql, *values):
        with contextlib.closing(sqlite3.connect(self.folder.path / "archive.db")) as archive, archive:
            archive.execute(sql, values)

    def agents(self):
        return {r["path"]: r["headers"].get("User-Agent") for r in self.server.seen}

    def test_says_who_asks_and_as_a_row_wants_it(self):
        self.server.pages["/g"] = (200, TYPE, news(2))
        self.folder.feeds([("f", self.server.url("/f"), ""),
                           ("g", self.server.url("/g"), 'user_agent = "vahti/2 (+mailto:a@b.example)"')])
        self.folder.run("poll", "--all")
        self.assertRegex(self.agents()["/f"], r"^sotevahti/[0-9.]+ \(\+https://yhdistys.example\)$")
        self.assertEqual(self.agents()["/g"], "vahti/2 (+mailto:a@b.example)")

    def test_check_stores_nothing_and_names_the_cause(self):
        self.server.pages["/html"] = (200, {"Content-Type": "text/html"}, b"<html><body>no feed</body></html>")
        self.folder.feeds([("good", self.server.url("/f"), ""), ("html", self.server.url("/html"), ""),
                           ("gone", self.server.url("/gone"), "")])
        lines = {line["id"]: line for line in self.folder.json_lines("feeds", "check", status=1)}
        self.assertEqual(lines["good"]["entries"], 1)
        self.assertEqual(lines["html"]["cause"], "not-a-feed")
        self.assertEqual(lines["gone"]["cause"], "http-4xx")
        self.assertEqual(self.folder.json_lines("feeds", "list")[0]["state"], "not polled yet")

    def test_discover_finds_the_feed_of_a_page(self):
        self.server.pages["/uutiset"] = (200, {"Content-Type": "text/html"},
                                         b'<html><head><link rel="alternate" type="application/rss+xml" href="/f">')
        found = self.folder.json_lines("feeds", "discover", self.server.url("/uutiset"))
        self.assertEqual(found[0]["url"], self.server.url("/f"))
        self.folder.feeds([("page", self.server.url("/uutiset"), "discover = true")])
        self.folder.run("poll", "--all")
        listed = self.folder.json_lines("feeds", "list")[0]
        self.assertEqual(listed["url"], self.server.url("/f"))
        self.assertIn("discovered_at", listed)

    def test_a_move_is_shown_and_taken_back(self):
        self.server.pages["/old"] = (301, {"Location": "/f"}, b"")
        self.folder.feeds([("f", self.server.url("/old"), "")])
        self.folder.run("poll", "--all")
        self.assertEqual(self.folder.json_lines("feeds", "list")[0]["redirect_to"], self.server.url("/f"))
        self.assertIn("has not moved", self.folder.run("feeds", "revert", "f", status=1).stdout)
        self.archive("UPDATE feeds SET redirect_since = redirect_since - ?", 8 * 86400)
        self.folder.run("poll", "--all")
        moved = self.folder.json_lines("feeds", "list")[0]
        self.assertEqual((moved["url"], moved["moved_from"]), (self.server.url("/f"), self.server.url("/old")))
        self.folder.run("feeds", "revert", "f")
        self.folder.run("poll", "--all")
        back = self.folder.json_lines("feeds", "list")[0]
        self.assertEqual((back["url"], back["redirect_refused"]), (self.server.url("/old"), self.server.url("/f")))
        self.assertNotIn("redirect_to", back)
        self.folder.run("feeds", "revert", "nobody", status=1)

    def test_a_first_poll_archives_and_tells_nobody(self):
        self.folder.feeds([("f", self.server.url("/f"), "")])
        self.folder.run("subscribers", "add", "anna@yhdistys.example", "--lang", "fi")
        self.folder.run("subscriptions", "add", "anna@yhdistys.example", "aluevaltuusto", "--rhythm", "immediate")
        self.server.pages["/f"] = (200, TYPE, news(1, 2, 3))
        self.folder.run("poll", "--all")
        self.assertEqual(self.folder.json_lines("stats")[0]["entries"], 3)
        self.folder.let_time_pass(600)
        self.folder.run("digest", "send", status=None)
        self.assertEqual(self.mails(), [])
        self.server.pages["/f"] = (200, TYPE, news(1, 2, 3, 4))
        self.folder.run("poll", "--all")
        self.folder.let_time_pass(600)
        self.folder.run("digest", "send")
        mail, = self.mails()
        text = mail.get_body(("plain",)).get_content()
        self.assertIn("kokoontui 4. kerran", text)
        self.assertNotIn("kokoontui 1. kerran", text)

    def serve_until(self, condition, what):
        process = subprocess.Popen([program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"), "run"],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            process.stdout.readline()
            until = time.monotonic() + DEADLINE
            while not condition():
                self.assertLess(time.monotonic(), until, what)
                time.sleep(0.1)
        finally:
            process.terminate()
            process.wait(DEADLINE)
            process.stdout.close()

    def mails(self):
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                for path in sorted((self.folder.path / "mail").glob("**/*.eml"))]

    def begun(self):
        try:
            with contextlib.closing(sqlite3.connect(self.folder.path / "archive.db")) as archive:
                return archive.execute("SELECT count(*) FROM meta WHERE key = 'source note'").fetchone()[0] == 1
        except sqlite3.OperationalError:
            return False

    def test_one_note_a_week_tells_the_admin_what_changed(self):
        self.folder.feeds([("f", self.server.url("/f"), ""), ("g", self.server.url("/g"), "")])
        self.folder.run("poll", "--all", status=1)
        self.serve_until(self.begun, "the first week did not begin")
        self.assertEqual(self.mails(), [])
        a_week = "UPDATE meta SET value = CAST(value - 8 * 86400 AS TEXT) WHERE key = 'source note'"
        self.archive(a_week)
        self.serve_until(self.mails, "no note came")
        note, = self.mails()
        self.assertEqual(note["To"], "yllapito@yhdistys.example")
        self.assertEqual(note["Subject"], "sotevahti: 1 of 2 sources are read")
        text = note.get_body(("plain",)).get_content()
        self.assertIn("g (g): failing", text)
        self.assertIn("http-4xx", text)
        self.assertNotIn("f (f)", text)
        # Nothing has changed since: no further note.
        self.archive(a_week)
        began = time.monotonic()
        self.serve_until(lambda: time.monotonic() - began > 2, "")
        self.assertEqual(len(self.mails()), 1)


if __name__ == "__main__":
    unittest.main()
