"""What is wrong is named, in the user's terms, and costs nobody else anything."""
import json
import os
import signal
import sqlite3
import subprocess
import time
import unittest

import program
from program import Folder, FeedServer, rss, secret_of, with_validator
from receivers import HookReceiver

GOOD = rss("Hyvä", [(f"https://hyva.example/{i}", f"Aluevaltuusto kokoontui {i}", "<p>Teksti.</p>", None) for i in range(3)])


class Sources(unittest.TestCase):
    def setUp(self):
        self.server = FeedServer()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.folder = Folder()
        self.addCleanup(self.folder.remove)

    def cause_of(self, page, path="/bad"):
        self.server.pages["/good"] = with_validator(GOOD)
        self.server.pages[path] = page
        self.folder.feeds([("good", self.server.url("/good"), ""), ("bad", self.server.url(path), "")])
        summary = self.folder.run("poll", "--all", status=1).stdout
        self.assertIn("bad", summary)
        states = {f["id"]: f for f in self.folder.json_lines("feeds", "list")}
        self.assertEqual(states["good"]["state"], "fresh")
        self.assertEqual(states["good"]["entries"], 3)
        self.assertEqual(states["bad"]["state"], "failing")
        self.assertIn(states["bad"]["cause"], summary)
        return states["bad"]

    def test_html(self):
        bad = self.cause_of((200, {"Content-Type": "text/html"}, b"<html><head><title>Etusivu</title></head><body>Hei</body></html>"))
        self.assertEqual(bad["cause"], "not-a-feed")
        self.assertIn("Etusivu", bad["detail"])

    def test_empty(self):
        self.assertEqual(self.cause_of((200, {}, b""))["cause"], "not-a-feed")

    def test_not_found(self):
        self.assertEqual(self.cause_of((404, {}, b"no"))["cause"], "http-4xx")

    def test_gone(self):
        self.assertEqual(self.cause_of((410, {}, b"no"))["cause"], "gone")

    def test_server_error(self):
        self.assertEqual(self.cause_of((503, {"Retry-After": "3600"}, b"no"))["cause"], "5xx")

    def test_slow(self):
        def slow(request):
            time.sleep(6)
            return 200, {}, GOOD
        self.assertEqual(self.cause_of(slow)["cause"], "timeout")

    def test_too_large(self):
        self.assertEqual(self.cause_of((200, {"Content-Type": "application/rss+xml"}, b"<rss>" + b" " * (2 << 20)))["cause"], "too-large")

    def test_hangs_up(self):
        self.assertIn(self.cause_of(lambda request: None)["cause"], ("reset", "connect", "protocol"))

    def test_truncated_keeps_what_stands_whole(self):
        items = [(f"https://t.example/{i}", f"Otsikko {i}", "<p>Teksti.</p>", None) for i in range(10)]
        whole = rss("T", items)
        cut = whole[:whole.rindex(b"<item>") + 40]
        self.server.pages["/cut"] = (200, {}, cut)
        self.folder.feeds([("cut", self.server.url("/cut"), "")])
        self.folder.run("poll", "--all")
        self.assertGreaterEqual(self.folder.json_lines("stats")[0]["entries"], 9)

    def test_private_address_is_refused(self):
        self.folder.configure()
        text = (self.folder.path / "sotevahti.toml").read_text("utf-8").replace('allow_feeds = ["127.0.0.0/8"]', "")
        (self.folder.path / "sotevahti.toml").write_text(text, "utf-8")
        self.server.pages["/x"] = (200, {}, GOOD)
        self.folder.feeds([("x", self.server.url("/x"), "")])
        self.folder.run("poll", "--all", status=1)
        self.assertEqual(self.folder.json_lines("feeds", "list")[0]["cause"], "blocked-address")
        self.assertEqual(self.server.seen, [])

    def test_failure_after_success_loses_nothing(self):
        self.server.pages["/good"] = with_validator(GOOD)
        self.folder.feeds([("good", self.server.url("/good"), "")])
        self.folder.run("poll", "--all")
        self.server.pages["/good"] = (200, {}, b"<html><title>Huolto</title></html>")
        self.folder.run("poll", "--all", status=1)
        self.assertEqual(self.folder.json_lines("stats")[0]["entries"], 3)


