"""How a feed can bring HTML. Each carrier writes a document with an entry for each text."""
import datetime
import json
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape

SITE = "https://vihamielinen.example"
CLOSES = datetime.date.today() + datetime.timedelta(days=20)
CALL = f"Järjestöavustusten haku päättyy {CLOSES.day}.{CLOSES.month}.{CLOSES.year}."


def guid(carrier, number):
    return f"{SITE}/{carrier}/{number}"


def _cdata(text):
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _well_formed(html):
    try:
        ET.fromstring(f"<div>{html}</div>")
        return True
    except ET.ParseError:
        return False


def _rss(carrier, entries, item):
    text = ('<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
            f"<channel><title>{carrier}</title>")
    for number, html in entries:
        address = guid(carrier, number)
        text += f"<item><guid>{address}</guid><link>{address}</link>{item(number, html)}</item>"
    return "application/rss+xml", text + "</channel></rss>"


def _atom(carrier, entries, parts):
    text = (f'<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>{carrier}</title>'
            f"<id>{SITE}/{carrier}</id><updated>2026-01-01T00:00:00Z</updated>")
    for number, html in entries:
        address = guid(carrier, number)
        text += (f'<entry><id>{address}</id><link href="{address}"/><updated>2026-01-01T00:00:00Z</updated>'
                 f"{parts(number, html)}</entry>")
    return "application/atom+xml", text + "</feed>"


def _json(carrier, entries, parts):
    items = [{"id": guid(carrier, number), "url": guid(carrier, number), **parts(number, html)} for number, html in entries]
    return "application/feed+json", json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": carrier, "items": items})


def _title(number):
    return f"<title>Otsikko {number}</title>"


# name -> (entries -> (content type, document)); an entry is (number, html).
CARRIERS = {
    "description": lambda all: _rss("description", all, lambda n, h: f"{_title(n)}<description>{escape(h)}</description>"),
    "cdata": lambda all: _rss("cdata", all, lambda n, h: f"{_title(n)}<description>{_cdata(h)}</description>"),
    "encoded": lambda all: _rss("encoded", all, lambda n, h: f"{_title(n)}<content:encoded>{_cdata(h)}</content:encoded>"),
    "atom": lambda all: _atom("atom", all, lambda n, h: f'{_title(n)}<content type="html">{escape(h)}</content>'),
    "xhtml": lambda all: _atom("xhtml", [e for e in all if _well_formed(e[1])], lambda n, h: f'{_title(n)}<content type="xhtml">'
                               f'<div xmlns="http://www.w3.org/1999/xhtml">{h}</div></content>'),
    "json": lambda all: _json("json", all, lambda n, h: {"title": f"Otsikko {n}", "content_html": h}),
    "rss-title": lambda all: _rss("rss-title", all, lambda n, h: f"<title>{escape(h)}</title><description>{CALL}</description>"),
    "atom-title": lambda all: _atom("atom-title", all, lambda n, h: f'<title type="html">{escape(h)}</title>'
                                    f"<summary>Teksti {n}.</summary>"),
    "json-title": lambda all: _json("json-title", all, lambda n, h: {"title": h, "content_text": f"Teksti {n}."}),
}
TITLES = ("rss-title", "atom-title", "json-title")
