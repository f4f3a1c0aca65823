"""What the documents say: links lead somewhere, commands exist, the container keeps its promises."""
import json
import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


class Documents(unittest.TestCase):
    def test_links_lead_somewhere(self):
        for document in DOCUMENTS:
            for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", document.read_text("utf-8")):
                if "://" not in target:
                    self.assertTrue((document.parent / target).exists(), f"{document.name}: {target}")

    def test_files_that_are_named_are_there(self):
        for document in DOCUMENTS:
            named = re.findall(r"`((?:scripts|tests|src|docs|db|packaging|systemd)/[\w./-]+)`", document.read_text("utf-8"))
            for name in (name for name in named if "NNNN" not in name):
                self.assertTrue((ROOT / name.rstrip("/")).exists(), f"{document.name}: {name}")

    def test_no_document_names_a_machine_of_ours(self):
        for document in DOCUMENTS:
            self.assertNotRegex(document.read_text("utf-8"), r"/work/|/tmp/w/")

    def test_figures_of_alerts_and_dashboard_exist(self):
        source = (ROOT / "src/web/metrics.cc").read_text("utf-8")
        known = set(re.findall(r'figures\.\w+\(\s*"(\w+)"', source))
        text = (ROOT / "docs/monitoring/alerts.yml").read_text("utf-8")
        board = json.loads((ROOT / "docs/monitoring/grafana.json").read_text("utf-8"))
        text += " ".join(target["expr"] for panel in board["panels"] for target in panel["targets"])
        used = set(re.findall(r"\bsotevahti_([a-z_]+)", text))
        self.assertGreater(len(used), 10)
        for name in used:
            plain = re.sub(r"_(total|bucket|count|sum)$", "", name)
            self.assertTrue(name in known or plain in known, name)
        self.assertEqual(len({panel["id"] for panel in board["panels"]}), len(board["panels"]))

    def test_container(self):
        lines = (ROOT / "Containerfile").read_text("utf-8")
        steps = re.findall(r"(?m)^([A-Z]+)\b", lines)
        self.assertEqual(steps[0], "FROM")
        last = lines[lines.rindex("\nFROM "):]
        self.assertIn("\nUSER sotevahti\n", last)
        self.assertLess(last.index("USER"), last.index("ENTRYPOINT"))
        self.assertIn("VOLUME /var/lib/sotevahti", last)
        self.assertIn("--read-only", lines)
        for image in re.findall(r"(?m)^FROM (\S+)", lines):
            self.assertRegex(image, r":\d", "an image without its version")
        self.assertNotRegex(lines, r"(?m)^ADD |:latest|sudo|apt-get upgrade")
        self.assertIn("--no-install-recommends", last)
        self.assertIn("rm -rf /var/lib/apt/lists", last)
        self.assertRegex(last, r'ENTRYPOINT \["')
        self.assertNotRegex(lines, r"(?i)password *=")


if __name__ == "__main__":
    unittest.main()