class Users(unittest.TestCase):
    def setUp(self):
        self.folder = Folder()
        self.addCleanup(self.folder.remove)

    def test_addresses(self):
        for address in ("anna", "anna@", "an na@x.example", "anna@x.example\nBcc: b@x.example", "a" * 300 + "@x.example"):
            done = self.folder.run("subscribers", "add", address, status=2)
            self.assertTrue(done.stderr.strip(), address)
        self.assertEqual(self.folder.run("subscribers", "list", status=1).stdout.count("@"), 0)

    def test_addresses_that_mail_cannot_reach_are_refused_with_the_reason(self):
        for address, reason in (("anna@x.example\r\nBcc: b@x.example", "control character or line break"), ('"anna"@x.example', "holds"),
                                ("a" * 10_000 + "@x.example", "octets"), ("äiti@x.example", "RFC 6531"), ("anna@-x.example", "no domain")):
            self.assertIn(reason, self.folder.run("subscribers", "add", address, status=2).stderr, address)
        self.folder.run("subscribers", "add", "anna@järjestö.example")  # a domain has another form
        self.assertEqual(self.folder.json_lines("subscribers", "list")[0]["address"], "anna@xn--jrjest-bua3m.example")
        self.folder.run("subscriptions", "add", "anna@järjestö.example", "")

    def test_webhooks_lead_to_no_private_address(self):
        self.folder.run("subscribers", "add", "anna@x.example")
        add = ("subscriptions", "add", "anna@x.example", "", "--webhook")
        for url in ("https://10.0.0.1/hook", "https://[fd00::1]/hook", "https://169.254.169.254/latest", "https://0x0a000001/hook"):
            self.assertIn("private address", self.folder.run(*add, url, status=2).stderr, url)
        for url in ("http://hooks.example/x", "ftp://hooks.example/x", "https://user:word@hooks.example/", "javascript:alert(1)"):
            self.assertTrue(self.folder.run(*add, url, status=2).stderr.strip(), url)
        self.folder.run(*add, "https://hooks.example/x")
        self.folder.run(*add, "http://127.0.0.1:1/x")  # [net] allow_webhooks has it
        text = (self.folder.path / "sotevahti.toml").read_text("utf-8").replace('allow_webhooks = ["127.0.0.0/8"]', "")
        (self.folder.path / "sotevahti.toml").write_text(text, "utf-8")
        for url in ("http://127.0.0.1:1/x", "https://localhost/x", "https://[::1]/x"):
            self.assertIn("allow_webhooks", self.folder.run(*add, url, status=2).stderr, url)
        self.folder.run("subscriptions", "change", "1", "--webhook", "https://10.0.0.1/", status=2)
        self.assertEqual(len(self.folder.json_lines("subscriptions", "list")), 2)

    def test_the_life_of_a_webhook_by_command(self):
        hooks = HookReceiver()
        self.addCleanup(hooks.stop)
        self.folder.run("subscribers", "add", "anna@x.example")
        added = self.folder.run("subscriptions", "add", "anna@x.example", "", "--webhook", hooks.url("/a"))
        old = hooks.secrets["/a"] = secret_of(added.stdout)
        self.folder.run("subscriptions", "test", "1")
        self.folder.run("digest", "send")
        new = secret_of(self.folder.run("subscriptions", "secret", "1", "--old-for", "1h").stdout)
        for known in (old, new):  # both sign
            hooks.secrets["/a"] = known
            self.folder.run("outbox", "replay", "1")
            self.folder.run("digest", "send")
        self.assertEqual(([kept[1] for kept in hooks.kept], hooks.faults), ([hooks.kept[0][1]] * 3, []))
        self.assertEqual({kept[2]["type"] for kept in hooks.kept}, {"test"})
        hooks.answers["/a"] = [410]
        self.folder.run("outbox", "replay", "--subscription", "1", "--since", "1d", "--sent")
        self.assertIn("410", self.folder.run("digest", "send", status=1).stderr)
        self.assertIn("ended", self.folder.json_lines("subscriptions", "list")[0]["state"])
        self.folder.run("subscriptions", "change", "1", "--reopen")
        self.folder.run("outbox", "replay", "--subscription", "1")
        self.folder.run("digest", "send")
        self.assertEqual(len(hooks.kept), 4)
        for wrong in ((), ("x",), ("1", "--since", "1d"), ("--since", "some day")):
            self.assertTrue(self.folder.run("outbox", "replay", *wrong, status=2).stderr.strip(), wrong)
        self.folder.run("outbox", "replay", "99", status=1)
        self.folder.run("subscriptions", "test", "9", status=1)

    def test_reminders_and_times_that_do_not_exist(self):
        self.folder.run("subscribers", "add", "anna@x.example")
        add = ("subscriptions", "add", "anna@x.example", "")
        for wrong in (("--rhythm", "daily 24:00"), ("--rhythm", "daily 07:60"), ("--rhythm", "monthly 31 08:00"),
                      ("--reminders", "0"), ("--reminders", "soon"), ("--reminders", "alert 7;2")):
            self.assertTrue(self.folder.run(*add, *wrong, status=2).stderr.strip(), wrong)
        self.folder.run(*add, "--rhythm", "daily 03:30", "--reminders", "alert 10,3", "--calendar")
        row = self.folder.json_lines("subscriptions", "list")[0]
        self.assertEqual((row["reminders"], row["calendar"]), ("alert 10,3", True))

    def test_a_person_is_exported_changed_and_erased(self):
        self.folder.run("subscribers", "add", "anna@x.example", "--name", "Anna")
        self.folder.run("subscribers", "add", "bertta@x.example")
        self.folder.run("subscriptions", "add", "anna@x.example", "area:lappi", "--name", "Lappi")
        self.folder.run("subscriptions", "change", "1", "--rhythm", "weekly mon 08:00", "--pause", "loma")
        exported = json.loads(self.folder.run("subscribers", "export", "anna@x.example").stdout)
        self.assertEqual((exported["name"], len(exported["subscriptions"]), exported["digests"]), ("Anna", 1, []))
        subscription = exported["subscriptions"][0]
        self.assertEqual((subscription["filter"], subscription["rhythm"], subscription["paused"]),
                         ("area:lappi", "weekly mon 08:00", "loma"))
        self.folder.run("subscriptions", "change", "1", "--filter", "area:kainuu", "--resume")
        self.assertEqual(self.folder.json_lines("subscriptions", "list")[0]["state"], "active")
        for wrong in (("1", "--filter", "area:lapi"), ("1", "--rhythm", "hourly"), ("x",), ("1", "--zone", "Europe/Nowhere"),
                      ("1", "--pause", "a", "--resume")):
            self.assertTrue(self.folder.run("subscriptions", "change", *wrong, status=2).stderr.strip(), wrong)
        self.folder.run("subscriptions", "change", "9", "--name", "x", status=1)
        self.assertEqual(self.folder.json_lines("subscriptions", "list")[0]["filter"], "area:kainuu")

        self.folder.run("subscribers", "erase", "anna@x.example")
        self.folder.run("subscribers", "erase", "anna@x.example", status=1)
        self.folder.run("subscribers", "export", "anna@x.example", status=1)
        self.assertEqual([row["address"] for row in self.folder.json_lines("subscribers", "list")], ["bertta@x.example"])
        self.assertNotIn(b"anna@x.example", (self.folder.path / "archive.db").read_bytes())

    def test_filters_zones_and_rhythms(self):
        self.folder.run("subscribers", "add", "anna@x.example")
        add = ("subscriptions", "add", "anna@x.example")
        wrong = self.folder.run(*add, "area:pirkanma", status=2).stderr
        self.assertIn("pirkanma", wrong)
        self.assertIn("pirkanmaa", wrong)
        self.assertIn("Helsinkki", self.folder.run(*add, "", "--zone", "Europe/Helsinkki", status=2).stderr)
        self.assertTrue(self.folder.run(*add, "", "--rhythm", "sometimes", status=2).stderr)
        self.assertTrue(self.folder.run(*add, "(a OR", status=2).stderr)
        self.folder.run("subscriptions", "list", status=1)

    def test_configuration_errors_have_file_and_line(self):
        file = self.folder.path / "sotevahti.toml"
        file.write_text("[poll]\nintervall = \"1h\"\n", "utf-8")
        wrong = self.folder.run("poll", status=78).stderr
        self.assertIn(f"{file}:2", wrong)
        self.assertIn("interval", wrong)

    def test_feeds_d_errors_have_file_and_line(self):
        self.folder.feeds([("a", "ftp://x.example/f", "")])
        wrong = self.folder.run("poll", status=78).stderr
        self.assertIn("test.toml:", wrong)

    def test_a_folder_of_feeds_that_is_not_there_is_refused_by_all_who_poll(self):
        self.folder.run("poll", status=None)
        (self.folder.path / "feeds.d").rename(self.folder.path / "feeds.gone")
        for command in (("poll",), ("run",), ("config", "check")):
            self.assertIn("there is no folder", self.folder.run(*command, status=78).stderr, command)
        self.folder.run("search", "kotihoito", status=1)  # the archive can be asked without

    def test_a_wrong_row_is_refused_at_the_start(self):
        good = "https://www.example.fi/rss"
        for row, word in ((("a", "not an address", ""), "test.toml:5"), (("a", good, 'area = "atlantis"'), "atlantis"),
                          (("a", good, 'interval = "10s"'), "interval"), (("a b", good, ""), "test.toml:2")):
            self.folder.feeds([row])
            for command in (("run",), ("feeds", "list")):
                wrong = self.folder.run(*command, status=78).stderr
                self.assertIn("test.toml:", wrong)
                self.assertIn(word, wrong)

    def test_a_list_that_is_none_imports_nothing(self):
        outline = '<outline text="a" xmlUrl="https://a.example/feed"/>'
        bomb = '<!DOCTYPE opml [<!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]><opml><body>' + outline + "</body></opml>"
        file = self.folder.path / "list.opml"
        for text, cause in ((bomb, "document type"), ("<html><body>" + outline + "</body></html>", "no OPML"),
                            ("<opml><body>" + outline, "well-formed"), ("", "well-formed")):
            file.write_text(text, "utf-8")
            wrong = self.folder.run("feeds", "import", file, status=3).stderr
            self.assertIn(cause, wrong)
            self.assertIn("nothing was imported", wrong)
            self.assertEqual(list((self.folder.path / "feeds.d").iterdir()), [])
        file.write_text(f"<opml><body>{outline}</body></opml>", "utf-8")
        self.assertIn("1 taken over", self.folder.run("feeds", "import", file).stdout)
        self.assertEqual(self.folder.json_lines("feeds", "list")[0]["url"], "https://a.example/feed")

    def test_a_list_carries_whole_rows_and_none_that_feeds_d_would_refuse(self):
        rows = self.folder.path / "feeds.d/test.toml"
        self.folder.feeds([("plain", "https://a.example/feed", ""),
                           ("full", "https://b.example/feed?a=1&b=2",
                            'areas = ["lappi", "hus"]\nlang = "sv"\nkind = "grants"\nrole = "ngo"\ninterval = "2h"\n'
                            'relevant_only = true\nenabled = false\nuser_agent = "Other/1.0"\nzone = "Europe/Stockholm"\n'
                            'platform = "liferay"'), ("page", "https://c.example/", "discover = true")])
        rows.write_text(rows.read_text("utf-8").replace('publisher = "full"', 'publisher = "Åland & \\"muut\\", </opml>"'), "utf-8")
        listed = {row["id"]: row for row in self.folder.json_lines("feeds", "list")}
        exported = self.folder.run("feeds", "export")
        self.assertIn("Left out, for OPML lists feeds: pages on which a feed is looked for, 1.", exported.stderr)
        file = self.folder.path / "list.opml"
        file.write_text(exported.stdout, "utf-8")
        rows.unlink()
        self.assertIn("2 taken over", self.folder.run("feeds", "import", file).stdout)
        del listed["page"]
        self.assertEqual({row["id"]: row for row in self.folder.json_lines("feeds", "list")}, listed)
        self.assertEqual(self.folder.run("feeds", "export").stdout, exported.stdout)
        imported = self.folder.path / "feeds.d/imported.toml"
        self.assertIn('user_agent = "Other/1.0"', imported.read_text("utf-8"))

        imported.unlink()
        head = '<opml version="2.0" xmlns:s="urn:sotevahti:feeds.d"><body>'
        for wrong, told in (('s:id="../../etc"', "id"), ('s:id="a" s:publisher="P" s:areas="lapi"', 'did you mean "lappi"?'),
                            ('s:id="a" s:publisher="P" s:url="http://10.0.0.1/"', "twice"),
                            ('s:id="a" s:publisher="P" s:user_agent="ä"', "user_agent"), ('s:id="a"', "publisher")):
            file.write_text(f'{head}<outline text="a&#1;b" xmlUrl="https://www.a.example/feed" {wrong}/></body></opml>', "utf-8")
            done = self.folder.run("feeds", "import", file)
            self.assertIn(told, done.stderr, wrong)
            self.assertIn("1 taken over", done.stdout)
            row = self.folder.json_lines("feeds", "list")[0]
            self.assertEqual((row["id"], row["title"], row["publisher"]), ("a-example-feed", "ab", "www.a.example"), wrong)
            imported.unlink()

    def test_ten_thousand_feeds_are_imported_and_exported(self):
        rows = "".join(f'<outline text="F {i}" xmlUrl="https://h{i % 40}.example/f/{i}"/>' for i in range(10000))
        file = self.folder.path / "list.opml"
        file.write_text(f"<opml version='2.0'><body><outline text='x'>{rows}</outline></body></opml>", "utf-8")
        self.assertIn("10000 taken over", self.folder.run("feeds", "import", file).stdout)
        self.assertIn("0 taken over, 10000 known before", self.folder.run("feeds", "import", file).stdout)
        self.assertEqual(self.folder.run("feeds", "export").stdout.count("xmlUrl="), 10000)

    def test_newer_archive_is_refused(self):
        self.folder.run("subscribers", "add", "anna@x.example")
        with sqlite3.connect(self.folder.path / "archive.db") as archive:
            archive.execute("PRAGMA user_version = 9999")
        for command in (("stats",), ("poll", "--all")):
            self.assertIn("9999", self.folder.run(*command, status=3).stderr)

    def test_second_daemon_is_told_who_holds_the_archive(self):
        first = self.folder.start("run")
        self.addCleanup(first.stdout.close)
        self.addCleanup(first.stderr.close)
        try:
            self.assertTrue(first.stdout.readline().startswith("http://127.0.0.1:"))
            second = self.folder.run("run", status=3)
            self.assertIn(str(first.pid), second.stderr)
        finally:
            first.send_signal(signal.SIGTERM)
            self.assertEqual(first.wait(timeout=20), 0)


    def test_a_reader_who_goes_away_is_no_failure(self):
        reads, writes = os.pipe()
        os.close(reads)  # gone before the first word
        try:
            ended = subprocess.run([program.PROGRAM, "config", "example"], stdout=writes, stderr=subprocess.PIPE, text=True)
        finally:
            os.close(writes)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))

    def test_a_list_that_the_disk_did_not_take_is_a_failure(self):
        for command in (("feeds", "export"), ("completions", "bash"), ("config", "example")):
            with open("/dev/full", "w") as full:
                ended = subprocess.run([program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"), *command],
                                       stdout=full, stderr=subprocess.PIPE, text=True)
            self.assertEqual(ended.returncode, 3, command)
            self.assertIn("No space left", ended.stderr, command)

    def test_what_nobody_can_be_told_changes_no_result(self):
        self.folder.run("poll", status=None)
        for command, status in ((("show", "1"), 1), (("search", "kotihoito"), 1), (("search", "area:x"), 2), (("nosuch",), 2)):
            for shell in ("2>&-", "2>/dev/full"):
                ended = subprocess.run(["sh", "-c", f'exec "$@" {shell}', "sh", program.PROGRAM, "--config",
                                        str(self.folder.path / "sotevahti.toml"), *command], capture_output=True, timeout=60)
                self.assertEqual(ended.returncode, status, (command, shell))

    def test_a_closed_standard_output_is_a_failure_whatever_the_command(self):
        self.folder.run("poll", status=None)
        self.folder.run("subscribers", "add", "anna@x.example")
        for command in (("stats", "--json"), ("check", "--json"), ("subscribers", "list", "--json"), ("feeds", "export"),
                        ("config", "example"), ("stats",)):
            ended = subprocess.run(["sh", "-c", 'exec "$@" >&-', "sh", program.PROGRAM, "--config",
                                    str(self.folder.path / "sotevahti.toml"), *command], stderr=subprocess.PIPE, timeout=60)
            self.assertEqual(ended.returncode, 3, (command, ended.stderr))

    def test_a_standard_input_that_cannot_be_read_is_not_an_empty_one(self):
        self.folder.run("poll", status=None)
        for command in (("parse", "-"), ("parse", "--batch"), ("tag", "--json"), ("mcp",)):
            folder = os.open(self.folder.path, os.O_RDONLY)
            try:
                ended = subprocess.run([program.PROGRAM, "--config", str(self.folder.path / "sotevahti.toml"), *command],
                                       stdin=folder, capture_output=True, text=True, timeout=60)
            finally:
                os.close(folder)
            self.assertEqual((ended.returncode, ended.stdout), (3, ""), command)
            self.assertIn("standard input cannot be read: Is a directory", ended.stderr, command)

    def test_a_preview_of_what_is_not_there_or_has_no_end_is_refused(self):
        self.folder.run("poll", status=None)
        self.assertIn("there is no subscription 99", self.folder.run("subscriptions", "preview", "99", status=1).stderr)
        self.assertIn("to 3660", self.folder.run("subscriptions", "preview", "avustus", "--days", "99999999", status=2).stderr)

    def test_words_of_the_command_line_are_repeated_as_text(self):
        for wrong in (("--no\x1b[31m",), ("stats", "a\x1b]0;t\x07", "b"), ("search", "--limit", "-1", "x"), ("search", "--limit", " 5", "x")):
            complaint = self.folder.run(*wrong, status=2).stderr
            self.assertTrue(complaint.strip(), wrong)
            self.assertNotRegex(complaint, "[\x00-\x09\x0b-\x1f\x7f-\x9f]", wrong)


if __name__ == "__main__":
    unittest.main()
