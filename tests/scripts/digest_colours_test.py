#!/usr/bin/env python3
"""Every colour of a digest's words stands out from the sheet as WCAG 2.2 AA asks (4.5 to 1), light and dark."""
import pathlib
import re
import unittest

TEMPLATE = pathlib.Path(__file__).resolve().parents[2] / "src/digest/templates/digest.html.mustache"


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class Colours(unittest.TestCase):
    def test_words_stand_out(self):
        style = re.search(r"<style>(.*)</style>", TEMPLATE.read_text("utf-8"), re.S)[1]
        for theme, rules in zip(("light", "dark"), style.split("@media (prefers-color-scheme: dark)")):
            sheet = re.search(r"\.sheet \{[^}]*background: (#[0-9a-f]{6})", rules)[1]
            words = re.findall(r"(?<![-\w])color: (#[0-9a-f]{6})", rules)
            self.assertGreaterEqual(len(words), 4, theme)
            for colour in words:
                self.assertGreaterEqual(contrast(colour, sheet), 4.5, f"{theme}: {colour} on {sheet}")

    def test_the_measure_is_the_standards(self):
        self.assertAlmostEqual(contrast("#000000", "#ffffff"), 21)
        self.assertAlmostEqual(contrast("#777777", "#ffffff"), 4.48, 2)


if __name__ == "__main__":
    unittest.main()
