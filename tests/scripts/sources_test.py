"""What must hold of the sources and documents as texts."""
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The command line shows long answers in the pager that its user named; the service never does.
MAY_RUN_A_COMMAND = {"src/cli/pager.cc"}


def sources():
    return [path for path in sorted((ROOT / "src").rglob("*")) if path.suffix in (".cc", ".h")]


class Sources(unittest.TestCase):
    def test_no_command_is_run(self):
        runs = re.compile(r"\b(system|popen|exec[lv]p?e?|posix_spawnp?|v?fork)\s*\(")
        found = {str(path.relative_to(ROOT)) for path in sources() if runs.search(re.sub(r"//.*", "", path.read_text("utf-8")))}
        self.assertEqual(found - MAY_RUN_A_COMMAND, set())

    def test_nothing_comes_from_another_origin(self):
        pages = [*(ROOT / "src/web/assets").glob("*"), *(path for path in sources() if path.parent.name == "web")]
        self.assertGreater(len(pages), 10)
        for path in pages:
            for address in re.findall(r"""(?:src|href|url\()\s*=?\s*["'(]?(https?://[^"')\s]+)""", path.read_text("utf-8", "replace")):
                self.fail(f"{path}: {address}")


class Documents(unittest.TestCase):
    """A document that names a test as proof names one that is there."""

    def exists(self, name):
        room, _, rest = name.partition(".")
        if room in ("system", "scripts"):
            return (ROOT / "tests" / room / f"{rest}.py").exists()
        if room == "browser":
            return (ROOT / "tests" / room / f"{rest}.mjs").exists()
        suite, _, test = rest.partition(".")
        is_program = not test and any(f"NAME {name} " in path.read_text("utf-8") for path in (ROOT / "tests").glob("*/CMakeLists.txt"))
        if is_program:  # named where it is added
            return True
        named = re.compile(rf"TEST(_F|_P)?\(\s*{suite},\s*{test or '[A-Za-z0-9]+'}\)")
        return any(named.search(path.read_text("utf-8")) for path in (ROOT / "tests" / room).glob("*.cc"))

    def rows_of(self, document, title):
        text = (ROOT / "docs" / document).read_text("utf-8")
        table = text[text.index(title):].partition("\n|")[2].partition("\n\n")[0]
        return [[cell.strip() for cell in row.split(" | ")] for row in table.splitlines()[2:]]

    def test_every_promise_and_every_hole_of_others_names_what_shows_it(self):
        shown = re.compile(r"`[a-z]+\.[A-Za-z_]+(\.[A-Za-z0-9]+)?`|fuzzer `\w+`|`scripts/\S+")
        promises = self.rows_of("reliability.md", "# Reliability")
        holes = self.rows_of("security.md", "## Holes that others had")
        self.assertGreater(len(promises), 25)
        self.assertGreater(len(holes), 20)
        for row in promises + holes:
            self.assertRegex(row[-1], shown, row[0])

    def test_named_fuzzers_and_commands_are_there(self):
        for document in (ROOT / "docs").glob("*.md"):
            text = document.read_text("utf-8")
            for name in re.findall(r"fuzzers? `(\w+)`", text):
                self.assertTrue((ROOT / f"tests/fuzz/fuzz_{name}.cc").exists(), f"{document.name}: {name}")
            for path in re.findall(r"`(?:[A-Z]+=\S+ )*((?:scripts|tests)/[\w./-]+)", text):
                self.assertTrue((ROOT / path).exists(), f"{document.name}: {path}")

    def test_named_tests_are_there(self):
        names = set()
        for document in [*(ROOT / "docs").glob("*.md"), ROOT / "SECURITY.md"]:
            names |= set(re.findall(r"`((?:base|config|text|net|feed|tag|archive|digest|deliver|web|poll|service|fault|hostile|system|scripts|browser)"
                                    r"\.[A-Za-z_]+(?:\.[A-Za-z0-9]+)?)`", document.read_text("utf-8")))
        names = {name for name in names if not name.endswith((".md", ".h", ".cc", ".py"))}
        self.assertGreater(len(names), 20)
        self.assertEqual({name for name in names if not self.exists(name)}, set())


if __name__ == "__main__":
    unittest.main()
