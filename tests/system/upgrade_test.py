"""Archives of every schema that ever was, as the programs of their time wrote them (tests/data/archives)."""
import contextlib
import gzip
import pathlib
import re
import signal
import sqlite3
import subprocess
import time
import unittest

import program
from program import Folder, SOURCE

KEPT = SOURCE / "tests/data/archives"
NEWEST = max(int(file.name[:4]) for file in (SOURCE / "db/migrations").glob("[0-9]*.sql"))


class Upgrade(unittest.TestCase):
    def setUp(self):
        self.folder = Folder()
        self.addCleanup(self.folder.remove)
        self.archive = self.folder.path / "archive.db"

    def put(self, schema):
        self.archive.write_bytes(gzip.decompress((KEPT / f"schema-{schema}.db.gz").read_bytes()))
        self.archive.chmod(0o600)

    def ask(self, sql, file=None):
        with contextlib.closing(sqlite3.connect(file or self.archive)) as database:
            return database.execute(sql).fetchall()

    def test_every_old_schema_is_kept(self):
        for schema in range(1, NEWEST):
            self.assertTrue((KEPT / f"schema-{schema}.db.gz").exists(),
                            f"no archive of schema {schema}: scripts/make-archive-fixture with the program of that time")

    def test_each_comes_to_the_newest_with_a_backup_before(self):
        for schema in range(1, NEWEST):
            with self.subTest(schema=schema):
                self.put(schema)
                before = self.ask("SELECT id, title, areas, topics FROM entries ORDER BY id")
                people = self.ask("SELECT address, language FROM subscribers")
                self.assertGreater(len(before), 50)
                self.assertIn("is brought to schema", self.folder.run("stats", status=3).stderr)
                told = self.folder.run("check")
                self.assertIn("whole", told.stdout)
                self.assertEqual(self.ask("PRAGMA user_version"), [(NEWEST,)])
                self.assertEqual(self.ask("SELECT id, title, areas, topics FROM entries ORDER BY id"), before)
                self.assertEqual(self.ask("SELECT address, language FROM subscribers"), people)
                backup = self.folder.path / f"archive.db.schema-{schema}.backup"
                self.assertEqual(self.ask("PRAGMA user_version", backup), [(schema,)])
                self.assertEqual(self.ask("SELECT count(*) FROM entries", backup), [(len(before),)])
                self.assertTrue(self.folder.json_lines("search", "avustus"))
                self.assertEqual(self.folder.json_lines("subscribers", "list")[0]["address"], people[0][0])
                for file in self.folder.path.glob("archive.db*"):
                    file.unlink()

    def test_the_service_starts_on_an_old_archive(self):
        self.put(1)
        process = self.folder.start("run")
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stderr.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.assertTrue(process.stdout.readline().startswith("http://"))
        self.assertEqual(self.ask("PRAGMA user_version"), [(NEWEST,)])

    def test_a_kill_at_any_moment_loses_nothing(self):
        self.put(1)
        began = time.monotonic()
        self.folder.run("prune")
        whole = time.monotonic() - began
        for part in range(1, 9):
            for file in self.folder.path.glob("archive.db*"):
                file.unlink()
            self.put(1)
            entries = self.ask("SELECT count(*) FROM entries")
            process = subprocess.Popen([program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"),
                                        "prune"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(whole * part / 9)
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.folder.run("check")
            self.assertEqual(self.ask("PRAGMA user_version"), [(NEWEST,)])
            self.assertEqual(self.ask("SELECT count(*) FROM entries"), entries)

    def test_a_newer_archive_is_refused_with_both_versions(self):
        self.folder.run("subscribers", "add", "anna@yhdistys.example")
        with contextlib.closing(sqlite3.connect(self.archive)) as database:
            database.execute(f"PRAGMA user_version = {NEWEST + 5}")
        before = self.archive.read_bytes()
        for command in (("search", "x"), ("poll",), ("run",)):
            told = self.folder.run(*command, status=3).stderr
            self.assertRegex(told, rf"schema {NEWEST + 5}\b.*schema {NEWEST}\b")
        self.assertEqual(self.archive.read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
