"""A catalogue of made-up feeds, for archives and services that are measured."""
import os
import pathlib
import random
import re

PORT = int(os.environ.get("SOTEVAHTI_BENCH_PORT", "18911"))  # where service.py answers for them
SOURCE = pathlib.Path(__file__).resolve().parents[1]
AREAS = re.findall(r'^id = "([a-z-]+)"', (SOURCE / "tags.d/areas.toml").read_text("utf-8"), re.M)
KINDS = ["news"] * 9 + ["press"] * 4 + ["decisions"] * 5 + ["media"] * 6 + ["consultations", "grants", "events"]
ROLES = {"media": "media", "press": "wire", "decisions": "official", "news": "official"}


def write(folder, feeds, server=f"http://127.0.0.1:{PORT}", interval=None):
    """feeds.d with so many feeds: half of them of one county, a quarter of the media."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    choose = random.Random(17)
    with (folder / "feeds.toml").open("w", encoding="utf-8") as out:
        for number in range(feeds):
            kind = choose.choice(KINDS)
            out.write(f'[[feed]]\nid = "feed-{number}"\ntitle = "Lähde {number}"\npublisher = "Julkaisija {number}"\n'
                      f'url = "{server}/{number}"\nkind = "{kind}"\nrole = "{ROLES.get(kind, "ngo")}"\n')
            if choose.random() < 0.55:
                out.write(f'area = "{choose.choice(AREAS)}"\n')
            if interval:
                out.write(f'interval = "{interval}"\n')
            out.write("\n")
