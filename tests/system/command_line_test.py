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


if __name__ == "__main__":
    unittest.main()
