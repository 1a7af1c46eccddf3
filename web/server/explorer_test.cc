#include "web/server/explorer.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <set>

#include "tests/temporary_store.h"

namespace dragoman::web {
namespace {

constexpr std::string_view token = "0123456789abcdef0123";

class ExplorerTest : public testing::Test {
 protected:
  void SetUp() override {
    store_.add(StoryByHand("a", "2026-03-12", "Evening Mail")
                   .event("CONSULT", "visit", {"ISL"}, {"PRT"})
                   .event("ACCUSE", "", {"NOR"}, {"ISL"}, "happened", -2, "ISL")
                   .commitment("pledged", {"ISL"}, {"PRT"}, "open", "consulate in Pôrto", "diplomatic_representation", "ISL", "2026-03-31")
                   .position({"PRT"}, "quotas on salted fish", "against", "PRT")
                   .words("<script>alert(1)</script> \xE2\x80\xAE evil & \"quoted\""));
    store_.add(StoryByHand("b", "2026-05-01", "Atlantic Post").event("CONSULT", "", {"ISL"}, {"PRT"}).position({"PRT"}, "quotas on salted fish", "for", "PRT"));
    open({});
  }

  void open(ExplorerOptions options) {
    explorer_.reset();
    options.store = store_.path();
    options.port = 0;
    auto opened = Explorer::open(options);
    ASSERT_TRUE(opened) << opened.error().message;
    explorer_ = std::move(*opened);
    host_ = explorer_->url().substr(7);
    host_.pop_back();
  }

  WebRequest request(std::string path, std::multimap<std::string, std::string> parameters = {}) const {
    return {.method = "GET", .path = std::move(path), .parameters = std::move(parameters), .headers = {{"host", host_}}, .body = {}};
  }
  WebRequest post(std::string path, std::string type, std::string body) const {
    WebRequest asked = request(std::move(path));
    asked.method = "POST";
    asked.headers.emplace("content-type", std::move(type));
    asked.body = std::move(body);
    return asked;
  }
  int status(const WebRequest& asked) const { return explorer_->answer(asked).status; }

  /// The answer as JSON; fails the test where it is none, or the status is another.
  simdjson::dom::element json(const WebRequest& asked, int expected = 200) {
    const WebAnswer answer = explorer_->answer(asked);
    EXPECT_EQ(answer.status, expected) << asked.path << ": " << answer.body;
    EXPECT_EQ(answer.type, "application/json");
    simdjson::dom::element element;
    EXPECT_EQ(parser_.parse(simdjson::padded_string(answer.body)).get(element), simdjson::SUCCESS) << asked.path << ": " << answer.body;
    return element;
  }
  simdjson::dom::array rows(const WebRequest& asked) { return json(asked)["rows"].get_array().value(); }

