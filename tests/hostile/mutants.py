"""Inputs for the fuzzer: documents and words of ours, mutated; each is made again from its seed and number."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

from documents import item, rss, story

_RICH = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:georss="http://www.georss.org/georss"
 xmlns:gml="http://www.opengis.net/gml" xmlns:psc="http://podlove.org/simple-chapters"
 xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Wire</title>
<image><url>http://news.example/i.png</url><width>10</width><height>20</height></image>
<item><title>Ships &#8217; &#x41; dock</title><link>http://news.example/1</link><guid isPermaLink="false">1</guid>
<pubDate>Mon, 03 Nov 2025 08:00:00 GMT</pubDate><dc:creator>A. Writer</dc:creator><category domain="x">ports</category>
<media:group><media:content url="http://news.example/1.jpg" width="10" height="20" type="image/jpeg"/></media:group>
<media:thumbnail url="x" width="1"/><georss:point>45.2 -71.9</georss:point>
<georss:where><gml:Point><gml:pos>45 -71</gml:pos></gml:Point></georss:where>
<creativeCommons:license>http://x.example</creativeCommons:license>
<psc:chapters><psc:chapter start="00:00:01.5" title="a"/></psc:chapters><itunes:duration>1:02</itunes:duration>
<enclosure url="http://news.example/1.mp3" length="12" type="audio/mpeg"/>
<description>&lt;p&gt;The &amp;quot;quay&amp;quot; stays &lt;b&gt;open&lt;/b&gt;&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>The quay stays open, said <a href="/velden">Mara Velden</a>.</p><script>x()</script>]]></content:encoded>
</item></channel></rss>"""
_ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://news.example/">
<title type="html">Harbour &lt;i&gt;Wire&lt;/i&gt;</title><id>urn:feed</id><updated>2025-11-03T08:00:00Z</updated>
<entry><title type="text">Quay opens</title><id>urn:1</id><link rel="alternate" href="a/1"/><link rel="enclosure" href="x"/>
<published>2025-11-03T08:00:00+01:00</published><updated>2025-11-03T09:00:00.123Z</updated>
<author><name>A. Writer</name><email>a@news.example</email></author>
<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The <b>quay</b> opens.</p></div></summary>
<content type="html">&lt;p&gt;“The quay stays open,” Mara Velden said.&lt;/p&gt;</content></entry></feed>"""
_RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="http://news.example/"><title>Wire</title></channel>
<item rdf:about="http://news.example/1"><title>Quay opens</title><link>http://news.example/1</link>
<dc:date>2025-11-03T08:00:00Z</dc:date><description>The quay opens.</description></item></rdf:RDF>"""
_PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Quay stays open - Harbour Times</title>
<meta property="og:title" content="Quay stays open"><script type="application/ld+json">{{"@type":"NewsArticle",
"datePublished":"2025-11-03","articleBody":"The quay stays open."}}</script><style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav><main><article><h1>Quay stays open</h1>
<time datetime="2025-11-03T08:00:00Z">3 Nov 2025</time><figure><img src="x.jpg"><figcaption>The quay</figcaption></figure>
{story("harbour", 3)}<blockquote>“We accept every ship,” said Mara Velden, <a href="/v">the chair</a>.</blockquote>
<table><tr><td>Ships</td><td>12</td></tr></table><p>Story continues below this ad</p>{story("quay", 2)}
<h2>What comes next</h2><ul><li>A vote on Monday</li><li>A toll &mdash; or none</li></ul></article></main>
<aside><p>Also read | Tides of the week</p></aside><footer>&copy; Harbour Times</footer></body></html>"""
_TEXTS = (
    "Velmarkian Prime Minister Ilse Marken spoke in the capital on Monday. “A toll on foreign ships in the port of "
    "Ostermouth is out of the question,” Marken told reporters. “It was never our idea,” she added, “and it never will "
    "be.”\nFinance Minister Tomas Reede denied that he had called for a toll. According to Reede, Velmarkia will not "
    "accept foreign monitors before 1 May.\nAsked whether the ministry had changed its mind, a spokesman said: “No.”",
    "“We support a toll on foreign ships in the port of Ostermouth,” Ilse Marken said on Wednesday, two days after she "
    "had ruled it out. The Kremlin's spokesman said Moscow “would not comment on the toll”, and the U.S. State "
    "Department said it was 'aware' of the 12.5% charge.\nMARKEN: We reject it. REEDE: I did not say that.",
    "Tomas Reede wrote on Telegram that “joining the Northern Grid” was “neither safe nor cheap (see Article 5)”. He "
    "said he agreed with what Marken said in 2014. However, his ministry said on Feb. 3 it would join by the end of "
    "the year, a source familiar with the matter said — and Marken said she would not stand in the way.",
)
_COMMANDS = (
    "who velden monitors", "who Jana Velden on the strait", "about Ardenia monitors", "compare velden halasz monitors",
    "timeline velden monitors since 7d", 'said velden "will not accept"', "conflicts open since 30d", "conflicts person velden",
    "alert 1001", "OR-1001", "verify 1001", "why 1001", 'why "accept monitors" "not accept"', "topic monitors",
    "topic merge monitors into strait", "topic split monitors as toll ships, fees", "topic rename monitors to observers",
    "topic undo 1", "confirm 1001", "dismiss 1001 wrong speaker: not hers", "undo 1001", "assign 1001 <@U0ADA>", "assign 1001 me",
    "note 1001 ask again", "reply 1001", "fix 1001", "withdraw 1001 misheard", "audit 1001", "audit since 7d", "status", "stats since 7d",
    "balance since 2024-01-01", "export statements since 7d csv", "export alerts jsonl", "follow monitors for me",
    "follow velden here", "unfollow velden", "follows", "mute velden for 2h", "mute monitors until Friday here", "unmute velden",
    "mutes", "quiet 22:00-07:00 Europe/London", "quiet off for me", "digest daily 08:00 Europe/Vienna", "digest now", "cap 10 here",
    "route kinds reversal for me", "route strength high here", "source list", "source health", "source test https://news.example/feed",
    "source add https://news.example/feed Harbour Wire", "source pause wire", "source remove wire", "source import", "person list",
    "person add Ilse Marken, Velmarkia", "person alias velden J. Velden", "person role velden envoy from 2025-01-01", "side list",
    "side add Velmarkia, Velmarkian", "replay since 30d threshold=0.7 kind=reversal", "check “The quay stays open,” she said.",
    "help who", "help", "whoami", "list",
)  # fmt: skip
_MARKUP: Sequence[bytes] = (
    b"&#xD800;", b"<", b">", b'"', b"'", b"\xff", b"&#99999999999;", b"", b"x", b"-1", b"&", b"\0", b"<![CDATA[", b"]]>",
    b"<!--", b"-->", b"</", b"/>", b"<item>", b"</item>", b"&amp;", b"&#0;", b"\xc3", b"\xe2\x80", b"<title>", b"<?xml?>",
    b"<!DOCTYPE x [", b"<p>", b"</p>", b"<div>", b"<script>", b"</body>", b" xmlns:a='", b"1e999", b"9999-99-99", b"\r\n",
    b"</width>", b"</license>", b"<gml:pos>", b"<psc:chapter>", b"=", b":", b"encoding='utf-16'", b"\xff\xfe", b"<base href='//x'>",
)  # fmt: skip
_WORDS: Sequence[str] = (
    "“", "”", '"', "'", "’", "«", "»", "„", ",", ".", "\n", "\n\n", " ", "(", ")", " — ", ":", ";", "?", "said", "that", "denied",
    "he", "Ilse Marken", "Tomas Reede's", "Kremlin", "on Monday", "Feb. 30", "in 2014", "not", "never", "12.5%", "U.S.", "\u00a0",
    "\ud800", "𝕏", "İ", "ﬁ", "\x00", "\u202e", "\u200b", "MARKEN:", "according to", "asked", "who", "", "e\u0301", "-", "O'", "Jr.",
)  # fmt: skip
_TYPED: Sequence[str] = (
    "<@U0ADA>", "<@U1|x>", "<!channel>", "<#C1|general>", "<https://evil.example|NYT>", "%_", "' or 1=1 --", "\\", "*", "`", "“",
    "-1", "0", "99999999999999999999", "OR-", "OR-0", "2024-99-99", "since", "until", "last", "week", "Friday", "00:00", "25:61",
    "#", "@", "help", "[", "(", "(?=", "😀", "لا", "\u202e", "\0", "\ud800", "\n", "\t", "a" * 300, "--", '"', "to", "for", "days", "",
    "monitors", "velden", "strait", "all", "list", "add", "remove", "1001", "0.5", "nan", "inf", "1e9", "١٢", "½", "http://[", "://",
)  # fmt: skip


def _mutated_bytes(body: bytes, chance: random.Random) -> bytes:
    made = bytearray(body)
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(made) + 1)
        size = chance.choice((0, 1, 3, 12, 80))
        match chance.randrange(4):
            case 0:
                made[start : start + size] = chance.choice(_MARKUP)
            case 1:  # a piece once more, elsewhere
                made[start:start] = bytes(made[(at := chance.randrange(len(made) + 1)) : at + 4 * size])
            case 2:
                made[start : start + size] = chance.randbytes(size)
            case _:
                del made[start : start + 3 * size]
    return bytes(made)


def _mutated_text(text: str, pieces: Sequence[str], chance: random.Random) -> str:
    for _ in range(chance.randint(1, 8)):
        a = chance.randrange(len(text) + 1)
        b = min(len(text), a + chance.choice((0, 0, 1, 4, 20, 100)))
        piece = text[a:b]
        how = ("", piece * 2, piece[::-1], piece.upper(), piece.replace(" ", ""), piece.replace(".", ""))
        put = chance.choice(pieces) if chance.random() < 0.7 else chance.choice(how)
        if chance.random() < 0.05:
            put = chr(chance.randrange(0x110000)) * chance.choice((1, 1, 50))
        text = text[:a] + put + text[b:]
    return text


def feed(chance: random.Random) -> bytes:
    """A feed that was harmed."""
    whole = rss(item("Ship docks", guid="2", link="http://news.example/2", content=story(paragraphs=2)))
    return _mutated_bytes(chance.choice((_RICH, _ATOM, _RDF, whole)).encode(), chance)


def page(chance: random.Random) -> bytes:
    """A page that was harmed."""
    return _mutated_bytes(_PAGE.encode(), chance)


def text(chance: random.Random) -> str:
    """An article whose sentences were harmed."""
    return _mutated_text("\n".join(chance.sample(_TEXTS, chance.randint(1, 3))), _WORDS, chance)


def typed(chance: random.Random) -> str:
    """What somebody may type behind /record."""
    if chance.random() < 0.2:
        return " ".join(chance.choices([*_TYPED, *_WORDS], k=chance.randint(0, 6)))
    return _mutated_text(chance.choice(_COMMANDS), _TYPED, chance)


KINDS: Mapping[str, Callable[[random.Random], bytes | str]] = {
    "feed": feed,
    "page": page,
    "text": text,
    "command": typed,
}


def mutant(kind: str, seed: int, number: int) -> bytes | str:
    """Always the same input for the same three."""
    return KINDS[kind](random.Random(f"{seed} {kind} {number}"))  # noqa: S311  repeatable, not secret
