"""Every due item reaches every reader once, whatever relays and receivers answer on the way.

By hand at full size: PEOPLE=1000 STORIES=3000 delivery_test.py
"""
import collections
import contextlib
import os
import sqlite3
import unittest

from program import Folder, FeedServer, rss, secret_of, with_validator
from receivers import HookReceiver, Mailbox, faults_of, text_of
from stories import TOKEN, story, token_of

PEOPLE = int(os.environ.get("PEOPLE", "60"))
STORIES = int(os.environ.get("STORIES", "300"))
IN_A_FEED = 50
HOOKS = 5


class Delivery(unittest.TestCase):
    def setUp(self):
        self.server, self.hooks = FeedServer(), HookReceiver()
        self.mailbox = Mailbox({
            "reader1@x.example": ["450 4.2.1 busy", "451 4.7.1 greylisted"],
            "reader2@x.example": ["550 5.1.1 no such user"],
            "reader3@x.example": ["drop"],
            "reader4@x.example": ["slow"],
            "reader5@x.example": ["data 452 4.3.1 no room"],
        })
        self.folder = Folder(mail=self.mail())
        for stop in (self.folder.remove, self.mailbox.stop, self.hooks.stop, self.server.server_close, self.server.shutdown):
            self.addCleanup(stop)

    def mail(self, tls="none"):
        return (f'transport = "smtp"\nurl = "{self.mailbox.url}"\ntls = "{tls}"\nfrom = "sote@yhdistys.example"\n'
                'per_second = 10000\nadmin = "admin@yhdistys.example"')

    def publish(self, feeds, numbers):
        for feed in range(feeds):
            items = [story(feed, number) for number in numbers]
            self.server.pages[f"/{feed}"] = with_validator(rss(f"F{feed}", items))
        self.folder.run("poll", "--all")

    def subscribe(self, people, feeds):
        """The first ones by command, the others as rows like theirs."""
        for hook in range(HOOKS):
            self.folder.run("subscribers", "add", f"hook{hook}@x.example")
            path = f"/hook{hook}"
            added = self.folder.run("subscriptions", "add", f"hook{hook}@x.example", f"source:f{hook % feeds}", "--rhythm",
                                    "immediate", "--max-items", "500", "--webhook", self.hooks.url(path))
            self.hooks.secrets[path] = secret_of(added.stdout)
        self.folder.run("subscribers", "add", "reader0@x.example")
        self.folder.run("subscriptions", "add", "reader0@x.example", "source:f0", "--rhythm", "immediate", "--max-items", "500")
        self.folder.run("subscriptions", "add", "reader0@x.example", "source:f0,f1", "--rhythm", "immediate", "--max-items",
                        "500")  # a story of both comes once
        with contextlib.closing(sqlite3.connect(self.folder.path / "archive.db")) as archive, archive:
            columns = [row[1] for row in archive.execute("PRAGMA table_info(subscriptions)")]
            template = archive.execute("SELECT * FROM subscriptions WHERE filter = 'source:f0' AND channel = 'mail'").fetchone()
            for person in range(1, people):
                subscriber = archive.execute(
                    "INSERT INTO subscribers(name, address, language, since, confirmed) VALUES ('', ?, ?, 0, 1)",
                    (f"reader{person}@x.example", ("fi", "sv", "en")[person % 3])).lastrowid
                row = dict(zip(columns, template)) | {"id": None, "subscriber": subscriber, "filter": f"source:f{person % feeds}"}
                archive.execute(f"INSERT INTO subscriptions({','.join(row)}) VALUES ({','.join('?' * len(row))})",
                                tuple(row.values()))

    def hasten(self):
        """What waits for its next attempt has waited."""
        with contextlib.closing(sqlite3.connect(self.folder.path / "archive.db")) as archive, archive:
            archive.execute("UPDATE outbox SET next_attempt = 0 WHERE state = 'failed'")

    def test_every_due_item_comes_once(self):
        feeds = STORIES // IN_A_FEED
        self.folder.feeds([(f"f{feed}", self.server.url(f"/{feed}"), 'lang = "fi"') for feed in range(feeds)])
        self.publish(feeds, [10**6])  # of a first poll nobody is told
        self.subscribe(PEOPLE, feeds)
        self.publish(feeds, range(IN_A_FEED))
        self.folder.let_time_pass(120)
        self.hooks.answers["/hook1"] = [500]
        self.hooks.answers["/hook2"] = [429]
        self.folder.run("digest", "send", status=None)
        for _ in range(3):
            self.hasten()
            self.folder.run("digest", "send", status=None)

        expected = {f"reader{person}@x.example": {person % feeds} for person in range(PEOPLE)}
        expected["reader0@x.example"] = {0, 1}
        del expected["reader2@x.example"]
        got = collections.defaultdict(list)
        ids = collections.defaultdict(set)
        for recipient, id, content in self.mailbox.kept:
            self.assertEqual(faults_of(content), [], recipient)
            got[recipient].append(content)
            ids[recipient].add(id)
        got.pop("admin@yhdistys.example", None)
        self.assertEqual(got.keys(), expected.keys())
        for recipient, sources in expected.items():
            # A relay that hung up after it took the mail gets it again, and can know it.
            self.assertEqual(len(got[recipient]), 2 if recipient == "reader3@x.example" else 1, recipient)
            self.assertEqual(len(ids[recipient]), 1, recipient)
            items = collections.Counter(TOKEN.findall(text_of(got[recipient][0])))
            self.assertEqual(items, {token_of(f, n): 1 for f in sources for n in range(IN_A_FEED)}, recipient)
        every_id = [id for ids_of_one in ids.values() for id in ids_of_one]
        self.assertEqual(len(set(every_id)), len(expected))

        self.assertEqual(self.hooks.faults, [])
        events = collections.Counter((path, event["type"], TOKEN.search(event["data"]["title"])[0])
                                     for path, id, event in self.hooks.kept)
        self.assertEqual(events, {(f"/hook{h}", "entry.new", token_of(h % feeds, n)): 1
                                  for h in range(HOOKS) for n in range(IN_A_FEED)})

        states = collections.Counter(row["state"] for row in self.rows())
        self.assertEqual(states["dead"], 1)  # the one who is not there
        self.assertEqual(set(states), {"sent", "dead"})
        print(f"{PEOPLE} readers and {HOOKS} webhooks, {STORIES} stories: {len(self.mailbox.kept)} mails and "
              f"{len(self.hooks.kept)} events, every due item once; {dict(states)}")

    def rows(self):
        with contextlib.closing(sqlite3.connect(self.folder.path / "archive.db")) as archive:
            archive.row_factory = sqlite3.Row
            return archive.execute("SELECT * FROM outbox").fetchall()

    def test_without_encryption_nothing_is_said_where_it_is_required(self):
        self.folder.configure(mail=self.mail(tls="required"))
        self.folder.feeds([("f0", self.server.url("/0"), 'lang = "fi"')])
        self.publish(1, [10**6])
        self.folder.run("subscribers", "add", "reader0@x.example")
        self.folder.run("subscriptions", "add", "reader0@x.example", "", "--rhythm", "immediate")
        self.publish(1, range(2))
        self.folder.let_time_pass(120)
        refused = self.folder.run("digest", "send", status=1).stderr
        self.assertIn("TLS", refused.upper())
        self.assertEqual(self.mailbox.kept, [])
        self.assertEqual([(row["state"], row["attempts"]) for row in self.rows()], [("failed", 1)])
        self.folder.configure(mail=self.mail())
        self.hasten()
        self.folder.run("digest", "send")
        self.assertEqual([r[0] for r in self.mailbox.kept], ["reader0@x.example"])


if __name__ == "__main__":
    unittest.main()
