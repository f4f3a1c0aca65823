// What attackers send: the exact text that is left of each.
#include <gtest/gtest.h>

#include <string>

#include "support/safe_markup.h"
#include "text/html.h"

namespace sotevahti::text {
namespace {

struct Attack {
  const char* html;
  const char* left;
};

class Hostile : public testing::TestWithParam<Attack> {};

TEST_P(Hostile, LeavesOnlyHarmlessMarkup) {
  const auto& [html, left] = GetParam();
  const SafeHtml safe = sanitize(html);
  EXPECT_EQ(safe.str(), left) << html;
  EXPECT_EQ(test_support::markup_fault(safe.view()), "") << html;
  EXPECT_EQ(sanitize(safe.view()), safe) << html;
}

INSTANTIATE_TEST_SUITE_P(
    Scripts, Hostile,
    testing::Values(Attack{"a<script>alert(1)</script>b", "ab"}, Attack{"a<ScRiPt src=//evil/x.js></sCrIpT >b", "ab"},
                    Attack{"<script\n>alert(1)</script\t>b", "b"}, Attack{"<script/x>alert(1)</script>b", "b"},
                    Attack{"a<script>alert(1)", "a"}, Attack{"a<script>x</scriptx></script>b", "ab"},
                    Attack{"<scr<script>ipt>alert(1)</scr</script>ipt>", "ipt&gt;alert(1)ipt&gt;"},
                    Attack{"<<script>alert(1)//<</script>b", "&lt;b"},
                    Attack{"<script><!--<script></script>--></script>b", "--&gt;b"},
                    Attack{"a<style>*{background:url(javascript:1)}</style>b", "ab"},
                    Attack{"a<style><!--</style><img src=x onerror=alert(1)>--></style>", "a<img src=\"x\">--&gt;"},
                    Attack{"<script>a</script\x0c>b", "b"}, Attack{"a<script src=x />b", "ab"},
                    Attack{"<script/>a<script>b</script>c", "ac"}));

INSTANTIATE_TEST_SUITE_P(
    Handlers, Hostile,
    testing::Values(Attack{"<img src=x onerror=alert(1)>", "<img src=\"x\">"},
                    Attack{"<IMG SRC=x OnErRoR=alert(1)>", "<img src=\"x\">"},
                    Attack{"<b/onclick=alert(1)>x", "<b>x</b>"}, Attack{"<b onclick\n=\nalert(1)>x</b>", "<b>x</b>"},
                    Attack{"<img src=\"a\"onerror=\"alert(1)\">", "<img src=\"a\">"},
                    Attack{"<img title='a\" onerror=alert(1) b'>", "<img title=\"a&quot; onerror=alert(1) b\">"},
                    Attack{"<img alt=\"`><script>alert(1)</script>\">",
                           "<img alt=\"`&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">"},
                    Attack{"<p style=\"width:expression(alert(1))\">x</p>", "<p>x</p>"},
                    Attack{"<div style='position:fixed;top:0'>x</div>", "<div>x</div>"},
                    Attack{"<div id=settings class=admin name=x>y</div>", "<div>y</div>"},
                    Attack{"<p =onclick=alert(1)>x</p>", "<p>x</p>"},
                    Attack{"<p lang=fi lang=\"x\" onload>y</p>", "<p lang=\"fi\">y</p>"},
                    Attack{"<a href=x formaction=javascript:alert(1) ping=//spy srcdoc=x>y</a>", "<a href=\"x\">y</a>"},
                    Attack{"<body onload=alert(1)>x</body>", "x"},
                    Attack{"<details open ontoggle=alert(1)>x</details>", "<details open=\"\">x</details>"},
                    Attack{"<video poster=javascript:1 autoplay onplay=x><source onerror=alert(1) src=y></video>",
                           "<video poster=\"\"><source src=\"y\"></video>"}));

INSTANTIATE_TEST_SUITE_P(
    Addresses, Hostile,
    testing::Values(
        Attack{"<a href=javascript:alert(1)>x</a>", "<a href=\"\">x</a>"},
        Attack{"<a href=' JaVaScRiPt:alert(1)'>x</a>", "<a href=\"\">x</a>"},
        Attack{"<a href='java\nscript:alert(1)'>x</a>", "<a href=\"\">x</a>"},
        Attack{"<a href='java&#x09;script&#58;alert(1)'>x</a>", "<a href=\"\">x</a>"},
        Attack{"<a href='java&Tab;script&colon;alert(1)'>x</a>", "<a href=\"\">x</a>"},
        Attack{"<a href='&#1;javascript:alert(1)'>x</a>", "<a href=\"\">x</a>"},
        Attack{"<a href='&#0000106&#0000097vascript:alert(1)'>x</a>", "<a href=\"\">x</a>"},
        Attack{"<a href='java\xC2\xADscript:alert(1)'>x</a>", "<a href=\"\">x</a>"},
        Attack{"<a href='\xE3\x80\x80javascript:alert(1)'>x</a>", "<a href=\"\">x</a>"},
        Attack{"<a href='vbscript:msgbox(1)'>x</a>", "<a href=\"\">x</a>"},
        Attack{"<a href='data:text/html,<script>alert(1)</script>'>x</a>", "<a href=\"\">x</a>"},
        Attack{"<img src='data:image/svg+xml;base64,PHN2Zy8+'>", "<img src=\"\">"},
        Attack{"<a href='feed:javascript:alert(1)'>x</a>", "<a href=\"\">x</a>"},
        Attack{"<a href='view-source:http://x'>x</a>", "<a href=\"\">x</a>"},
        Attack{"<a href='file:///etc/passwd'>x</a>", "<a href=\"\">x</a>"},
        Attack{"<a href='jar:http://h/x!/y'>x</a>", "<a href=\"\">x</a>"},
        Attack{"<a href='blob:http://h/x'>x</a>", "<a href=\"\">x</a>"},
        Attack{"<q cite=javascript:alert(1)>x</q>", "<q cite=\"\">x</q>"},
        Attack{"<a href='http://h/\"onclick=alert(1)'>x</a>", "<a href=\"http://h/&quot;onclick=alert(1)\">x</a>"},
        Attack{"<a href='?q=javascript:1'>x</a>", "<a href=\"?q=javascript:1\">x</a>"},
        Attack{"<table background=javascript:1><tr><td background=x>y</table>", "<table><tr><td>y</td></tr></table>"}));

INSTANTIATE_TEST_SUITE_P(Embedding, Hostile,
                         testing::Values(Attack{"a<iframe src=//evil></iframe>b", "ab"}, Attack{"a<iframe/>b", "ab"},
                                         Attack{"a<iframe srcdoc='<script>alert(1)</script>'>b", "ab"},
                                         Attack{"a<object data=x.swf><b>b</b>", "a<b>b</b>"},
                                         Attack{"<embed src=x><applet code=y>b</applet>", "b"},
                                         Attack{"<base href=//evil/><a href=x>y</a>", "<a href=\"x\">y</a>"},
                                         Attack{"<meta http-equiv=refresh content='0;url=//evil'>x", "x"},
                                         Attack{"<link rel=stylesheet href=//evil>x", "x"},
                                         Attack{"<form action=//evil><input name=password><button>Go</button></form>",
                                                "Go"},
                                         Attack{"<frameset><frame src=//evil></frameset>x", "x"}));

// Markup that a browser reads otherwise when it meets it again, inside another element.
INSTANTIATE_TEST_SUITE_P(
    Mutation, Hostile,
    testing::Values(
        Attack{"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
               "<p title=\"&lt;/noscript&gt;&lt;img src=x onerror=alert(1)&gt;\"></p>"},
        Attack{"<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<img src=\"1\">\"&gt;"},
        Attack{"<math><mtext><table><mglyph><style><!--</style><img title=\"--><img src=1 onerror=alert(1)>\">",
               "<table><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\"></table>"},
        Attack{"<svg><title><style><img src=x onerror=alert(1)></style></title>x", "x"},
        Attack{"<template><s><script>alert(1)</script>x", "<s>x</s>"},
        Attack{"<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
               "<p title=\"&lt;/xmp&gt;&lt;img src=x onerror=alert(1)&gt;\"></p>"},
        Attack{"<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\">",
               "<img title=\"&lt;/textarea&gt;&lt;img src=x onerror=alert(1)&gt;\">"},
        Attack{"<select><style><option></select><img src=x onerror=alert(1)></style>y", "y"},
        Attack{"<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", ""},
        Attack{"<!--><img src=x onerror=alert(1)>-->", "<img src=\"x\">--&gt;"},
        Attack{"<!--a--!><b>x</b>", "<b>x</b>"}, Attack{"<![CDATA[<img src=x onerror=alert(1)>]]>", "<img src=\"x\">"},
        Attack{"<?xml <img src=x onerror=alert(1)> ?>x", " ?&gt;x"}, Attack{"</<img src=x onerror=alert(1)>x", "x"},
        Attack{"<!doctype html><p>x", "<p>x</p>"}, Attack{"<plaintext><b>x", "<b>x</b>"}, Attack{"a<!-- b", "a"},
        Attack{"a<b title=\"x", "a"}));

INSTANTIATE_TEST_SUITE_P(
    Nesting, Hostile,
    testing::Values(Attack{"</div></td></table>x", "x"}, Attack{"<div><p>a<b>b", "<div><p>a<b>b</b></p></div>"},
                    Attack{"<b><i>a</b>b</i>c", "<b><i>a</i></b>bc"}, Attack{"<p>a<p>b", "<p>a</p><p>b</p>"},
                    Attack{"<p><span>a<div>b</div>c", "<p><span>a</span></p><div>b</div>c"},
                    Attack{"<a href=x>a<a href=y>b", "<a href=\"x\">a</a><a href=\"y\">b</a>"},
                    Attack{"<ul><li>a<li>b<ul><li>c</ul></ul>d", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>d"},
                    Attack{"<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"},
                    Attack{"<div><table><td>a</div>b</table>c", "<div><table><td>ab</td></table>c</div>"},
                    Attack{"<h2><p><b>a<h2>b</h3>c", "<h2><p><b>a</b></p></h2><h2>b</h2>c"},
                    Attack{"<br></br>a</br>b", "<br>a<br>b"}, Attack{"<img></img><hr></hr>a", "<img><hr>a"}));

}  // namespace
}  // namespace sotevahti::text
