#include "web/server/api.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "dragoman/base/utf8.h"
#include "dragoman/store/days.h"

namespace dragoman::web {
namespace {

constexpr auto page_time = std::chrono::milliseconds(100);
constexpr std::size_t most_rows = 1000;

#define SELECTION "between of since until outlet sector stage issue on"
#define EVENTS " type actuality place channel people claimed month"
#define PAGE " limit after"

struct Route {
  std::string_view path, method;
  std::string_view parameters;  ///< those that it takes, with blanks
  Result<void> (*answer)(Call&);
};
constexpr Route routes[] = {
    {"/api/summary", "GET", "", answer_summary},
    {"/api/vocabulary", "GET", "", answer_vocabulary},
    {"/api/parties", "GET", "q kind" PAGE, answer_parties},
    {"/api/partners", "GET", "of" PAGE, answer_partners},
    {"/api/people", "GET", "q " SELECTION PAGE, answer_people},
    {"/api/outlets", "GET", PAGE, answer_outlets},
    {"/api/documents", "GET", "between of outlet since until state duplicates once with" PAGE, answer_documents},
    {"/api/network", "GET", "of since until limit", answer_network},
    {"/api/places", "GET", SELECTION EVENTS PAGE, answer_places},
    {"/api/story", "GET", "doc document", answer_story},
    {"/api/citation", "GET", "doc document finding span", answer_citation},
    {"/api/dossier", "GET", "between since until outlet on", answer_dossier},
    {"/api/months", "GET", SELECTION PAGE, answer_months},
    {"/api/ledger", "GET", SELECTION " overdue contradicted" PAGE, answer_ledger},
    {"/api/undertaking", "GET", "id on", answer_undertaking},
    {"/api/issues", "GET", "q " SELECTION PAGE, answer_issues},
    {"/api/matrix", "GET", SELECTION PAGE, answer_matrix},
    {"/api/cell", "GET", "holder issue_id", answer_cell},
    {"/api/quotes", "GET", SELECTION " by" PAGE, answer_quotes},
    {"/api/events", "GET", SELECTION EVENTS PAGE, answer_events},
    {"/api/search", "GET", "q " SELECTION PAGE, answer_search},
    {"/api/suggest", "GET", "q", answer_suggest},
    {"/api/review", "GET", "why on" PAGE, answer_review_queue},
    {"/api/review", "POST", "", answer_review},
    {"/api/review/log", "GET", PAGE, answer_review_log},
    {"/api/read", "POST", "published outlet title url", answer_read},
    {"/api/add", "POST", "published outlet title url", answer_add},
};

bool takes(const Route& route, std::string_view name) {
  for (std::string_view left = route.parameters; !left.empty();) {
    const std::size_t end = std::min(left.find(' '), left.size());
    if (left.substr(0, end) == name) return true;
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return false;
}

WebAnswer refusal_of(const Error& error) {
  std::string_view message = error.message;
  if (message.starts_with("--")) message.remove_prefix(2);  // an option of the commands is a parameter here
  switch (error.code) {
    case ErrorCode::misuse: return refuse(400, "misuse", message);
    case ErrorCode::not_found: return refuse(404, "not_found", message);
    case ErrorCode::over_limit: return refuse(413, "over_limit", message);
    case ErrorCode::busy: return refuse(503, "busy", message);
    default: return refuse(500, "failed", message);
  }
}

/// Letters and digits, "." and "-" and ":" for days.
bool is_day_word(std::string_view text) {
  return text.size() <= 40 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == ':' || c == '.' || c == '+' || c == ' '; });
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// "2026-03-12~4~17"
std::optional<WalkPlace> parse_place(std::string_view text) {
  const std::size_t first = text.find('~'), second = text.find('~', first == std::string_view::npos ? first : first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos || !is_day_word(text.substr(0, first))) return std::nullopt;
  const auto doc = whole_number(text.substr(first + 1, second - first - 1)), item = whole_number(text.substr(second + 1));
  if (!doc || !item || *doc < 0 || *item < 0) return std::nullopt;
  return WalkPlace{.day = std::string(text.substr(0, first)), .doc = *doc, .item = *item};
}

}  // namespace

std::string Call::parameter(const std::string& name) const {
  const auto found = request.parameters.find(name);
  return found == request.parameters.end() ? std::string() : found->second;
}

bool Call::flag(const std::string& name) const {
  const std::string value = parameter(name);
  return value == "1" || value == "true";
}

Result<std::int64_t> Call::number(const std::string& name) const {
  const std::string value = parameter(name);
  const auto found = whole_number(value);
  if (!found || *found < 0) return fail(ErrorCode::misuse, name, ": \"", value, "\" is no number");
  return *found;
}

Result<AskedSelection> Call::selection() const {
  SelectionWords words{.between = {},
                       .of = parameter("of"),
                       .sector = parameter("sector"),
                       .stage = parameter("stage"),
                       .issue = parameter("issue"),
                       .outlet = parameter("outlet"),
                       .since = parameter("since"),
                       .until = parameter("until"),
                       .on = parameter("on")};
  if (const std::string between = parameter("between"); !between.empty()) {
    const std::size_t comma = between.find(',');
    if (comma == std::string::npos || between.find(',', comma + 1) != std::string::npos)
      return fail(ErrorCode::misuse, "between: \"", between, "\": two parties with a comma between them, IRN,TUR");
    words.between = {between.substr(0, comma), between.substr(comma + 1)};
  }
  return parse_selection(database, words, context.knowledge);
}

Result<std::size_t> Call::limit(std::size_t otherwise) const {
  if (parameter("limit").empty()) return otherwise;
  const auto asked = number("limit");
  if (!asked || *asked < 1 || *asked > static_cast<std::int64_t>(most_rows)) return fail(ErrorCode::misuse, "limit: 1 to ", most_rows);
  return static_cast<std::size_t>(*asked);
}

Result<Stretch> Call::stretch() const {
  Stretch stretch{.after = std::nullopt, .until = std::chrono::steady_clock::now() + page_time};
  const std::string after = parameter("after");
  if (after.empty()) return stretch;
  stretch.after = parse_place(after);
  if (!stretch.after) return fail(ErrorCode::misuse, "after: \"", after, "\" is no place in a list; take the \"next\" of the page before");
  return stretch;
}

void Call::end_page(const std::optional<WalkPlace>& next, std::optional<std::size_t> total) {
  json.key("next");
  if (next)
    json.string(next->day + "~" + std::to_string(next->doc) + "~" + std::to_string(next->item));
  else
    json.null();
  json.key("total");
  total ? json.integer(static_cast<std::int64_t>(*total)) : json.null();
  json.end_object();
}

WebAnswer answer_api(const ApiContext& context, const WebRequest& request) {
  const Route* route = nullptr;
  bool other_method = false;
  const std::string_view method = request.method == "HEAD" ? "GET" : std::string_view(request.method);
  for (const Route& one : routes) {
    if (one.path != request.path) continue;
    if (one.method == method) route = &one;
    other_method = true;
  }
  if (!route && other_method) return refuse(405, "method", request.path + ": not with " + request.method);
  if (!route) return refuse(404, "not_found", "no address " + request.path + "; docs/formats/api.md lists them");
  for (auto it = request.parameters.begin(); it != request.parameters.end(); ++it) {
    if (!takes(*route, it->first)) return refuse(400, "misuse", "\"" + it->first + "\": " + request.path + " takes no such parameter");
    if (request.parameters.count(it->first) > 1) return refuse(400, "misuse", it->first + ": given twice");
    if (it->second.find('\0') != std::string::npos || !is_valid_utf8(it->second)) return refuse(400, "misuse", it->first + ": no UTF-8 text");
  }

  auto loan = context.sessions.borrow();
  if (!loan) return refusal_of(loan.error());
  WebAnswer answer;
  answer.headers = {{"Cache-Control", "no-store"}};
  Call call{.context = context, .request = request, .database = loan->database(), .out = answer.body};
  auto done = route->answer(call);
  if (auto ok = call.database.check(); !ok) done = tl::unexpected(ok.error());
  if (!done) return refusal_of(done.error());
  answer.body += '\n';
  return answer;
}

void warm_up(const ApiContext& context) {
  const auto ask = [&](const char* path, std::multimap<std::string, std::string> parameters = {}) {
    (void)answer_api(context, {.method = "GET", .path = path, .parameters = std::move(parameters), .headers = {}, .body = {}});  // failures are told to whoever asks
  };
  for (const char* path : {"/api/summary", "/api/parties", "/api/outlets", "/api/network", "/api/issues", "/api/ledger", "/api/matrix", "/api/undertaking", "/api/review", "/api/people"}) ask(path);
  for (std::size_t issue = 1; issue < first_issues; ++issue) ask("/api/matrix", {{"limit", "1"}, {"after", "~0~" + std::to_string(issue)}});
}

std::int64_t utf16_at(std::string_view text, std::size_t byte) {
  std::int64_t units = 0;
  for (std::size_t at = 0; at < std::min(byte, text.size());) {
    const Utf8Character character = decode_utf8(text, at);
    units += character.code_point > 0xFFFF ? 2 : 1;
    at += character.size;
  }
  return units;
}

void write_utf16_map(std::string_view text, JsonWriter& json) {
  json.begin_array();
  std::int64_t units = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character character = decode_utf8(text, at);
    const std::int64_t size = character.code_point > 0xFFFF ? 2 : 1;
    units += size;
    at += character.size;
    if (character.size != static_cast<std::uint32_t>(size)) json.begin_array().integer(static_cast<std::int64_t>(at)).integer(units).end_array();
  }
  json.end_array();
}

}  // namespace dragoman::web
