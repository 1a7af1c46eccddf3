#include "dragoman/ingest/html_page.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>

#include "dragoman/ingest/feed.h"
#include "dragoman/ingest/html_body.h"

namespace dragoman {
namespace {

std::string source_of(const MappedText& mapped, std::string_view source, std::string_view part) {
  const std::size_t at = mapped.text.find(part);
  if (at == std::string::npos) return "(not in the text)";
  const ByteSpan span = mapped.map.source({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + part.size())});
  return std::string(source.substr(span.begin, span.size()));
}

// A page as large outlets make them: data in the head, much around the story.
constexpr std::string_view big_page = R"html(<!DOCTYPE html>
<html lang="en-GB"><head>
<title>Ferry line to reopen, ministers say | Nordic Herald</title>
<meta property="og:site_name" content="Nordic Herald">
<link rel="canonical" href="https://nordic-herald.example/ferry">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"x"},
{"@type":"NewsArticle","headline":"Ferry line to reopen, ministers say","datePublished":"2026-03-12T08:15:00+01:00","publisher":{"@type":"Organization","name":"Nordic Herald"}}]}</script>
<style>p { color: red }</style></head>
<body class="page story-page">
<header><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav><h1 class="logo">Nordic Herald</h1></header>
<div id="cookie-banner"><p>We use cookies to make this page work, to count readers and to show advertisements that fit your interests.</p></div>
<main><article class="article with-sidebar">
<h1>Ferry line to reopen, ministers&nbsp;say</h1>
<p class="byline">By Ann Example</p><time datetime="2026-03-12T08:15">12 March 2026</time>
<figure><img src="a.jpg"><figcaption>Minister Mira Tolvanen at the harbour in Oslo on Wednesday. Photo: Example Agency</figcaption></figure>
<div class="article-body">
<p>OSLO &ndash; Finland and Norway will reopen the ferry line between Turku and Narvik in May, the ministers of both
 countries said on Thursday.</p>
<p>&#8220;We have waited <em>long enough</em>,&#8221; Minister <a href="/t">Mira Tolvanen</a> told reporters.</p>
<div class="related-box"><h3>Related stories</h3><ul><li><a href="/1">The harbour that slept for ten years</a></li></ul></div>
<p><strong><a href="/2">Read also: How the line was closed</a></strong></p>
<div class="ad">Advertisement<p>Buy a boat today, the best boats are sold at our shop in the harbour.</p></div>
<p>Norway&rsquo;s ministry said that it would pay for a new pier.</p>
<blockquote>The pier will be ready before the summer, and it will serve both countries.</blockquote>
</div>
<div class="share-tools"><button>Share</button> <a href="#">Facebook</a></div>
</article>
<aside><h2>Most read</h2><p>Ten things you did not know about herring, and one that you did, told by people who fish.</p></aside>
</main>
<section class="comments"><p>Reader one: I have always liked the ferry and so has my whole family, for years and years.</p></section>
<footer><p>© 2026 Nordic Herald. All rights reserved. Reproduction of any part needs our permission in writing.</p></footer>
</body></html>)html";

TEST(HtmlPage, FindsTheStoryAmongTheRest) {
  const PageStory page = read_page(big_page);
  EXPECT_EQ(page.text.text,
            "Ferry line to reopen, ministers say\n\n"
            "OSLO – Finland and Norway will reopen the ferry line between Turku and Narvik in May, the ministers of both countries said on Thursday.\n\n"
            "“We have waited long enough,” Minister Mira Tolvanen told reporters.\n\n"
            "Norway’s ministry said that it would pay for a new pier.\n\n"
            "The pier will be ready before the summer, and it will serve both countries.");
  EXPECT_EQ(page.info.title, "Ferry line to reopen, ministers say");
  EXPECT_EQ(page.info.published, "2026-03-12");
  EXPECT_EQ(page.info.outlet, "Nordic Herald");
  EXPECT_EQ(page.info.url, "https://nordic-herald.example/ferry");
  EXPECT_EQ(page.info.language, "en");
}

