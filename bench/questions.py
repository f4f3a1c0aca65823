#!/usr/bin/env python3
"""200 questions to an archive that grow_archive made, from its own texts: questions.py TEXTS.tsv > QUESTIONS.tsv

One a line: its class and the filter. Words are taken by how many of the entries have them, phrases as they
stand in some entry; the same questions for the same texts.
"""
import collections
import random
import re
import sys

WORD = re.compile(r"[a-zåäöA-ZÅÄÖ]{3,}")
SAMPLE = 20000


def sample(file, lines=SAMPLE):
    """So many entries from all of the file."""
    with open(file, "rb") as texts:
        texts.seek(0, 2)
        size = texts.tell()
        for part in range(lines // 200):
            texts.seek(part * size // (lines // 200))
            texts.readline()
            for _ in range(200):
                line = texts.readline().decode("utf-8").rstrip("\n").split("\t")
                if len(line) == 7:
                    yield line


class Questions:
    def __init__(self, file):
        self.choose = random.Random(60)
        self.entries = list(sample(file))
        self.frequency = collections.Counter()
        self.areas, self.topics = collections.Counter(), collections.Counter()
        for _, _, _, areas, topics, title, text in self.entries:
            self.frequency.update({w.lower() for w in WORD.findall(title + " " + text)})
            self.areas.update(areas.split())
            self.topics.update(topics.split())
        ordered = [w for w, _ in self.frequency.most_common()]
        share = {w: n / len(self.entries) for w, n in self.frequency.items()}
        self.very_common = [w for w in ordered if share[w] > 0.2]
        self.common = [w for w in ordered if 0.03 < share[w] <= 0.2]
        self.seldom = [w for w in ordered if 0.0005 < share[w] <= 0.005]
        self.rare = [w for w in ordered if share[w] <= 0.0001]

    def pick(self, words):
        return self.choose.choice(words)

    def phrase(self, length):
        while True:
            text = self.choose.choice(self.entries)[6]
            words = text.split(" ")
            at = self.choose.randrange(max(1, len(words) - length))
            found = words[at:at + length]
            if all(WORD.fullmatch(w) for w in found):
                return " ".join(found)

    def area(self):
        return "area:" + self.pick(list(self.areas))

    def topic(self):
        return "topic:" + self.pick(list(self.topics))

    def year(self):
        return 2017 + self.choose.randrange(9)

    def all(self):
        word, common, seldom, rare = self.very_common, self.common, self.seldom, self.rare
        pick, choose = self.pick, self.choose
        makers = [
            ("very common word", 12, lambda: pick(word)),
            ("common word", 14, lambda: pick(common)),
            ("seldom word", 14, lambda: pick(seldom)),
            ("rare word", 14, lambda: pick(rare)),
            ("two words", 18, lambda: f"{pick(common)} {pick(choose.choice([common, seldom]))}"),
            ("three words", 8, lambda: f"{pick(word)} {pick(common)} {pick(seldom)}"),
            ("phrase", 16, lambda: f'"{self.phrase(choose.choice([2, 2, 3]))}"'),
            ("prefix", 16, lambda: pick(common + seldom)[:choose.choice([3, 4, 5, 6])] + "*"),
            ("area or topic", 12, lambda: choose.choice([self.area, self.topic])()),
            ("area and topic", 14, lambda: f"{self.area()} {self.topic()}"),
            ("word, area, topic", 16, lambda: f"{pick(common)} {self.area()} " + (self.topic() if choose.random() < 0.5 else "")),
            ("rare word in an area", 8, lambda: f"{pick(rare)} {self.area()}"),
            ("word in a year", 12, lambda: "{0} since:{1}-01-01 until:{1}-12-31".format(pick(common + seldom), self.year())),
            ("since", 8, lambda: f"{pick(common)} since:{choose.choice([7, 30, 90])}d"),
            ("without", 10, lambda: f"{pick(common)} -{pick(word)}"),
            ("either", 8, lambda: f"({pick(common)} OR {pick(seldom)} OR {pick(rare)})"),
        ]
        return [(name, make().strip()) for name, count, make in makers for _ in range(count)]


if __name__ == "__main__":
    for name, question in Questions(sys.argv[1]).all():
        print(f"{name}\t{question}")
