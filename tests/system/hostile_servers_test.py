"""A short form of hostile_servers.py: hostile servers delay nobody, and leave nothing behind."""
import unittest

from hostile_servers import Crowd, Hostile, Plan


class HostileServers(unittest.TestCase):
    def test_the_healthy_are_on_time(self):
        crowd = Crowd(Plan(minutes=0.2, good=20, hostile=11, feeds_of_each=4, timeout=3))
        self.addCleanup(crowd.close)
        crowd.run()
        crowd.print()
        self.assertEqual(crowd.wrong, [])
        self.assertEqual(len(crowd.lateness), 20)
        self.assertLess(crowd.part(0.99), 10)
        self.assertGreaterEqual(crowd.hostile.served, 2 * len(Hostile.KINDS))
        self.assertEqual(crowd.hostile.open, 0)
        self.assertLessEqual(crowd.files[-1], crowd.files[0] + 20 + 11)  # at most a kept connection to each


if __name__ == "__main__":
    unittest.main()