TEST(HtmlPage, SpansLeadBackToThePage) {
  const PageStory page = read_page(big_page);
  EXPECT_EQ(source_of(page.text, big_page, "“We have waited long enough,”"), "&#8220;We have waited <em>long enough</em>,&#8221;");
  EXPECT_EQ(source_of(page.text, big_page, "Mira Tolvanen told"), "Mira Tolvanen</a> told");
  EXPECT_EQ(source_of(page.text, big_page, "both countries said"), "both\n countries said");
  EXPECT_EQ(source_of(page.text, big_page, "Norway’s ministry"), "Norway&rsquo;s ministry");
}

// An old page: tables, <font>, line breaks for paragraphs, tags in capitals, no closing tags, nothing in the head.
TEST(HtmlPage, ReadsOldPages) {
  const PageStory page = read_page(R"html(<HTML><HEAD><TITLE>Ministry: statement of the spokesperson</TITLE></HEAD><BODY BGCOLOR=white>
<TABLE><TR><TD WIDTH=120><A HREF=a.html>Home</A><BR><A HREF=b.html>Statements</A><BR><A HREF=c.html>Visas</A>
<TD><FONT SIZE=4><B>Statement of the spokesperson</B></FONT><BR>12 March 2026<BR><BR>
The Ministry takes note of the decision of the Council, which was made public yesterday evening.<BR><BR>
It recalls that the agreement of 2019 binds both sides,<BR>and that neither may leave it alone. <BR><BR>
The spokesperson added that talks would go on in April.
</TABLE></BODY></HTML>)html");
  EXPECT_NE(page.text.text.find("The Ministry takes note of the decision of the Council, which was made public yesterday evening.\n\n"), std::string::npos) << page.text.text;
  EXPECT_NE(page.text.text.find("binds both sides,\nand that neither"), std::string::npos) << page.text.text;
  EXPECT_NE(page.text.text.find("talks would go on in April."), std::string::npos) << page.text.text;
  EXPECT_EQ(page.text.text.find("Visas"), std::string::npos) << page.text.text;
  EXPECT_EQ(page.info.title, "Ministry: statement of the spokesperson");
}

// <div> for everything, the story cut into pieces by advertisements, the whole page in a form.
TEST(HtmlPage, ReadsPagesWithoutParagraphs) {
  const PageStory page = read_page(R"html(<html><body><form id=aspnet><div class=top-menu><a href=1>News</a> <a href=2>Sport</a></div>
<div id=c1><h1>Envoys meet on the lake</h1>
<div class=t1><div>The envoys of the four states met on the lake on Monday to speak about the water of the river.</div>
<div>They agreed that the gauges would be read twice a day, and that each state would see all figures.</div></div>
<div class=adslot>Buy now! The best offers of the year are here, and they will not be here for much longer, we are told.</div>
<div class=t1><div>A second meeting is to follow in June, said the host, who did not name the place of the meeting yet.</div></div>
</div><div class=bottom>Contact us</div></form></body></html>)html");
  EXPECT_EQ(page.text.text,
            "Envoys meet on the lake\n\n"
            "The envoys of the four states met on the lake on Monday to speak about the water of the river.\n\n"
            "They agreed that the gauges would be read twice a day, and that each state would see all figures.\n\n"
            "A second meeting is to follow in June, said the host, who did not name the place of the meeting yet.");
}

TEST(HtmlPage, TakesArticleBodyWhereScriptsMakeThePage) {
  const std::string_view html = R"html(<html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"Pier opens","datePublished":"2026-05-02",
"articleBody":"The pier at Narvik was opened on Saturday by the ministers of both countries.\n\nThe first ferry sails on Monday, \"weather permitting\", the harbour master said."}</script></head>
<body><div id=root></div><script src=app.js></script></body></html>)html";
  const PageStory page = read_page(html);
  EXPECT_TRUE(page.text.text.starts_with("The pier at Narvik was opened")) << page.text.text;
  EXPECT_EQ(source_of(page.text, html, "\"weather permitting\""), R"(\"weather permitting\")");
}

