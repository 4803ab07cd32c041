"""Feeds as servers send them, one of each format, written for the tests."""

from __future__ import annotations

RSS_2 = b"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
     xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Harbour Post</title><link>https://harbour.test/</link><description>News</description><ttl>90</ttl>
<item>
  <title>Harbour wall to be raised &amp; widened</title>
  <link>https://harbour.test/2026/wall?utm_source=rss</link>
  <guid isPermaLink="false">post-17</guid>
  <pubDate>Fri, 13 Nov 2026 08:30:00 +0100</pubDate>
  <dc:creator>Ada Quay</dc:creator><dc:creator>Ben Pier</dc:creator>
  <category>Coast</category><category domain="x">Building</category>
  <comments>https://harbour.test/2026/wall#talk</comments>
  <description>The council votes &lt;b&gt;on Monday&lt;/b&gt;.</description>
  <content:encoded><![CDATA[<p>The council votes <b>on Monday</b>. <a href="/plans">The plans</a> are out.</p>
    <script>alert(1)</script><p><a href="javascript:alert(1)">Click</a><img src="/wall.jpg" alt="The wall"></p>]]>
    </content:encoded>
  <media:content url="https://harbour.test/lead.jpg" medium="image" width="640" height="360"/>
  <enclosure url="https://harbour.test/talk.mp3" type="audio/mpeg" length="1234"/>
</item>
<item><title>Ferry late</title><guid>https://harbour.test/ferry</guid><description>By an hour.</description></item>
</channel></rss>
"""

RSS_091 = b"""<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>Old</title><link>http://old.test/</link>
<item><title>First</title><link>http://old.test/1</link><description>One.</description></item></channel></rss>
"""

RDF = """<?xml version="1.0" encoding="ISO-8859-1"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://rdf.test/"><title>Caf\u00e9</title><link>http://rdf.test/</link></channel>
<item rdf:about="http://rdf.test/1"><title>\u00dcber alles</title><link>http://rdf.test/1</link>
  <dc:date>2026-11-01T10:00:00Z</dc:date><dc:subject>Music</dc:subject></item>
</rdf:RDF>
""".encode("latin-1")

ATOM = b"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://atom.test/blog/">
<title>Atom &amp; Eve</title><link rel="alternate" href="/"/><link rel="self" href="feed"/><id>tag:atom.test,2026:1</id>
<entry><title type="html">A &lt;i&gt;new&lt;/i&gt; page</title><id>tag:atom.test,2026:2</id>
  <link rel="alternate" href="page"/><link rel="enclosure" href="film.mp4" type="video/mp4" length="99"/>
  <published>2026-11-02T09:00:00+02:00</published><updated>2026-11-03T09:00:00Z</updated>
  <author><name>Eve</name><email>eve@atom.test</email></author><category term="ai" label="AI"/>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><h2>Part</h2><ul><li>one</li><li>two</li></ul></div></content>
</entry>
<entry><title type="text">1 &lt; 2 *is* [true](x)</title><id>b</id><updated>2026-11-04</updated>
  <link href="https://atom.test/plain"/><summary type="text">Plain &lt;b&gt; text</summary></entry>
</feed>
"""

JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "Jay", "home_page_url": "https://json.test/",
 "authors": [{"name": "Jay Son"}],
 "items": [
  {"id": 7, "url": "/seven", "title": "Seven", "content_html": "<p>Of <em>nine</em></p><p>and more</p>",
   "date_published": "2026-11-05T12:00:00-05:00", "tags": ["Numbers", 3], "image": "https://json.test/7.png",
   "attachments": [{"url": "https://json.test/7.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12}]},
  {"id": "8", "external_url": "https://else.test/8", "content_text": "# no heading\\nsecond line",
   "authors": [{"name": "Kay"}]},
  "odd"
 ]}
"""

PAGE = b"<!DOCTYPE html><html><head><title>Not found</title></head><body><p>No such page.</p></body></html>"

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(
        f'<!ENTITY {name} "{("&" + before + ";") * 10}">'.encode()
        for before, name in zip("abcdefghijk", "bcdefghijkl", strict=True)
    )
    + b"]><rss version='2.0'><channel><title>&l;</title><item><title>&l;</title></item></channel></rss>"
)


def rss(*items: str, title: str = "Feed", link: str = "https://news.test/", more: str = "") -> bytes:
    """An RSS feed of items that are given as the inside of their elements."""
    listed = "".join(f"<item>{item}</item>" for item in items)
    text = f"<rss version='2.0'><channel><title>{title}</title><link>{link}</link>{more}{listed}</channel></rss>"
    return text.encode()


def item(
    number: int, *, host: str = "news.test", title: str = "", body: str = "", guid: str = "", more: str = ""
) -> str:
    """The inside of an item: `Story n`, an hour later for each number."""
    return (
        f"<title>{title or f'Story {number}'}</title><link>https://{host}/story/{number}</link>"
        f"<guid isPermaLink='false'>{guid or f'id-{number}'}</guid>"
        f"<description>{body or f'Text {number}.'}</description>"
        f"<pubDate>{10 + number // 24 % 20:02} Nov 2026 {number % 24:02}:00:00 GMT</pubDate>{more}"
    )
