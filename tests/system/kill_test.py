"""Killed at any moment of whatever it does, the archive is whole, nothing is lost, and the service is back at once.

By hand: KILLS=500 kill_test.py prints the figures of docs/reliability.md. What kills do to messages on their way is
kill_delivery_test.py's alone.
"""
import collections
import contextlib
import gzip
import os
import random
import shutil
import sqlite3
import subprocess
import time
import unittest

import program
from program import Folder, FeedServer, SOURCE, rss, with_validator
from receivers import HookReceiver, Mailbox, subscribe_everybody, text_of
from stories import TOKEN, story, token_of

KILLS = int(os.environ.get("KILLS", "9"))
FEEDS, READERS, HOOKS = 3, 8, 2
OLD = 60    # items of each feed, of which nobody is told
SHOWN = 80  # items of a feed at a time
SCHEMAS = len(list((SOURCE / "tests/data/archives").glob("schema-*.db.gz")))


class Life:
    """An archive that goes through everything, with its sources and its readers."""

    def __init__(self):
        self.server, self.hooks, self.mailbox = FeedServer(), HookReceiver(), Mailbox()
        self.folder = Folder(mail=f'transport = "smtp"\nurl = "{self.mailbox.url}"\ntls = "none"\n'
                                  'from = "sote@yhdistys.example"\nper_second = 10000', extra='[tags]\ndir = "tags.d"')
        shutil.copytree(SOURCE / "tags.d", self.folder.path / "tags.d")
        self.rules = (self.folder.path / "tags.d/topics.toml").read_text("utf-8")
        self.folder.feeds([(f"f{feed}", self.server.url(f"/{feed}"), 'area = "pirkanmaa"\nlang = "fi"')
                           for feed in range(FEEDS)])
        self.items, self.rule_is_on = OLD, False
        self.publish(0)
        self.folder.run("poll", "--all")
        subscribe_everybody(self.folder, self.hooks, READERS, HOOKS)

    def close(self):
        for stop in (self.server.shutdown, self.server.server_close, self.hooks.stop, self.mailbox.stop, self.folder.remove):
            stop()

    def publish(self, more=1):
        """News in every feed, after a quarter of an hour and more."""
        self.items += more
        for feed in range(FEEDS):
            self.server.pages[f"/{feed}"] = with_validator(rss(f"F{feed}", [
                (guid, "Aluehallitus kuuli koekaniinia: " + title, text, date)
                for guid, title, text, date in (story(feed, n) for n in range(max(0, self.items - SHOWN), self.items))]))
        if more:
            self.folder.let_time_pass(1200)

    def change_rules(self):
        self.rule_is_on = not self.rule_is_on
        before, after = self.rules.split('id = "hyte"', 1)
        text = before + 'id = "hyte"' + after.replace("strong = [", 'strong = [\n  "koekaniini",', 1)
        (self.folder.path / "tags.d/topics.toml").write_text(text if self.rule_is_on else self.rules, "utf-8")

    def start(self, *arguments):
        return subprocess.Popen([program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"), *map(str, arguments)],
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def archive(self, file="archive.db"):
        return contextlib.closing(sqlite3.connect(self.folder.path / file, timeout=20))

    def ask(self, sql, file="archive.db"):
        with self.archive(file) as archive:
            return archive.execute(sql).fetchall()


class Kill(unittest.TestCase):
    def setUp(self):
        self.chance = random.Random(KILLS)
        self.life = Life()
        self.addCleanup(self.life.close)
        self.kills, self.too_late, self.first_polls = collections.Counter(), 0, []
        self.lasts = {}  # how long each takes when it is left alone

    def kill(self, what, *arguments):
        """The command `what`, killed at a random moment of its time."""
        if what not in self.lasts:
            began = time.monotonic()
            process = self.life.start(*arguments)
            self.assertEqual(process.wait(120), 0, arguments)
            self.lasts[what] = time.monotonic() - began
            return
        began = time.monotonic()
        process = self.life.start(*arguments)
        try:
            process.wait(self.chance.uniform(0, self.lasts[what]))
            self.lasts[what] = (self.lasts[what] + time.monotonic() - began) / 2
            self.too_late += 1
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            self.kills[what] += 1

    # What is going on at the kill

    def serve(self):
        """Polling, tagging, digests and sending at once, in the service; before its first poll or after it."""
        self.life.publish()
        self.life.server.seen.clear()
        began = time.monotonic()
        service = self.life.start("run")
        if self.chance.random() < 0.7:
            while not self.life.server.seen and service.poll() is None and time.monotonic() - began < 30:
                time.sleep(0.01)
            self.first_polls.append(time.monotonic() - began)
        time.sleep(self.chance.uniform(0, 1))
        self.assertIsNone(service.poll(), "it runs until it is killed")
        service.kill()
        service.wait()
        self.kills["the service"] += 1

    def poll(self):
        self.life.publish()
        self.kill("polling", "poll", "--all")

    def retag(self):
        self.life.change_rules()
        self.kill("tagging", "check", "--retag")

    def send(self):
        self.life.publish()
        self.life.folder.run("poll", "--all")
        self.life.folder.let_time_pass(120)
        self.kill("digests and sending", "digest", "send")

    def back_up(self):
        entries = self.life.ask("SELECT count(*) FROM entries")
        for file in self.life.folder.path.glob("copy.db*"):
            file.unlink()
        self.kill("backup", "backup", self.life.folder.path / "copy.db")
        if (self.life.folder.path / "copy.db").exists():  # what carries the name is whole
            self.assertEqual(self.life.ask("PRAGMA integrity_check", "copy.db"), [("ok",)])
            self.assertEqual(self.life.ask("SELECT count(*) FROM entries", "copy.db"), entries)

    def prune(self):
        """What was sent is old by now."""
        with self.life.archive() as archive, archive:
            archive.execute("UPDATE outbox SET created = created - 500 * 86400")
            archive.execute("UPDATE digests SET built = built - 500 * 86400")
        self.kill("prune", "prune")

    def vacuum(self):
        self.kill("vacuum", "vacuum")

    def migrate(self):
        """An archive of an old schema, beside the other."""
        for file in self.life.folder.path.glob("old.db*"):
            file.unlink()
        old, schema = self.life.folder.path / "old.db", self.chance.randint(1, SCHEMAS)
        old.write_bytes(gzip.decompress((SOURCE / f"tests/data/archives/schema-{schema}.db.gz").read_bytes()))
        entries = self.life.ask("SELECT id, title, areas, topics FROM entries", "old.db")
        settings = self.life.folder.path / "sotevahti.toml"
        mine = settings.read_text("utf-8")
        settings.write_text(mine.replace('"archive.db"', '"old.db"'), "utf-8")
        self.kill("migration", "prune")
        self.life.folder.run("check")
        settings.write_text(mine, "utf-8")
        self.assertEqual(self.life.ask("SELECT id, title, areas, topics FROM entries", "old.db"), entries)

    def test_the_archive_is_whole_and_nothing_is_lost(self):
        ways = [self.serve, self.poll, self.retag, self.send, self.back_up, self.prune, self.vacuum, self.migrate]
        for way in ways[1:]:
            way()  # its time, left alone
        for turn in range(4 * KILLS + 20):
            if self.kills.total() >= KILLS:
                break
            ways[turn % len(ways)]()
            self.life.folder.run("check")
        self.assertGreaterEqual(self.kills.total(), KILLS, f"too late {self.too_late} times")
        self.settle()
        told, copies = self.told()
        receivers = [f"reader{reader}@x.example" for reader in range(READERS)] + [f"/hook{hook}" for hook in range(HOOKS)]
        due = [token_of(feed, number) for feed in range(FEEDS) for number in range(OLD, self.life.items)]
        lost = [(receiver, token) for receiver in receivers for token in due if not told[receiver, token]]
        again = sum(count - 1 for count in copies.values())
        print(f"{self.kills.total()} kills ({dict(self.kills)}): archive whole after each; of {FEEDS * self.life.items} "
              f"entries lost 0, of {len(receivers) * len(due)} tellings lost {len(lost)}, of {len(copies)} messages "
              f"sent again {again}, each with its id; from a start to the first poll {sorted(self.first_polls)[len(self.first_polls) // 2]:.2f} "
              f"s, at most {max(self.first_polls):.2f} s")
        self.assertEqual(lost, [])
        # A story reaches a reader in one message, which may come again under its id.
        self.assertEqual({key: ids for key, ids in told.items() if len(ids) > 1}, {})
        self.assertLessEqual(again, self.kills.total() * len(receivers))
        self.assertLess(max(self.first_polls), 15)  # by hand, on a quiet machine, 2

    def settle(self):
        """All is well again: what the sources have is in the archive, tagged by the present rules, and told."""
        self.life.folder.let_time_pass(1200)
        self.life.folder.run("poll", "--all")
        self.life.folder.run("check", "--retag")
        self.life.folder.let_time_pass(120)
        self.life.folder.run("digest", "send")
        self.assertNotIn("wait for the present rules", self.life.folder.run("check").stdout)
        self.assertEqual(self.life.ask("SELECT count(*) FROM entries"), [(FEEDS * self.life.items,)])
        tagged = self.life.ask("SELECT count(*) FROM entries WHERE topics LIKE '%hyte%'")[0][0]
        share = tagged / (FEEDS * self.life.items)  # the stories' words are random: some few mean something else
        self.assertTrue(share > 0.95 if self.life.rule_is_on else share < 0.05, share)
        self.assertEqual(self.life.ask("SELECT count(*) FROM outbox WHERE state NOT IN ('sent')"), [(0,)])
        self.assertEqual(self.life.hooks.faults, [])

    def told(self):
        told, copies = collections.defaultdict(set), collections.Counter()
        for recipient, id, content in self.life.mailbox.kept:
            copies[id] += 1
            for token in TOKEN.findall(text_of(content)):
                told[recipient, token].add(id)
        for path, id, event in self.life.hooks.kept:
            copies[id] += 1
            told[path, TOKEN.search(event["data"]["title"])[0]].add(id)
        return told, copies


if __name__ == "__main__":
    unittest.main()