  TemporaryStore store_;
  std::unique_ptr<Explorer> explorer_;
  std::string host_;
  simdjson::dom::parser parser_;
};

TEST_F(ExplorerTest, EveryListHasRows) {
  const std::pair<const char*, std::multimap<std::string, std::string>> lists[] = {
      {"/api/parties", {}}, {"/api/partners", {{"of", "ISL"}}}, {"/api/people", {}}, {"/api/outlets", {}}, {"/api/documents", {}}, {"/api/documents", {{"between", "PRT,ISL"}}},
      {"/api/months", {}}, {"/api/ledger", {}}, {"/api/issues", {}}, {"/api/matrix", {}}, {"/api/quotes", {}}, {"/api/events", {}},
      {"/api/search", {{"q", "fish"}}}, {"/api/review", {{"why", "changed"}}}, {"/api/review", {}}};
  for (const auto& [path, parameters] : lists) {
    EXPECT_GT(rows(request(path, parameters)).size(), 0u) << path;
    EXPECT_TRUE(json(request(path, parameters))["total"].error() == simdjson::SUCCESS) << path;
  }
  EXPECT_EQ(rows(request("/api/review/log")).size(), 0u);
  EXPECT_EQ(rows(request("/api/events", {{"place", "Nowhere"}})).size(), 0u);
  EXPECT_EQ(rows(request("/api/places")).size(), 0u);  // stories by hand have no coordinates
}

TEST_F(ExplorerTest, EveryRowLeadsToItsSentence) {
  for (const char* path : {"/api/events", "/api/quotes", "/api/ledger", "/api/matrix", "/api/review"})
    for (const auto row : rows(request(path))) {
      const auto source = row["source"];
      const std::string doc = std::to_string(source["doc"].get_int64().value());
      const std::string finding(source["finding"].get_string().value()), quote(source["quote"].get_string().value());
      const auto begin = static_cast<std::size_t>(source["span"].at(0).get_int64().value()), end = static_cast<std::size_t>(source["span"].at(1).get_int64().value());
      simdjson::dom::parser other;
      const WebAnswer answer = explorer_->answer(request("/api/story", {{"doc", doc}}));
      const auto story = other.parse(simdjson::padded_string(answer.body)).value();
      const std::string text(story["reading"]["document"]["text"].get_string().value());
      EXPECT_EQ(text.substr(begin, end - begin), quote) << path;
      EXPECT_EQ(explorer_->answer(request("/api/citation", {{"doc", doc}, {"finding", finding}})).status, 200) << path << " " << finding;
    }
}

TEST_F(ExplorerTest, PagesGoOnWhereTheyEnded) {
  std::multimap<std::string, std::string> parameters = {{"limit", "1"}};
  std::set<std::string> seen;
  for (int pages = 0; pages < 10; ++pages) {
    const auto page = json(request("/api/events", parameters));
    for (const auto row : page["rows"].get_array()) EXPECT_TRUE(seen.insert(std::string(row["id"].get_string().value())).second);
    if (page["next"].is_null()) break;
    parameters.erase("after");
    parameters.emplace("after", std::string(page["next"].get_string().value()));
  }
  EXPECT_EQ(seen.size(), 3u);
}

TEST_F(ExplorerTest, SummaryStoryAndDetails) {
  const auto summary = json(request("/api/summary"));
  EXPECT_EQ(summary["documents"].get_int64().value(), 2);
  EXPECT_TRUE(summary["review"].is_null());
  EXPECT_EQ(json(request("/api/vocabulary"))["event_types"].get_array().size(), 16u);
  EXPECT_EQ(json(request("/api/network"))["edges"].get_array().size(), 2u);
  EXPECT_EQ(json(request("/api/dossier", {{"between", "PRT,ISL"}}))["stories"].get_int64().value(), 2);
  EXPECT_EQ(json(request("/api/suggest", {{"q", "is"}}))["parties"].get_array().size(), 1u);
  const std::string id(rows(request("/api/ledger")).at(0)["id"].get_string().value());
  EXPECT_EQ(json(request("/api/undertaking", {{"id", id}}))["history"].get_array().size(), 1u);
  const std::string issue(rows(request("/api/issues")).at(0)["issue_id"].get_string().value());
  const auto cell = json(request("/api/cell", {{"holder", "PRT"}, {"issue_id", issue}}));
  EXPECT_EQ(cell["history"].get_array().size(), 2u);
  EXPECT_EQ(std::string(cell["change"].get_string().value()), "against > for");
  const auto story = json(request("/api/story", {{"document", "a"}}));
  // "Pôrto" is the one word before the bidirectional mark that takes more bytes than units.
  const std::string text(story["reading"]["document"]["text"].get_string().value());
  const std::size_t after = text.find("\xC3\xB4") + 2;
  EXPECT_EQ(story["utf16"].at(0).at(0).get_int64().value(), static_cast<std::int64_t>(after));
  EXPECT_EQ(story["utf16"].at(0).at(1).get_int64().value(), static_cast<std::int64_t>(after - 1));
  EXPECT_EQ(std::string(story["undertakings"]["c1"].get_string().value()), id);
}

TEST_F(ExplorerTest, WordsOfStoriesStayText) {
  const WebAnswer answer = explorer_->answer(request("/api/story", {{"document", "a"}}));
  EXPECT_EQ(answer.type, "application/json");
  EXPECT_NE(answer.body.find("<script>alert(1)</script>"), std::string::npos);  // in a string, of a type that no browser runs
}

TEST_F(ExplorerTest, HeadersOfEveryAnswer) {
  for (const std::string& asked : {"GET /api/summary HTTP/1.1\r\nHost: " + host_ + "\r\n\r\n", "GET / HTTP/1.1\r\nHost: " + host_ + "\r\n\r\n", std::string("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
                                   std::string("odd\r\n\r\n"), "GET /" + std::string(9000, 'a') + " HTTP/1.1\r\n\r\n"}) {
    const std::string answer = explorer_->answer_bytes(asked);
    for (const char* header : {"\r\nX-Content-Type-Options: nosniff\r\n", "\r\nReferrer-Policy: no-referrer\r\n", "\r\nX-Frame-Options: DENY\r\n",
                               "\r\nContent-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self';"})
      EXPECT_NE(answer.find(header), std::string::npos) << asked.substr(0, 40) << header << answer.substr(0, 800);
    EXPECT_EQ(answer.find("unsafe"), std::string::npos);
  }
}

TEST_F(ExplorerTest, WhatMakesNoSenseIsRefused) {
  const std::tuple<int, const char*, std::multimap<std::string, std::string>> questions[] = {
      {404, "/api/", {}}, {404, "/api/nothing", {}}, {404, "/api/story/../summary", {}}, {400, "/api/story", {}}, {400, "/api/story", {{"doc", "x"}}},
      {400, "/api/story", {{"doc", "-1"}}}, {404, "/api/story", {{"doc", "99"}}}, {404, "/api/story", {{"document", "nobody"}}},
      {400, "/api/events", {{"limit", "0"}}}, {400, "/api/events", {{"limit", "1001"}}}, {400, "/api/events", {{"limit", "many"}}},
      {400, "/api/events", {{"after", "x"}}}, {400, "/api/events", {{"after", "~~"}}}, {400, "/api/events", {{"after", "'; DROP TABLE events;~1~1"}}},
      {400, "/api/events", {{"type", "PARTY"}}}, {400, "/api/events", {{"actuality", "maybe"}}}, {400, "/api/events", {{"since", "yesterday"}}},
      {400, "/api/events", {{"between", "PRT"}}}, {400, "/api/events", {{"between", "PRT,ISL,NOR"}}}, {400, "/api/events", {{"between", "PRT,PRT"}}},
      {400, "/api/events", {{"unknown", "1"}}}, {400, "/api/events", {{"of", "PRT"}, {"of", "ISL"}}}, {400, "/api/events", {{"issue", "\xFF"}}},
      {400, "/api/ledger", {{"stage", "finished"}}}, {400, "/api/ledger", {{"sector", "fish"}}}, {404, "/api/undertaking", {{"id", "u00000000"}}},
      {404, "/api/cell", {{"holder", "PRT"}, {"issue_id", "nothing"}}}, {404, "/api/cell", {}}, {400, "/api/citation", {{"doc", "1"}}},
      {400, "/api/citation", {{"doc", "1"}, {"span", "5"}}}, {400, "/api/citation", {{"doc", "1"}, {"span", "9-5"}}},
      {404, "/api/citation", {{"doc", "1"}, {"span", "999999-9999999"}}}, {404, "/api/citation", {{"doc", "1"}, {"finding", "s99"}}},
      {400, "/api/dossier", {}}, {400, "/api/search", {}}, {400, "/api/partners", {}}, {400, "/api/review", {{"why", "because"}}}, {400, "/api/documents", {{"state", "lost"}}}};
  for (const auto& [expected, path, parameters] : questions) {
    const auto error = json(request(path, parameters), expected);
    EXPECT_EQ(error["error"].error(), simdjson::SUCCESS) << path;
    EXPECT_FALSE(error["message"].get_string().value().empty()) << path;
  }
  WebRequest other = request("/api/summary");
  other.method = "DELETE";
  EXPECT_EQ(status(other), 405);
  other.method = "HEAD";
  EXPECT_EQ(status(other), 200);
  for (const char* path : {"/../../etc/passwd.txt", "/..%2f..%2fetc/passwd.txt", "/assets/../../secret.js", "//etc/passwd.conf"}) EXPECT_EQ(status(request(path)), 404) << path;
}

TEST_F(ExplorerTest, SearchTakesAnyWords) {
  for (const char* odd : {"\"", "OR", "a AND", "(", "it's", "near(", "*", "-x", "OR OR", "x OR", "NEAR(a b)", "text:fish", "^a", "{}", "'; DROP TABLE documents"})
    EXPECT_EQ(status(request("/api/search", {{"q", odd}})), 200) << odd;
}

TEST_F(ExplorerTest, OnlyUnderItsOwnName) {
  const auto with_host = [&](std::multimap<std::string, std::string> headers) {
    WebRequest asked = request("/api/summary");
    asked.headers = std::move(headers);
    return status(asked);
  };
  const std::string port = host_.substr(host_.find(':'));
  EXPECT_EQ(with_host({{"host", "localhost" + port}}), 200);
  EXPECT_EQ(with_host({{"host", "[::1]" + port}}), 200);
  EXPECT_EQ(with_host({}), 403);
  EXPECT_EQ(with_host({{"host", "evil.example" + port}}), 403);
  EXPECT_EQ(with_host({{"host", "127.0.0.1.evil.example" + port}}), 403);
  EXPECT_EQ(with_host({{"host", "127.0.0.1"}}), 403);
  EXPECT_EQ(with_host({{"host", "127.0.0.1:1"}}), 403);
  EXPECT_EQ(with_host({{"host", host_}, {"host", "evil.example"}}), 403);
  EXPECT_EQ(with_host({{"host", host_}, {"sec-fetch-site", "cross-site"}}), 403);
  EXPECT_EQ(with_host({{"host", host_}, {"sec-fetch-site", "same-origin"}}), 200);
  WebRequest page = request("/");  // a link from elsewhere may open the page
  page.headers.emplace("sec-fetch-site", "cross-site");
  EXPECT_NE(status(page), 403);
}

TEST_F(ExplorerTest, ReviewsOnlyWhereTheyAreAllowed) {
  const std::string body = R"({"id": "a:v1", "verdict": "reject", "note": "not so", "reviewer": "ana"})";
  EXPECT_EQ(status(post("/api/review", "application/json", body)), 403);
  store_->~Store();  // a writer: the store must be free for the review
  new (&*store_) Store(std::move(*Store::open_for_reading(store_.path())));
  open({.allow_review = true});
  const auto summary = json(request("/api/summary"));
  const std::string secret(summary["review"]["token"].get_string().value());
  EXPECT_EQ(status(post("/api/review", "application/json", body)), 403);  // without the header
  const auto with = [&](const std::string& given, const std::string& type, const std::string& text, const std::string& origin = "") {
    WebRequest asked = post("/api/review", type, text);
    asked.headers.emplace("x-dragoman-write", given);
    if (!origin.empty()) asked.headers.emplace("origin", origin);
    return explorer_->answer(asked);
  };
  EXPECT_EQ(with("wrong", "application/json", body).status, 403);
  EXPECT_EQ(with(secret, "text/plain", body).status, 415);
  EXPECT_EQ(with(secret, "application/json", body, "http://evil.example").status, 403);
  EXPECT_EQ(with(secret, "application/json", body, "null").status, 403);
  EXPECT_EQ(with(secret, "application/json", "{").status, 400);
  EXPECT_EQ(with(secret, "application/json", R"({"id": "a:v1", "verdict": "merge"})").status, 400);
  EXPECT_EQ(with(secret, "application/json", R"({"id": "a:v99", "verdict": "reject"})").status, 404);
  EXPECT_EQ(rows(request("/api/events")).size(), 3u);
  const WebAnswer done = with(secret, "application/json", body, "http://" + host_);
  EXPECT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(rows(request("/api/events")).size(), 2u);
  EXPECT_EQ(rows(request("/api/review/log")).size(), 1u);
  EXPECT_EQ(json(request("/api/summary"))["counts"]["reviews"].get_int64().value(), 1);  // what is kept is made anew
  EXPECT_EQ(std::string(json(request("/api/story", {{"document", "a"}}))["reviews"].at(0)["verdict"].get_string().value()), "reject");
}

TEST_F(ExplorerTest, OthersNeedTheToken) {
  ExplorerOptions options{.store = store_.path(), .host = "0.0.0.0", .port = 0};
  const auto refused = Explorer::open(options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::misuse);
  EXPECT_NE(refused.error().message.find("--token"), std::string::npos);
  options.token = "short";
  EXPECT_FALSE(Explorer::open(options));

  open({.token = std::string(token)});
  EXPECT_EQ(status(request("/api/summary")), 401);
  EXPECT_EQ(status(request("/")), 401);
  EXPECT_EQ(status(request("/api/summary", {{"token", std::string(token)}})), 401);  // not in the API's addresses
  WebRequest bearer = request("/api/summary");
  bearer.headers.emplace("authorization", "Bearer " + std::string(token));
  EXPECT_EQ(status(bearer), 200);
  bearer.headers.find("authorization")->second += "x";
  EXPECT_EQ(status(bearer), 401);
  EXPECT_EQ(status(request("/", {{"token", "wrong"}})), 401);

  const WebAnswer answer = explorer_->answer(request("//evil.example/ledger", {{"token", std::string(token)}, {"of", "PRT & ISL"}}));
  EXPECT_EQ(answer.status, 303);
  std::string cookie;
  for (const auto& [name, value] : answer.headers) {
    if (name == "Location") EXPECT_EQ(value, "/evil.example/ledger?of=PRT%20%26%20ISL");
    if (name == "Set-Cookie") cookie = value;
  }
  EXPECT_NE(cookie.find("; HttpOnly; SameSite=Strict"), std::string::npos);
  EXPECT_EQ(cookie.find(token), std::string::npos);
  WebRequest with_cookie = request("/api/summary");
  with_cookie.headers.emplace("cookie", "a=b; " + cookie.substr(0, cookie.find(';')));
  EXPECT_EQ(status(with_cookie), 200);
}

TEST_F(ExplorerTest, StoriesOnTheSpotComeAsText) {
  EXPECT_EQ(status(post("/api/read", "application/x-www-form-urlencoded", "text=x")), 415);
  EXPECT_EQ(status(post("/api/read", "", "x")), 415);
  WebRequest foreign = post("/api/read", "text/plain", "x");
  foreign.headers.emplace("origin", "http://evil.example");
  EXPECT_EQ(status(foreign), 403);
  EXPECT_EQ(status(request("/api/read")), 405);
}

TEST_F(ExplorerTest, StoresThatCantBeServed) {
  ExplorerOptions options{.store = "/nowhere/at/all.db", .port = 0};
  const auto missing = Explorer::open(options);
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("/nowhere/at/all.db"), std::string::npos);
  ExplorerOptions same{.store = store_.path(), .port = std::stoi(host_.substr(host_.find(':') + 1))};
  const auto taken = Explorer::open(same);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, ErrorCode::busy);
  EXPECT_NE(taken.error().message.find("--port"), std::string::npos);
}

TEST_F(ExplorerTest, BytesThatAreNoRequest) {
  const auto status_line = [&](const std::string& bytes) {
    const std::string answer = explorer_->answer_bytes(bytes);
    return answer.substr(0, answer.find("\r\n"));
  };
  const std::string get = "GET /api/summary HTTP/1.1\r\nHost: " + host_ + "\r\n";
  EXPECT_EQ(status_line(get + "\r\n"), "HTTP/1.1 200 OK");
  EXPECT_EQ(status_line("\r\n\r\n").substr(0, 12), "HTTP/1.1 400");
  EXPECT_EQ(status_line("hello").substr(0, 12), "HTTP/1.1 400");
  // Two requests on one connection; a body that nobody asked for ends it.
  const auto answers = [&](const std::string& bytes) {
    const std::string all = explorer_->answer_bytes(bytes);
    std::size_t count = 0;
    for (std::size_t at = 0; (at = all.find("HTTP/1.1 ", at)) != std::string::npos; ++at) ++count;
    return count;
  };
  EXPECT_EQ(answers(get + "\r\n" + get + "\r\n"), 2u);
  EXPECT_EQ(answers(get + "Content-Length: 10\r\n\r\n" + get + "\r\n"), 1u);
  EXPECT_EQ(answers(get + "Transfer-Encoding: chunked\r\n\r\n" + get + "\r\n"), 1u);
  // Nor is a request looked for in what is left of a head that is none.
  EXPECT_EQ(answers("GET /api/summary?a?b HTTP/1.1\r\n" + get + "\r\n"), 1u);
  // Parts of an answer are not given, nor packed ones.
  const std::string whole = explorer_->answer_bytes(get + "\r\n");
  std::string many = "Range: bytes=0-";
  for (int i = 0; i < 900; ++i) many += ",0-";
  EXPECT_EQ(explorer_->answer_bytes(get + many + "\r\n\r\n").size(), whole.size());
  EXPECT_EQ(explorer_->answer_bytes(get + "Accept-Encoding: gzip, br\r\n\r\n").size(), whole.size());
  // A head that never ends.
  EXPECT_LT(explorer_->answer_bytes("GET / HTTP/1.1\r\n" + std::string(1'000'000, 'a')).size(), 2000u);
  std::string headers;
  for (int i = 0; i < 10'000; ++i) headers += "X-" + std::to_string(i) + ": 1\r\n";
  EXPECT_NE(status_line(get + headers + "\r\n"), "HTTP/1.1 200 OK");
  EXPECT_EQ(status_line("GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: " + host_ + "\r\n\r\n").substr(0, 12), "HTTP/1.1 414");
  const std::string post = "POST /api/read HTTP/1.1\r\nHost: " + host_ + "\r\nContent-Type: text/plain\r\n";
  EXPECT_EQ(status_line(post + "Content-Length: 2000000\r\n\r\nabc").substr(0, 12), "HTTP/1.1 413");
  EXPECT_EQ(status_line(post + "Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc").substr(0, 12), "HTTP/1.1 415");
}

}  // namespace
}  // namespace dragoman::web
