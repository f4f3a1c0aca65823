"""Stories that can be known again wherever they are told."""
import random
import re

SYLLABLES = [first + second for first in "hjklmnprstv" for second in ("a", "e", "i", "o", "u", "ä", "aa", "uo", "ie")]


def token_of(feed, number):
    """One word, in which each digit is a letter."""
    return f"{feed}q{number}q".translate(str.maketrans("0123456789", "abcdefghij")) + "zz"


TOKEN = re.compile(r"\b[a-j]+q[a-j]+qzz\b")


def story(feed, number):
    """Stories that have no word in common, so that none is another's telling."""
    chance = random.Random(f"{feed}/{number}")
    words = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(40)]
    title = " ".join(words[:5]).capitalize() + " " + token_of(feed, number)
    text = " ".join(words[5:])
    if number % 10 == 0:
        title += ' "lainaus" <b>&\u00a0– ä'
    return (f"https://f{feed}.example/{number}", title, f"<p>{text}</p>", None)
