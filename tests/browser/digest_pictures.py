#!/usr/bin/python3
"""Pictures of mailed digests at 600 and 360 pixels, light and dark, for eyes to judge.

  SOTEVAHTI=build/dev/sotevahti digest_pictures.py FOLDER

The demo's digest, and one of a reader of Swedish in which a deadline moved and a text was edited. Chromium
(Debian's) draws them; nothing leaves the machine. Exit 1 where a picture is wider than its window.
"""
import datetime
import email
import email.policy
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "system"))
import program  # noqa: E402

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
HEIGHT = 1000
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run", "--hide-scrollbars", "--force-device-scale-factor=1"]


def html_of(mail):
    message = email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)
    return message.get_body(("html",)).get_content()


def demo_digest():
    done = subprocess.run([program.PROGRAM, "demo", "--once"], capture_output=True, text=True, check=True)
    mail = pathlib.Path(re.search(r"^mail +(\S+\.eml)$", done.stdout, re.M)[1])
    html = html_of(mail)
    shutil.rmtree(mail.parents[1])
    return html


def day(days):
    date = datetime.date.today() + datetime.timedelta(days=days)
    return f"{date.day}.{date.month}.{date.year}"


def news(grant_closes, sum_of_money):
    bidrag = (f"<p>Västra Nylands välfärdsområde delar ut {sum_of_money} euro i bidrag till föreningar inom "
              f"social- och hälsovården. Ansökan ska lämnas in senast {day(30)}.</p>")
    return [("https://pirha.example/haku", "Pirkanmaan hyvinvointialueen järjestöavustusten haku on auki",
             f"<p>Hakemukset on jätettävä viimeistään {grant_closes} kello 16.</p>", None),
            ("https://nyland.example/bidrag", "Föreningsbidragen i Västra Nyland", bidrag, None)]


def changed_digest():
    folder = program.Folder(extra='[digest]\norganisation = "Yhdistysten sote-verkosto ry"')
    server = program.FeedServer()
    try:
        def publish(items):
            server.pages["/a"] = program.with_validator(program.rss("A", items))
            folder.run("poll", "--all")
            folder.let_time_pass(24 * 3600)
        folder.feeds([("a", server.url("/a"), 'lang = "fi"\nrole = "official"')])
        publish([("https://a.example/0", "Vanha uutinen", "<p>Vanha.</p>", None)])
        folder.run("subscribers", "add", "anna@yhdistys.example", "--lang", "sv", "--name", "Anna")
        folder.run("subscriptions", "add", "anna@yhdistys.example", "", "--name", "Föreningsbidrag", "--rhythm", "immediate")
        folder.run("subscriptions", "add", "anna@yhdistys.example", "area:pirkanmaa", "--name", "Birkaland", "--rhythm",
                   "immediate")
        publish(news(day(12), "250 000"))
        folder.run("digest", "send")
        publish(news(day(26), "180 000"))
        time.sleep(1.5)  # a window ends with its second
        known = set((folder.path / "outbox").glob("*.eml"))
        folder.run("digest", "send")
        return html_of((set((folder.path / "outbox").glob("*.eml")) - known).pop())
    finally:
        server.shutdown()
        folder.remove()


def chromium(folder, width, *asked):
    """The page stands in a frame of that width: a window of Chromium's is never as narrow as a telephone."""
    (folder / "frame.html").write_text(
        f'<!doctype html><style>html,body{{margin:0}}iframe{{border:0;width:{width}px;height:{HEIGHT}px;display:block}}</style>'
        '<script>onmessage = (told) => { document.title = "over by " + told.data; };</script>'
        '<iframe src="digest.html"></iframe>', "utf-8")
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run([CHROMIUM, "--headless", *QUIET, f"--user-data-dir={profile}", f"--window-size={width},{HEIGHT}",
                               *asked, (folder / "frame.html").as_uri()], check=True, capture_output=True, timeout=60)
    return done.stdout.decode()


def overflow(html, width, folder):
    (folder / "digest.html").write_text(
        html + "<script>parent.postMessage(document.documentElement.scrollWidth - innerWidth, '*')</script>", "utf-8")
    return int(re.search(r"<title>over by (-?\d+)</title>", chromium(folder, width, "--dump-dom"))[1])


def draw(html, width, is_dark, picture, folder):
    (folder / "digest.html").write_text(html, "utf-8")
    chromium(folder, width, "--blink-settings=preferredColorScheme=" + ("0" if is_dark else "1"), f"--screenshot={picture}")


def main(folder):
    folder = pathlib.Path(folder).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    too_wide = 0
    with tempfile.TemporaryDirectory() as work:
        for name, html in (("digest", demo_digest()), ("digest-changed", changed_digest())):
            for width in (600, 360):
                over = overflow(html, width, pathlib.Path(work))
                too_wide += over > 0
                print(f"{name} at {width}: {over} pixels too wide")
                for is_dark in (False, True):
                    picture = folder / f"{name}-{width}-{'dark' if is_dark else 'light'}.png"
                    draw(html, width, is_dark, picture, pathlib.Path(work))
                    print(picture)
    return 1 if too_wide else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
