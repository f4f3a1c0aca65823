"""What the command line takes for what: filters that begin with a hyphen, wrong words, flags that contradict each other."""
import unittest

from program import FeedServer, Folder, rss


class CommandLine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Folder()
        cls.addClassCleanup(cls.folder.remove)
        feeds = FeedServer()
        cls.addClassCleanup(feeds.server_close)
        cls.addClassCleanup(feeds.shutdown)
        items = [(f"https://pirha.example/{word}", f"{word} Tampereella", f"<p>{word} alkaa.</p>", None)
                 for word in ("Avustus", "Vaalit", "Lakkautus")]
        feeds.pages["/f"] = (200, {"Content-Type": "application/rss+xml"}, rss("Pirha", items))
        cls.folder.feeds([("pirha", feeds.url("/f"), 'area = "pirkanmaa"\nkind = "media"')])
        cls.folder.run("poll", "--all")
        cls.folder.run("subscribers", "add", "anna@x.example")

    def first_words(self, *arguments):
        return sorted(entry["title"].split()[0] for entry in self.folder.json_lines("search", *arguments))

    def add(self, *arguments, address="anna@x.example"):
        self.folder.run("subscriptions", "add", address, *arguments)
        return self.folder.json_lines("subscriptions", "list")[-1]

    def refused(self, *arguments):
        """What is said where the line cannot be understood."""
        done = self.folder.run(*arguments, status=2)
        self.assertEqual(done.stdout, "", arguments)
        return done.stderr

    def test_a_filter_may_begin_with_a_hyphen(self):
        self.assertEqual(self.first_words("-vaalit"), ["Avustus", "Lakkautus"])
        self.assertEqual(self.first_words("tampere", "-vaalit"), ["Avustus", "Lakkautus"])
        self.assertEqual(self.first_words("-vaalit tampere", "-avustus"), ["Lakkautus"])
        self.assertEqual(self.first_words("-lakkautus", "-helsinki"), ["Avustus", "Vaalit"])
        self.assertEqual(self.first_words("--limit", "1", "--sort=new", "-(vaalit OR avustus)"), ["Lakkautus"])
        self.assertEqual(self.first_words('-"vaalit tampereella"', "-avustus"), ["Lakkautus"])
        self.assertEqual(self.add("-kind:media", "--name", "x")["filter"], "-kind:media")
        number = str(self.add("vaalit")["id"])
        self.folder.run("subscriptions", "change", number, "--filter", "-kind:media")
        self.assertEqual(self.folder.json_lines("subscriptions", "list")[-1]["filter"], "-kind:media")
        self.assertIn("0 stories", self.folder.run("subscriptions", "preview", "-kind:media", status=None).stdout)

    def test_options_beside_a_filter_stay_options(self):
        for help in ("-h", "--help"):
            for line in (("search", help), ("search", "avustus", help), ("subscriptions", "add", help)):
                self.assertIn("Usage:", self.folder.run(*line).stdout, line)
        self.assertIn("--nothing", self.refused("search", "avustus", "--nothing"))
        self.assertIn("--limit", self.refused("search", "avustus", "--limit"))

    def test_a_wrong_word_is_named_and_the_nearest_offered(self):
        for line, told in ((("serch", "x"), 'no command "serch"; did you mean "search"?'),
                           (("feeds", "lst"), 'no command "feeds lst"; did you mean "feeds list"?'),
                           (("config", "shw"), 'no command "config shw"; did you mean "config show"?'),
                           (("nosuchcommand",), 'no command "nosuchcommand" (see sotevahti --help)'),
                           (("feeds", "foo", "--help"), 'no command "feeds foo" (see sotevahti feeds --help)')):
            self.assertIn(told, self.refused(*line), line)
        self.assertIn("subcommand", self.refused("feeds"))

    def test_flags_that_contradict_each_other_are_refused(self):
        add = ("subscriptions", "add", "anna@x.example", "")
        for line, *named in ((("search", "--json", "--csv"), "--json", "--csv"),
                             (("search", "--csv", "x", "--json"), "--json", "--csv"),
                             (("stats", "--csv", "--json"), "--json", "--csv"),
                             (("stats", "--table", "--json"), "--json", "--table"),
                             (("show", "1", "--why", "topic:hyte", "--json"), "--why", "--json"),
                             (("subscriptions", "change", "1", "--filter", "x", "--everything"), "--filter", "--everything"),
                             (("subscriptions", "change", "1", "--pause", "x", "--resume"), "--pause", "--resume"),
                             ((*add, "--style", "slack"), "--style", "--webhook")):
            complaint = self.refused(*line)
            for option in named:
                self.assertIn(option, complaint, line)

    def test_a_limit_is_at_least_one(self):
        for number in ("0", "1000001", "99999999999999999999"):
            self.assertIn(f'"{number}" is no number from 1 to 1000000', self.refused("search", "--limit", number))
        self.assertIn("from 1", self.refused("digest", "explain", "1", "--limit", "0"))
        self.assertEqual(len(self.first_words("--limit", "1000")), 3)

    def test_an_option_that_would_change_nothing_is_refused(self):
        number = str(self.add("")["id"])
        add, change = ("subscriptions", "add", "anna@x.example", ""), ("subscriptions", "change", number)
        for wrong in ("0", "501", "99999999999999999999"):
            for line in (add, change):
                self.assertIn(f'--max-items: "{wrong}" is no number from 1 to 500', self.refused(*line, "--max-items", wrong))
        for wrong in ("0", "3661"):
            self.assertIn(f'--days: "{wrong}" is no number from 1 to 3660',
                          self.refused("subscriptions", "preview", "x", "--days", wrong))
        for option in ("--filter", "--name", "--rhythm", "--zone", "--reminders", "--webhook", "--pause"):
            self.assertIn(f"{option}: nothing stands there", self.refused(*change, option, ""), option)
        self.assertIn("--webhook: nothing stands there", self.refused(*add, "--webhook", ""))
        self.assertIn("--config: nothing stands there", self.refused("stats", "--config", ""))

    def test_what_is_no_number_is_a_usage_error_and_what_is_not_there_is_not(self):
        number = str(self.add("")["id"])
        entry = str(self.folder.json_lines("search", "vaalit")[0]["id"])
        for line in (("outbox", "cancel"), ("outbox", "retry"), ("outbox", "replay"), ("subscriptions", "end"), ("show",),
                     ("digest", "preview"), ("digest", "explain"), ("digest", "explain", number)):
            for wrong in ("abc", "5x"):
                self.assertIn(f'"{wrong}" is no', self.refused(*line, wrong), line)
        self.folder.run("outbox", "cancel", "99", status=1)
        explained = self.folder.run("digest", "explain", number, "99", entry, status=1)
        self.assertEqual(explained.stderr, "There is no entry 99.\n")
        self.assertIn("Vaalit", explained.stdout)
        nothing = self.folder.run("subscriptions", "preview", "olematonsana", status=1)
        self.assertIn("0 messages, 0 stories", nothing.stdout)

    def test_what_is_named_and_not_there_is_told_by_every_command_alike(self):
        self.add("")
        nobody = "nobody@x.example"
        for told, *lines in (
                ("there is no subscription 99", ("digest", "preview", "99"), ("digest", "explain", "99"),
                 ("subscriptions", "preview", "99"), ("subscriptions", "secret", "99"), ("subscriptions", "test", "99")),
                ("there is no active subscription 99", ("subscriptions", "end", "99"),
                 ("subscriptions", "change", "99", "--name", "x")),
                ("subscription 1 goes by mail", ("subscriptions", "secret", "1"), ("subscriptions", "test", "1")),
                ("nobody has the address " + nobody, ("subscribers", "remove", nobody), ("subscribers", "resume", nobody),
                 ("subscriptions", "add", nobody, "")),
                ("nothing is kept of " + nobody, ("subscribers", "export", nobody), ("subscribers", "erase", nobody)),
                ("anna@x.example is not suspended", ("subscribers", "resume", "anna@x.example")),
                ("there is no entry 99", ("show", "99"), ("show", "99", "--json")),
                ("there is no message 99", ("outbox", "retry", "99"), ("outbox", "cancel", "99")),
                ('no feed is called "nosuch"', ("poll", "nosuch"), ("poll", "pirha", "nosuch"), ("feeds", "revert", "nosuch")),
                ('"nosuch" is neither a feed\'s id nor an address', ("feeds", "check", "nosuch"))):
            for line in lines:
                done = self.folder.run(*line, status=1)
                self.assertEqual(done.stdout, "", line)
                self.assertIn("sotevahti: " + told, done.stderr, line)

    def test_a_file_that_is_not_there_is_the_same_failure_everywhere(self):
        for line in (("parse",), ("feeds", "import")):
            self.assertIn("cannot be read", self.folder.run(*line, "/nowhere", status=3).stderr)

    def test_a_subscription_to_everything_is_named_in_its_readers_language(self):
        for language, name in (("fi", "Kaikki uutiset"), ("sv", "Alla nyheter"), ("en", "All news")):
            self.folder.run("subscribers", "add", f"{language}@x.example", "--lang", language)
            self.assertEqual(self.add("", address=f"{language}@x.example")["name"], name)
        self.assertEqual(self.add("", "--lang", "sv")["name"], "Alla nyheter")
        self.assertEqual(self.add("", "--name", "Oma")["name"], "Oma")


class Limits(unittest.TestCase):
    def test_more_than_a_page_comes_page_by_page_each_entry_once(self):
        folder = Folder()
        self.addCleanup(folder.remove)
        feeds = FeedServer()
        self.addCleanup(feeds.server_close)
        self.addCleanup(feeds.shutdown)
        items = [(f"https://pirha.example/{i}", f"Kokous {i} Tampereella", f"<p>Pykälä {i}.</p>", None) for i in range(1100)]
        feeds.pages["/f"] = (200, {"Content-Type": "application/rss+xml"}, rss("Pirha", items))
        folder.feeds([("pirha", feeds.url("/f"), 'area = "pirkanmaa"')])
        folder.run("poll", "--all")
        for limit, found in (("1050", 1050), ("5000", 1100)):
            entries = folder.json_lines("search", "story:all", "--limit", limit)
            self.assertEqual((len(entries), len({entry["id"] for entry in entries})), (found, found))


if __name__ == "__main__":
    unittest.main()
