"""Man pages and code cannot part: the keys that the readers know are those that the pages explain."""
import pathlib
import re
import subprocess
import unittest

import program
from program import Folder, SOURCE

READS = re.compile(r'(?:required_text|text|flag|word|texts|map|pairs|tables?)\("(\w+)"|'
                   r'read_(?:word|checked|names)\(table, "(\w+)"')


def keys_read_by(file):
    return {a or b for a, b in READS.findall((SOURCE / "src/config" / file).read_text("utf-8"))}


def words_of(page):
    return set(re.findall(r"\w+", (SOURCE / "docs/man" / page).read_text("utf-8")))


def headings_of(page):
    """What stands after .TP, in bold."""
    text = (SOURCE / "docs/man" / page).read_text("utf-8")
    return {word for line in re.findall(r"\.TP\n\.BR? (.*)", text) for word in re.findall(r"\w+", line)}


class Manual(unittest.TestCase):
    def page(self, name):
        done = subprocess.run([program.PROGRAM, "help", "manual", name], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_feeds_and_tags_explain_each_key(self):
        for page, source in (("feeds.d.5", "catalogue.cc"), ("tags.d.5", "taxonomy.cc")):
            read = keys_read_by(source) - {"feed", "area_ids"}
            self.assertGreater(len(read), 10)
            self.assertEqual(read - words_of(page), set(), f"{page} does not explain these")
            self.assertEqual(headings_of(page) - read, set(), f"{page} explains what {source} does not know")

    def test_the_example_of_a_source_is_one(self):
        text = (SOURCE / "docs/man/feeds.d.5").read_text("utf-8")
        example = re.search(r"\.SH EXAMPLE\n\.nf\n\.RS 4\n(.*?)\.RE", text, re.S).group(1).replace("\\-", "-")
        folder = Folder()
        self.addCleanup(folder.remove)
        (folder.path / "feeds.d/own.toml").write_text(example, "utf-8")
        folder.run("config", "check")
        self.assertEqual(folder.json_lines("feeds", "list")[0]["id"], "pirkanmaa-uutiset")

    def test_settings_are_all_there_and_their_example_is_sound(self):
        page = self.page("sotevahti.toml").replace("\\-", "-")
        shown = subprocess.run([program.PROGRAM, "config", "example"], capture_output=True, text=True, timeout=60).stdout
        keys = re.findall(r"(?m)^#(\w+) = ", shown)
        self.assertGreater(len(keys), 30)
        for key in keys:
            self.assertIn(f"\\fB{key} (", page)
        example = page[page.rindex(".RS 4"):page.rindex(".RE")]
        example = "\n".join(line for line in example.splitlines()[1:]).replace("\\&", "")
        folder = Folder()
        self.addCleanup(folder.remove)
        (folder.path / "sotevahti.toml").write_text(example, "utf-8")
        folder.run("config", "check")

    def test_every_command_is_in_the_page(self):
        page = self.page("sotevahti").replace("\\-", "-")
        helped = subprocess.run([program.PROGRAM, "--help"], capture_output=True, text=True, timeout=60).stdout
        commands = re.findall(r"(?m)^  ([a-z]+) +\S", helped[helped.index("Subcommands:"):])
        self.assertGreater(len(commands), 15)
        for command in commands:
            self.assertRegex(page, rf'(?m)^\.SS "sotevahti {command}\b')

    def test_filters_are_explained_as_by_help(self):
        page = self.page("sotevahti-filter").replace("\\-", "-").replace("\\&", "")
        helped = subprocess.run([program.PROGRAM, "help", "filter"], capture_output=True, text=True, timeout=60).stdout
        for line in filter(lambda line: line.startswith("  "), helped.splitlines()):
            self.assertIn(line.strip(), page)

    def test_no_line_of_a_text_is_a_macro(self):
        known = {"TH", "SH", "SS", "PP", "TP", "nf", "fi", "RS", "RE"}
        for name in ("sotevahti", "sotevahti.toml", "sotevahti-filter"):
            used = set(re.findall(r"(?m)^[.'](\w+)", self.page(name)))
            self.assertEqual(used - known, set(), name)

    def test_an_unknown_page_is_refused(self):
        done = subprocess.run([program.PROGRAM, "help", "manual", "nothing"], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn("sotevahti.toml", done.stderr)


if __name__ == "__main__":
    unittest.main()
