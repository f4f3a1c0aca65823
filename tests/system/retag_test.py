"""The archive's tags brought to rules that have changed: by command, by the service, over a kill."""
import contextlib
import json
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import time
import unittest

import program
from program import Folder, FeedServer, SOURCE, rss, with_validator

DEADLINE = 60


class Retag(unittest.TestCase):
    def setUp(self):
        self.server = FeedServer()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.folder = Folder(extra='[tags]\ndir = "tags.d"')
        self.addCleanup(self.folder.remove)
        shutil.copytree(SOURCE / "tags.d", self.folder.path / "tags.d")
        self.folder.feeds([("pirha", self.server.url("/f"), 'area = "pirkanmaa"\nlang = "fi"')])

    def publish(self, count):
        self.server.pages["/f"] = with_validator(rss("Pirha", [
            (f"https://pirha.example/{i}", f"Aluehallitus kuuli koekaniinia numero {i}",
             f"<p>Aluehallitus keskusteli asiasta {i} kokouksessaan Tampereella.</p>", None) for i in range(count)]))
        self.folder.run("poll", "--all")

    def write_rule(self, topic="hyte", word="koekaniini"):
        """`word` tells the topic from now on."""
        file = self.folder.path / "tags.d" / "topics.toml"
        before, after = file.read_text("utf-8").split(f'id = "{topic}"', 1)
        after = after.replace("strong = [", f'strong = [\n  "{word}",', 1)
        file.write_text(f'{before}id = "{topic}"{after}', "utf-8")

    def found(self, filter):
        return len(self.folder.run("search", filter, "--limit", "1000", "--json", status=None).stdout.splitlines())

    def retagged_to(self):
        with contextlib.closing(sqlite3.connect(f"file:{self.folder.path}/archive.db?mode=ro", uri=True)) as archive:
            row = archive.execute("SELECT value FROM meta WHERE key = 'retagged_to'").fetchone()
        return int(row[0]) if row else None

    def test_command_tells_what_changed(self):
        self.publish(3)
        self.assertNotIn("wait for the present rules", self.folder.run("check").stdout)
        self.write_rule()
        self.assertIn("3 of 3 entries wait for the present rules", self.folder.run("check").stdout)
        self.assertEqual(self.found("topic:hyte story:all"), 0)

        retag = self.folder.json_lines("check", "--retag")[0]["retag"][0]
        self.assertEqual((retag["entries"], retag["changed"]), (3, 3))
        self.assertIn({"tag": "topic:hyte", "added": 3, "removed": 0}, retag["tags"])
        self.assertEqual(self.found("topic:hyte story:all"), 3)
        self.assertNotIn("wait for the present rules", self.folder.run("check").stdout)
        # Once more changes nothing.
        again = self.folder.json_lines("check", "--retag")[0]["retag"][0]
        self.assertEqual((again["entries"], again["changed"], again["tags"]), (3, 0, []))

    def test_a_kill_in_the_middle_costs_one_step(self):
        self.publish(1000)
        self.write_rule()
        retag = subprocess.Popen([program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"), "check",
                                  "--retag"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + DEADLINE
        while not self.retagged_to() and retag.poll() is None:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.005)
        retag.send_signal(signal.SIGKILL)
        retag.wait()
        reached = self.retagged_to()
        self.assertTrue(reached, "it was over before it could be killed")
        before = self.found("topic:hyte story:all")
        self.assertGreater(before, 0)
        self.assertLess(before, 1000)

        report = self.folder.json_lines("check", "--retag")[0]["retag"][0]
        self.assertEqual((report["entries"], report["changed"]), (1000, 1000))
        self.assertEqual(self.found("topic:hyte story:all"), 1000)

    def test_service_does_it_at_start_and_when_the_rules_change(self):
        self.publish(3)
        self.write_rule()
        log = open(self.folder.path / "log", "w", encoding="utf-8")
        self.addCleanup(log.close)
        service = subprocess.Popen([program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"), "run"],
                                   stdout=subprocess.PIPE, stderr=log, text=True)
        self.addCleanup(service.stdout.close)
        self.addCleanup(service.wait)
        self.addCleanup(service.kill)
        service.stdout.readline()
        self.wait_for(lambda: self.found("topic:hyte story:all") == 3)
        self.wait_for(lambda: "tags: 3 entries looked at, 3 changed: topic:hyte +3" in self.logged())
        self.write_rule("rahoitus")
        self.write_rule(word="rokotuksen")
        service.send_signal(signal.SIGHUP)
        self.wait_for(lambda: self.found("topic:rahoitus story:all") == 3)
        self.wait_for(lambda: re.search(r'topics\.toml:\d+: hyte: "rokotuksen".*can never match', self.logged()))
        # While it runs nobody else writes tags.
        refused = self.folder.run("check", "--retag", status=3)
        self.assertIn("sotevahti run", refused.stderr)

    def test_rules_that_can_never_match_are_named(self):
        self.write_rule(word="rokotuksen")
        refused = self.folder.run("check", status=1)
        self.assertRegex(refused.stdout, r"topics\.toml:\d+: hyte: \"rokotuksen\".*can never match")
        checked = json.loads(self.folder.run("check", "--json", status=1).stdout)
        self.assertEqual(len(checked["rules"]), 1)

    def test_unknown_ids_and_cycles_are_refused(self):
        cases = {
            "areas": ("places.toml", '{name = "Sydänsairaala"', '{name = "Uusikylä", lang = "fi", kind = "hospital", '
                                     'areas = ["uusimaa"]},\n  {name = "Sydänsairaala"', "uusimaa"),
            "synonyms": ("synonyms.toml", '[[synonym]]', '[[synonym]]\nwords = ["neuvola", "lastensuoja"]\n\n'
                                          '[[synonym]]', "neuvola"),
        }
        for name, (file, old, new, named) in cases.items():
            with self.subTest(name):
                path = self.folder.path / "tags.d" / file
                before = path.read_text("utf-8")
                path.write_text(before.replace(old, new, 1), "utf-8")
                for command in ("check", "run"):
                    refused = self.folder.run(command, status=78)
                    self.assertRegex(refused.stderr, rf"{file}:\d+: .*{named}")
                path.write_text(before, "utf-8")

    def logged(self):
        return pathlib.Path(self.folder.path / "log").read_text("utf-8")

    def wait_for(self, condition):
        until = time.monotonic() + DEADLINE
        while not condition():
            self.assertLess(time.monotonic(), until, self.logged())
            time.sleep(0.1)


if __name__ == "__main__":
    unittest.main()
