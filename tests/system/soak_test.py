"""A short form of soak.py: what an hour shows must hold in seconds too, and the script is kept in order."""
import unittest

from soak import Plan, Soak


class ShortSoak(unittest.TestCase):
    def test_all_holds(self):
        soak = Soak(Plan(minutes=4, minute=2, feeds=40, readers=12, warm_up=0, exports_every=4, least_of=1))
        self.addCleanup(soak.close)
        soak.run()
        self.assertEqual(soak.wrong, [])
        self.assertGreater(len(soak.readers.told), 4)
        self.assertGreater(sum(soak.press.faults.values()), 2)
        self.assertGreater(soak.visitors.statuses[200], 10)  # some twenty, fewer where others want the cores
        self.assertLess(max(sample.wal for sample in soak.samples), 64)
        self.assertLess(soak.samples[-1].files, 200)
        soak.print_steady()

    def test_a_reload_each_second_loses_nothing_and_costs_no_attempt(self):
        soak = Soak(Plan(minutes=20, minute=1, feeds=40, readers=40, warm_up=0, exports_every=4, least_of=1))
        self.addCleanup(soak.close)
        soak.trouble_the_receivers = lambda: None
        soak.hooks.pause = 0.5
        soak.run()
        self.assertEqual(soak.wrong, [])
        self.assertGreater(len(soak.readers.told), 10)
        self.assertLessEqual(soak.ask("SELECT max(attempts) FROM outbox WHERE channel = 'webhook'")[0][0], 1)


if __name__ == "__main__":
    unittest.main()
