"""What an admin does: backup, restore, a socket that systemd holds."""
import contextlib
import os
import pathlib
import socket
import sqlite3
import subprocess
import time
import unittest
import urllib.request

import program
from program import Folder


class Operations(unittest.TestCase):
    def setUp(self):
        self.folder = Folder()
        self.addCleanup(self.folder.remove)
        self.archive = self.folder.path / "archive.db"
        self.folder.run("subscribers", "add", "anna@yhdistys.example")

    def people(self, file):
        with contextlib.closing(sqlite3.connect(file)) as database:
            return [row[0] for row in database.execute("SELECT address FROM subscribers")]

    def start(self, *prefix, env=None, pass_fds=()):
        process = subprocess.Popen([*prefix, program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"), "run"],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                   env={**os.environ, **(env or {})}, pass_fds=pass_fds)

        def end():
            process.kill()
            process.wait()
            process.stdout.close()
        self.addCleanup(end)
        return process, process.stdout.readline().strip()

    def test_a_folder_of_backups_keeps_the_newest(self):
        backups = self.folder.path / "backups"
        backups.mkdir()
        (backups / "sotevahti-note.db").write_text("somebody's own")
        for day in (1, 2, 3):
            (backups / f"sotevahti-2020010{day}T034000Z.db").write_text("old")
        told = self.folder.run("backup", "--keep", 2, backups).stdout
        self.assertIn("sotevahti-20200101T034000Z.db: removed", told)
        left = sorted(file.name for file in backups.iterdir())
        self.assertEqual(left[0], "sotevahti-20200103T034000Z.db")
        self.assertEqual(left[2], "sotevahti-note.db")
        self.assertEqual(len(left), 3)
        self.assertEqual(self.people(backups / left[1]), ["anna@yhdistys.example"])
        self.assertEqual((backups / left[1]).stat().st_mode & 0o777, 0o600)
        self.assertIn("is none", self.folder.run("backup", "--keep", 2, backups / "new.db", status=2).stderr)

    def test_restore_overwrites_nothing_and_takes_nothing_broken(self):
        copy = self.folder.path / "copy.db"
        self.folder.run("backup", copy)
        self.assertIn("is there already", self.folder.run("backup", copy, status=3).stderr)
        self.assertIn("is there already", self.folder.run("restore", copy, status=3).stderr)
        self.archive.unlink()
        broken = self.folder.path / "broken.db"
        page = bytearray(copy.read_bytes())
        for at in range(8192, len(page) - 4096, 4096):
            page[at:at + 64] = b"\xff" * 64
        broken.write_bytes(page)
        self.folder.run("restore", broken, status=3)
        self.assertFalse(self.archive.exists())
        self.folder.run("restore", copy)
        self.assertEqual(self.people(self.archive), ["anna@yhdistys.example"])
        self.folder.run("check")

    def test_restore_waits_for_the_service_to_stop(self):
        copy = self.folder.path / "copy.db"
        self.start()
        self.folder.run("backup", copy)
        self.assertIn("sotevahti run, process", self.folder.run("restore", copy, status=3).stderr)

    def test_a_socket_that_was_handed_over(self):
        with socket.create_server(("127.0.0.1", 0)) as held:
            port = held.getsockname()[1]
            os.set_inheritable(held.fileno(), True)
            command = f'exec 3<&{held.fileno()}; export LISTEN_PID=$$ LISTEN_FDS=1; exec "$@"'
            process, web = self.start("sh", "-c", command, "sh", pass_fds=(held.fileno(),))
            self.assertEqual(web, f"http://127.0.0.1:{port}/")
            with urllib.request.urlopen(web + "healthz", timeout=10) as reply:
                self.assertEqual(reply.read(), b"ok\n")

    def test_a_socket_of_another_kind_is_refused(self):
        with socket.socket(socket.AF_UNIX) as held:
            held.bind(str(self.folder.path / "web"))
            held.listen()
            command = f'exec 3<&{held.fileno()}; export LISTEN_PID=$$ LISTEN_FDS=1; exec "$@"'
            process, web = self.start("sh", "-c", command, "sh", pass_fds=(held.fileno(),))
            self.assertEqual(process.wait(timeout=30), 3)
            self.assertEqual(web, "")

    def test_prune_by_rules_and_vacuum(self):
        with contextlib.closing(sqlite3.connect(self.archive)) as database, database:
            database.execute("INSERT INTO outbox(subscriber, channel, webhook_url, webhook_secret, webhook_style, recipient,"
                             " message_id, payload, state, next_attempt, created) VALUES (1, 'mail', '', '', '',"
                             " 'anna@yhdistys.example', '<1@x>', x'48656920', 'sent', 0, 1000000000)")
        told = self.folder.json_lines("prune", "--dry-run")[0]
        self.assertEqual((told["messages"], told["dry_run"]), (1, True))
        self.assertEqual(self.folder.json_lines("prune")[0]["messages"], 1)
        self.assertEqual(self.folder.json_lines("prune")[0]["messages"], 0)
        self.assertIn("is no time", self.folder.run("prune", "--texts", "long", status=2).stderr)
        self.assertIn(" MB, was ", self.folder.run("vacuum").stdout)
        self.start()
        self.assertIn("sotevahti run, process", self.folder.run("vacuum", status=3).stderr)
        self.folder.run("prune")

    def test_check_looks_around_and_says_what_to_do(self):
        self.folder.configure(mail='transport = "smtp"\nurl = "smtp://127.0.0.1:9"')
        found = {each["what"]: each for each in self.folder.json_lines("check")[0]["surroundings"]}
        self.assertEqual(sorted(found), ["clock", "disk", "names", "relay"])
        self.assertIn("127.0.0.1 port 9 cannot be reached", found["relay"]["cause"])
        self.assertIn("[mail] url", found["relay"]["remedy"])
        with contextlib.closing(sqlite3.connect(self.archive)) as database, database:
            database.execute("INSERT INTO feeds(id) VALUES ('x')")
            database.execute("UPDATE polls SET last_poll = ?", (int(time.time()) + 86400,))
        told = self.folder.run("check").stdout
        self.assertRegex(told, r"clock +the clock is 14[34]\d minutes behind the last poll")

    def test_check_of_a_broken_archive_names_the_way_out(self):
        self.archive.write_bytes(b"SQLite format 3\0" + b"\xff" * 8000)
        for suffix in ("-wal", "-shm"):
            pathlib.Path(str(self.archive) + suffix).unlink(missing_ok=True)
        told = self.folder.run("check", status=1)
        self.assertIn("restore a backup", told.stderr)

    @unittest.skipUnless(os.geteuid() == 0, "only root can make files for another user")
    def test_what_root_makes_belongs_to_the_service(self):
        state = self.folder.path / "state"
        state.mkdir()
        os.chown(state, 4711, 4711)
        os.chmod(self.folder.path, 0o755)
        toml = self.folder.path / "sotevahti.toml"
        toml.write_text(toml.read_text("utf-8").replace("archive.db", "state/archive.db"), "utf-8")
        self.folder.run("poll")
        self.folder.run("digest", "send")
        self.folder.run("backup", state / "copy.db")
        victim = self.folder.path / "of_root"
        victim.write_text("secret")
        for file in state.iterdir():
            self.assertEqual(file.stat().st_uid, 4711, file)
        (state / "archive.db.lock").unlink()
        (state / "archive.db.lock").symlink_to(victim)
        self.folder.run("poll", status=3)
        self.assertEqual(victim.stat().st_uid, 0)
        self.assertEqual(victim.read_text(), "secret")


if __name__ == "__main__":
    unittest.main()
