"""What another parser (html5lib, the one of the HTML standard) sees in a piece of HTML."""
import re

import html5lib

ELEMENTS = set("""a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup
dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt
ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video wbr""".split())
ATTRIBUTES = set("""abbr align alt axis bgcolor border cellpadding cellspacing charoff cite colspan controls datetime dir headers height
href hreflang ismap label lang longdesc loop media muted nowrap open poster preload reversed rowspan rules frame scope shape span src start summary
title type valign value width hspace vspace char""".split())
ADDRESSES = {"href", "src", "cite", "poster", "background", "action", "data", "formaction", "longdesc", "usemap"}
SCHEMES = {"http", "https", "mailto", "tel", "ftp", "sms", "geo", "callto", "webcal", ""}
UNSEEN = {"script", "style", "template", "title", "noscript", "iframe", "object", "noembed", "noframes", "select", "svg", "math",
          "head", "textarea", "video", "audio", "frameset", "plaintext", "xmp"}


def _tree(html, whole):
    parse = html5lib.parse if whole else html5lib.parseFragment
    return parse(html, treebuilder="etree", namespaceHTMLElements=False)


def scheme_of(address):
    """As a browser reads it: control characters and blanks before it, tabs and line ends in it do not count."""
    bare = re.sub(r"[\t\n\r]", "", address.lstrip("".join(map(chr, range(33)))))
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", bare)
    return found.group(1).lower() if found else ""


def faults_of(fragment, may_load=True):
    """What must not be in sanitised HTML, each as a sentence."""
    faults = []
    for element in _tree(fragment, whole=False).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag != "DOCUMENT_FRAGMENT" and element.tag not in ELEMENTS:
            faults.append(f"element {element.tag}")
        if not may_load and (element.get("src") is not None or element.get("poster") is not None):
            faults.append(f"{element.tag} loads {element.get('src')!r}")
        for name, value in element.attrib.items():
            if name not in ATTRIBUTES:
                faults.append(f"attribute {name} at {element.tag}")
            elif name in ADDRESSES and scheme_of(value) not in SCHEMES:
                faults.append(f"{name}={value[:60]!r} at {element.tag}")
    return faults


def page_faults(page, origin_elements):
    """A whole page of ours: nothing but our own script, no handler, no address that runs, nothing from elsewhere.
    `origin_elements` says how many of each structural element a harmless page of the kind has."""
    tree = _tree(page, whole=True)
    faults, counts = [], {}
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        counts[element.tag] = counts.get(element.tag, 0) + 1
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("style", "srcdoc", "srcset", "ping"):
                faults.append(f"attribute {name} at {element.tag}")
            if name in ADDRESSES and scheme_of(value) not in SCHEMES | {"webcal"}:
                faults.append(f"{name}={value[:60]!r} at {element.tag}")
            is_load = name in ("src", "poster", "data") or (name == "href" and element.tag in ("link", "use", "image"))
            if is_load and not value.startswith("/") and not _is_reference(element):
                faults.append(f"{element.tag} loads {value[:60]!r}")
    for tag, count in origin_elements.items():
        if counts.get(tag, 0) != count:
            faults.append(f"{counts.get(tag, 0)} elements {tag}, not {count}")
    return faults


def _is_reference(element):
    return element.tag == "link" and element.get("rel") in ("canonical", "alternate", "hub", "self", "next", "prev")


def visible_words(fragment):
    """The words that a reader without script sees, of a short text."""
    words = []

    def walk(element):
        if element.tag in UNSEEN:
            words.append(" ")
        else:
            words.append(element.text or "")
            for child in element:
                walk(child) if isinstance(child.tag, str) else None
                words.append(child.tail or "")

    walk(_tree(fragment, whole=False))
    return set(re.findall(r"\b(?:alku|loppu|sana|nappi|otsikko|sisus)\b", " ".join(words)))


def counts_of(page, tags):
    tree = _tree(page, whole=True)
    return {tag: sum(1 for element in tree.iter(tag)) for tag in tags}
