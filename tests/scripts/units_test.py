"""The units as systemd-analyze judges them; what the package's scripts say in common with them."""
import pathlib
import re
import shutil
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST_EXPOSURE = 1.3


class Units(unittest.TestCase):
    @unittest.skipUnless(shutil.which("systemd-analyze"), "there is no systemd-analyze (scripts/install-packages check)")
    def test_exposure(self):
        for unit in ("sotevahti.service", "sotevahti-backup.service"):
            told = subprocess.run(["systemd-analyze", "security", "--offline=yes", str(ROOT / "systemd" / unit)],
                                  capture_output=True, text=True, timeout=60).stdout
            level = re.search(r"exposure level.*: ([0-9.]+)", told)
            self.assertIsNotNone(level, told)
            self.assertLessEqual(float(level.group(1)), MOST_EXPOSURE, told)

    def test_the_scripts_name_every_unit(self):
        postrm = (ROOT / "packaging/debian/postrm").read_text()
        units = re.search(r'units="(.*)"', postrm).group(1).split()
        self.assertEqual(sorted(units), sorted(file.name for file in (ROOT / "systemd").glob("sotevahti*.[st]*")
                                               if file.suffix in (".service", ".socket", ".timer")))

    def test_the_scripts_are_sound_for_a_plain_shell(self):
        for script in ("postinst", "prerm", "postrm"):
            done = subprocess.run(["sh", "-n", str(ROOT / "packaging/debian" / script)], capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
