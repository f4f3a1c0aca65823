#!/usr/bin/env python3
"""Each fault of tests/mutants.toml still fits the code: its words stand there once, and its rooms have tests."""
import pathlib
import tomllib
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Mutants(unittest.TestCase):
    def setUp(self):
        self.mutants = tomllib.loads((ROOT / "tests/mutants.toml").read_text("utf-8"))["mutant"]

    def test_stand_once_in_the_code(self):
        self.assertGreaterEqual(len(self.mutants), 30)
        for mutant in self.mutants:
            with self.subTest(mutant["fault"]):
                self.assertEqual((ROOT / mutant["file"]).read_text("utf-8").count(mutant["was"]), 1)
                self.assertNotEqual(mutant["was"], mutant["becomes"])

    def test_name_rooms_that_have_tests(self):
        for mutant in self.mutants:
            for room in mutant["tests"]:
                self.assertTrue(list((ROOT / "tests" / room).glob("*_test.cc")), mutant["fault"])


if __name__ == "__main__":
    unittest.main()
