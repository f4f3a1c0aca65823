"""What a shell offers at Tab: asked of the program, of bash's function, and of shells on a terminal."""
import os
import pathlib
import shlex
import shutil
import signal
import subprocess
import time
import unittest

import program
from program import Folder
from terminal_test import Terminal


class Completions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Folder()
        cls.addClassCleanup(cls.folder.remove)
        cls.folder.feeds([("pirha", "http://127.0.0.1:9/f", 'area = "pirkanmaa"\nkind = "decisions"'),
                          ("varha", "http://127.0.0.1:9/g", 'area = "varsinais-suomi"')])

    def words(self, *line):
        return self.folder.run("completions", "words", "--", *line).stdout.splitlines()

    def test_commands_and_options(self):
        self.assertIn("search", self.words("se"))
        self.assertTrue(all(word.startswith("se") for word in self.words("se")))
        self.assertEqual(self.words("feeds", "ch"), ["check"])
        self.assertEqual(self.words("search", "--li"), ["--limit"])
        self.assertEqual(self.words("--config", "x.toml", "feeds", "exp"), ["export"])
        self.assertEqual(self.words("nothing", "x"), [])

    def test_ids(self):
        self.assertEqual(self.words("poll", ""), ["pirha", "varha"])
        self.assertEqual(self.words("search", "area:pirk"), ["area:pirkanmaa"])
        self.assertEqual(self.words("search", "x", "-area:lappi,kai"), ["-area:lappi,kainuu"])
        self.assertEqual(self.words("subscriptions", "preview", "-kind:"), ["-kind:decisions", "-kind:news"])
        self.assertEqual(self.words("digest", "preview", "area:"), [])  # it takes a number
        self.assertEqual(self.words("search", "source:v"), ["source:varha"])
        self.assertIn("kind:decisions", self.words("search", "kind:"))
        self.assertIn("topic:jarjestoavustukset", self.words("search", "topic:"))

    def test_a_broken_configuration_says_nothing(self):
        done = subprocess.run([program.PROGRAM, "--config", "/nowhere.toml", "completions", "words", "--", "poll", ""],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual((done.stdout, done.stderr), ("", ""))

    def bash(self, line):
        script = f"""
eval "$(sotevahti completions bash)"
COMP_LINE={line!r}
COMP_POINT=${{#COMP_LINE}}
_sotevahti 2>/dev/null
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
        env = {**os.environ, "PATH": f"{pathlib.Path(program.PROGRAM).parent}:{os.environ['PATH']}",
               "SOTEVAHTI_CONFIG": str(self.folder.path / "sotevahti.toml")}
        done = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, text=True, timeout=60, env=env)
        self.assertEqual(done.stderr, "")
        return done.stdout.split()

    def test_bash(self):
        self.assertEqual(self.bash("sotevahti sear"), ["search"])
        self.assertEqual(self.bash("sotevahti poll "), ["pirha", "varha"])
        # Bash counts what stands before the colon as a word of its own.
        self.assertEqual(self.bash("sotevahti search area:pirk"), ["pirkanmaa"])
        self.assertEqual(self.bash("sotevahti search x area:lappi,kain"), ["lappi,kainuu"])

    def typed(self, command, setup):
        """What a shell makes of a line with Tab in it, on a terminal: it writes the line into a file."""
        terminal = Terminal(command, width=200, TERM="vt100", HOME=str(self.folder.path),
                            PATH=f"{pathlib.Path(program.PROGRAM).parent}:{os.environ['PATH']}",
                            SOTEVAHTI_CONFIG=str(self.folder.path / "sotevahti.toml"))
        self.addCleanup(os.close, terminal.master)
        self.addCleanup(os.waitpid, terminal.process, 0)
        self.addCleanup(os.kill, terminal.process, signal.SIGKILL)
        terminal.type(f"{setup}; echo begin''s\n".encode())
        terminal.read(until=b"begins")
        for keys, shown in ((b"sotevahti sear\t", b"search"), (b"area:lappi,pirk\t", b"pirkanmaa"),
                            (b"source:v\t", b"varha"), (b"\x01echo \x05 > ~/typed\n", b"typed")):
            terminal.type(keys)
            terminal.read(until=shown, seconds=20)
        typed = self.folder.path / "typed"
        self.addCleanup(lambda: typed.unlink(missing_ok=True))
        for _ in range(200):
            if typed.exists() and typed.read_text():
                break
            time.sleep(0.05)
        self.assertEqual(typed.read_text().strip(), "sotevahti search area:lappi,pirkanmaa source:varha")

    def test_bash_on_a_terminal(self):
        self.typed(["bash", "--norc", "--noprofile", "-i"], 'eval "$(sotevahti completions bash)"')

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not here")
    def test_zsh_on_a_terminal(self):
        self.typed(["zsh", "-f", "-i"], 'autoload -Uz compinit; compinit -u -D; eval "$(sotevahti completions zsh)"')

    @unittest.skipUnless(shutil.which("fish"), "fish is not here")
    def test_fish_on_a_terminal(self):
        self.typed(["fish", "--no-config", "-i"], "sotevahti completions fish | source")

    def test_scripts_and_help(self):
        for shell in ("zsh", "fish"):
            self.assertIn("sotevahti completions words --", self.folder.run("completions", shell).stdout)
        self.assertIn("bash, zsh and fish", self.folder.run("completions", "tcsh", status=2).stderr)

    def test_examples_of_the_help_are_filters(self):
        examples = [shlex.split(line)[1:] for line in self.folder.run("help", "filter").stdout.splitlines() if line.startswith("  sotevahti ")]
        self.assertGreater(len(examples), 3)
        self.folder.run("poll", "--all", status=None)  # makes the archive; nobody answers
        for example in examples:
            done = self.folder.run(*example, status=1)  # nothing found
            self.assertIn("Nothing found", done.stderr, example)


if __name__ == "__main__":
    unittest.main()
