"""The commands in the documents: each is one of the program's, and its options are the command's own."""
import re
import subprocess
import unittest

import program
from program import SOURCE, Folder

DOCUMENTS = [SOURCE / "README.md", *sorted((SOURCE / "docs").glob("*.md"))]


def commands_in(text):
    """Lines of code that begin with the program, and `sotevahti ...` in a sentence."""
    code = "\n".join(re.findall(r"(?ms)^```.*?^```", text) + re.findall(r"(?m)^    .*", text))
    lines = re.findall(r"(?m)^(?:    )?(?:sudo )?(sotevahti [^#\n]+)", code)
    return [line.strip() for line in lines + re.findall(r"`(sotevahti [^`]+)`", text)]


class Commands(unittest.TestCase):
    def help_of(self, words):
        done = subprocess.run([program.PROGRAM, *words, "--help"], capture_output=True, text=True, timeout=60)
        return done.stdout if done.returncode == 0 else None

    def test_each_command_and_option_exists(self):
        checked = 0
        for document in DOCUMENTS:
            for line in commands_in(document.read_text("utf-8")):
                words = line.split()[1:]
                if words[0].startswith("-") or not re.fullmatch(r"[a-z]+", words[0]):
                    continue
                told = self.help_of(words[:1])
                self.assertIsNotNone(told, f"{document.name}: {line}")
                if "SUBCOMMAND" in told and len(words) > 1 and re.fullmatch(r"[a-z]+", words[1]):
                    told = self.help_of(words[:2])
                    self.assertIsNotNone(told, f"{document.name}: {line}")
                for option in re.findall(r"(?<= )--[a-z-]+", line):
                    self.assertIn(option, told, f"{document.name}: {line}")
                checked += 1
        self.assertGreater(checked, 30)

    def test_settings_in_the_guide_for_admins_are_sound(self):
        text = (SOURCE / "docs/admin.md").read_text("utf-8")
        blocks = re.findall(r"(?m)((?:^    .*\n|^\n(?=    ))+)", text)
        settings = ["\n".join(line[4:] for line in block.splitlines()) for block in blocks
                    if re.match(r"\s*\[(mail|archive)\]", block)]
        self.assertEqual(len(settings), 2)
        folder = Folder()
        self.addCleanup(folder.remove)
        for text in settings:
            (folder.path / "sotevahti.toml").write_text(text, "utf-8")
            folder.run("config", "check")

    def test_backup_and_restore_as_the_guide_has_it(self):
        folder = Folder()
        self.addCleanup(folder.remove)
        folder.run("subscribers", "add", "anna@example.fi")
        folder.run("backup", folder.path / "copy.db")
        (folder.path / "archive.db").rename(folder.path / "broken.db")
        folder.run("restore", folder.path / "copy.db")
        self.assertEqual(folder.json_lines("subscribers", "list")[0]["address"], "anna@example.fi")
        self.assertIn("anna@example.fi", folder.run("subscribers", "export", "anna@example.fi").stdout)
        folder.run("subscribers", "erase", "anna@example.fi")
        folder.run("subscribers", "list", status=1)


if __name__ == "__main__":
    unittest.main()
