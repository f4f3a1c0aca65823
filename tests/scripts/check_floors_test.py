"""scripts/check-floors on small trees with one thing planted in each."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / 'scripts' / 'check-floors'
SOUND = {
    'src/base/CMakeLists.txt': 'sotevahti_room(base LINKS fmt::fmt)\n',
    'src/base/clock.h': '#include <chrono>\n',
    'src/text/CMakeLists.txt': 'sotevahti_room(text USES base LINKS voikko)\n',
    'src/text/words.cc': '#include "text/words.h"\n\n#include "base/clock.h"\n',
    'src/archive/CMakeLists.txt': 'sotevahti_room(archive USES text base)\n',
    'src/archive/search.cc': '#include "text/words.h"\n',
    'src/digest/CMakeLists.txt': 'sotevahti_room(digest\n  USES text base)\n',
}


class CheckFloors(unittest.TestCase):
    def check(self, changes):
        """Exit status and output for the sound tree with these files put in."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {**SOUND, **changes}.items():
                path = pathlib.Path(folder, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding='utf-8')
            done = subprocess.run([sys.executable, SCRIPT, folder], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout.replace(folder + '/', '')

    def refused(self, changes, words):
        status, output = self.check(changes)
        self.assertEqual(status, 1, output)
        self.assertIn(words, output)
        self.assertEqual(len(output.splitlines()), 1, output)

    def test_passes_a_sound_tree(self):
        self.assertEqual(self.check({}), (0, ''))

    def test_refuses_an_include_of_a_room_above(self):
        self.refused({'src/text/html.cc': '\n#include "archive/search.h"\n'}, 'src/text/html.cc:2: text may not include')

    def test_refuses_an_include_of_a_room_below_that_is_not_named(self):
        self.refused({'src/digest/CMakeLists.txt': 'sotevahti_room(digest USES base)\n',
                      'src/digest/mail.h': '#include "text/words.h"\n'}, 'src/digest/mail.h:1:')

    def test_finds_includes_in_folders_of_a_room(self):
        self.refused({'src/text/inner/deep.h': '#  include <archive/search.h>\n'}, 'src/text/inner/deep.h:1:')

    def test_refuses_uses_upwards(self):
        self.refused({'src/text/CMakeLists.txt': 'sotevahti_room(text USES base archive LINKS voikko)\n'},
                     'text (floor 1) USES archive (floor 3)')

    def test_refuses_uses_of_the_same_floor(self):
        self.refused({'src/digest/CMakeLists.txt': 'sotevahti_room(digest USES archive base)\n'},
                     'digest (floor 3) USES archive (floor 3)')

    def test_refuses_uses_of_what_is_no_room(self):
        self.refused({'src/text/CMakeLists.txt': 'sotevahti_room(text USES base strings)\n'}, 'USES strings')

    def test_refuses_a_way_around(self):
        self.refused({'src/text/html.cc': '#include "../archive/search.h"\n'}, 'write the path from src/')

    def test_refuses_a_room_without_a_floor(self):
        self.refused({'src/misc/CMakeLists.txt': 'sotevahti_room(misc USES base)\n'}, 'src/misc: a room without a floor')

    def test_refuses_a_folder_that_declares_no_room(self):
        self.refused({'src/web/CMakeLists.txt': '# nothing yet\n'}, 'declares no sotevahti_room()')


if __name__ == '__main__':
    unittest.main()