TEST(HtmlPage, KeepsShortSentencesThatBeginLikeALabel) {
  const PageStory page = read_page(R"html(<html><body><article><h1>Views differ</h1>
<p>Related talks were held in Oslo on Monday, the ministry said in a statement that named no names.</p>
<p>Recommended steps include a new pier.</p><p>Source: the ministry</p><p>Tags: ferry, Norway</p>
<p>The minister said more would follow in the coming weeks, but gave no day for any of it.</p></article></body></html>)html");
  EXPECT_NE(page.text.text.find("Related talks were held"), std::string::npos);
  EXPECT_NE(page.text.text.find("Recommended steps include a new pier."), std::string::npos);
  EXPECT_EQ(page.text.text.find("Tags:"), std::string::npos);
}

TEST(HtmlPage, EndsOnHostilePages) {
  const auto started = std::chrono::steady_clock::now();
  std::string deep, formats, quotes, tables, refs;
  for (int i = 0; i < 300'000; ++i) deep += "<div>";
  for (int i = 0; i < 100'000; ++i) formats += "<b><i><font color=" + std::to_string(i) + "><p>x";
  for (int i = 0; i < 100'000; ++i) quotes += "<a href=\"x><a b='";
  for (int i = 0; i < 100'000; ++i) tables += "<table><tr><td></b></i></p></li>";
  for (int i = 0; i < 300'000; ++i) refs += "&#x110000;&amp&notanentitynamethatislong";
  for (const std::string& page : {deep, formats, quotes, tables, refs, std::string("<"), std::string("<!--"), std::string("<script>"), std::string(1u << 20, '<'),
                                  std::string("<p>a</p>\0<p>b", 12), deep + "text" + deep})
    (void)read_page(page);
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(std::getenv("DRAGOMAN_SANITIZED") ? 200 : 20));
}

TEST(Feed, SplitsAndReadsRss) {
  const std::string_view feed = R"xml(<?xml version="1.0"?><rss version="2.0" xmlns:content="x"><channel><title>Nordic Herald &#8211; World</title><language>en-us</language>
<item><title>Pier opens &amp; ferry sails</title><link>https://n.example/1</link><pubDate>Sat, 02 May 2026 10:00:00 +0200</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>The pier was opened on <b>Saturday</b>.</p><p>It is &quot;long&quot;.</p>]]></content:encoded></item>
<item><title>Second</title><description>&lt;p&gt;Escaped &amp;amp; short text.&lt;/p&gt;</description></item></channel></rss>)xml";
  const FeedItems found = split_feed(feed);
  EXPECT_EQ(found.info.outlet, "Nordic Herald – World");
  ASSERT_EQ(found.items.size(), 2u);
  const std::string_view item = feed.substr(found.items[0].begin, found.items[0].size());
  const FeedStory first = read_feed_item(item);
  EXPECT_EQ(first.text.text, "Pier opens & ferry sails\n\nThe pier was opened on Saturday.\n\nIt is \"long\".");
  EXPECT_EQ(first.info.published, "2026-05-02");
  EXPECT_EQ(first.info.url, "https://n.example/1");
  EXPECT_EQ(source_of(first.text, item, "Saturday"), "Saturday");
  EXPECT_EQ(source_of(first.text, item, "\"long\""), "&quot;long&quot;");
  const FeedStory second = read_feed_item(feed.substr(found.items[1].begin, found.items[1].size()));
  EXPECT_EQ(second.text.text, "Second\n\nEscaped & short text.");
}

TEST(Feed, ReadsAtom) {
  const std::string_view feed = R"xml(<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title><entry><title type="text">Pier</title>
<link rel="self" href="https://n.example/self"/><link rel="alternate" href="https://n.example/2"/><id>urn:1</id><updated>2026-05-03T00:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The pier <i>is</i> open.</p></div></content></entry></feed>)xml";
  const FeedItems found = split_feed(feed);
  ASSERT_EQ(found.items.size(), 1u);
  const std::string_view item = feed.substr(found.items[0].begin, found.items[0].size());
  const FeedStory entry = read_feed_item(item);
  EXPECT_EQ(entry.text.text, "Pier\n\nThe pier is open.");
  EXPECT_EQ(entry.info.url, "https://n.example/2");
  EXPECT_EQ(entry.info.published, "2026-05-03");
  EXPECT_EQ(source_of(entry.text, item, "pier is open"), "pier <i>is</i> open");
}

}  // namespace
}  // namespace dragoman
