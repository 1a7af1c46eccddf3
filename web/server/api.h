// Api: the answers to /api/ (docs/formats/api.md). Each address is one function in api_*.cc, with the parameters it takes, in the table
// of api.cc.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "dragoman/base/json.h"
#include "dragoman/store/selection_words.h"
#include "dragoman/store/walk.h"
#include "web/server/exchange.h"
#include "web/server/guard.h"
#include "web/server/reader.h"
#include "web/server/sessions.h"

namespace dragoman::web {

/// What the answers are made from.
struct ApiContext {
  Sessions& sessions;
  Reader& reader;
  const Guard& guard;
  std::filesystem::path knowledge;  ///< the compiled file, "" = where it usually is
  bool allow_review = false, allow_add = false;
  std::size_t read_bytes = 1'000'000;
};

/// One question: the request, with the store open, and the answer to be written.
struct Call {
  const ApiContext& context;
  const WebRequest& request;
  Database& database;
  std::string& out;
  JsonWriter json{out};

  /// The parameter's value; "" where it is not given.
  [[nodiscard]] std::string parameter(const std::string& name) const;
  [[nodiscard]] bool flag(const std::string& name) const;  ///< "1" or "true"
  /// A whole number of a parameter that must be there.
  [[nodiscard]] Result<std::int64_t> number(const std::string& name) const;
  [[nodiscard]] Result<AskedSelection> selection() const;
  /// How many rows, 1 to 1000; 100 if not said.
  [[nodiscard]] Result<std::size_t> limit(std::size_t otherwise = 100) const;
  /// From `after` on, for as long as a page may take.
  [[nodiscard]] Result<Stretch> stretch() const;

  /// {"rows": [...], "next": ..., "total": ...}
  template <class Rows, class Write>
  void page(const Rows& rows, const std::optional<WalkPlace>& next, std::optional<std::size_t> total, Write write) {
    json.begin_object().key("rows").begin_array();
    for (const auto& row : rows) write(row);
    json.end_array();
    end_page(next, total);
  }
  void end_page(const std::optional<WalkPlace>& next, std::optional<std::size_t> total);

  /// A page of a list that is there as a whole. `complete` looks up what else is shown of the page's rows.
  template <class Row, class Write>
  [[nodiscard]] Result<void> slice(const std::vector<Row>& all, Write write, const std::type_identity_t<std::function<void(std::vector<Row>&)>>& complete = {}) {
    const auto most = limit();
    const auto from = stretch();
    if (!most) return tl::unexpected(most.error());
    if (!from) return tl::unexpected(from.error());
    const std::size_t begin = from->after ? std::min(static_cast<std::size_t>(std::max<std::int64_t>(0, from->after->item)), all.size()) : 0;
    const std::size_t end = std::min(begin + *most, all.size());
    const std::optional<WalkPlace> next = end == all.size() ? std::nullopt : std::optional(WalkPlace{.day = {}, .doc = 0, .item = static_cast<std::int64_t>(end)});
    std::vector<Row> rows(all.begin() + static_cast<std::ptrdiff_t>(begin), all.begin() + static_cast<std::ptrdiff_t>(end));
    if (complete) complete(rows);
    page(rows, next, all.size(), write);
    return {};
  }
};

/// Answers a request whose path begins with "/api/".
[[nodiscard]] WebAnswer answer_api(const ApiContext& context, const WebRequest& request);

inline constexpr std::size_t first_issues = 16;  ///< of a matrix of everything: what is shown of them is kept

/// Works out what takes long and is asked for first, so that it is there.
void warm_up(const ApiContext& context);

// Who answers what.
Result<void> answer_summary(Call& call);
Result<void> answer_vocabulary(Call& call);
Result<void> answer_parties(Call& call);
Result<void> answer_partners(Call& call);
Result<void> answer_people(Call& call);
Result<void> answer_outlets(Call& call);
Result<void> answer_documents(Call& call);
Result<void> answer_network(Call& call);
Result<void> answer_places(Call& call);
Result<void> answer_story(Call& call);
Result<void> answer_citation(Call& call);
Result<void> answer_dossier(Call& call);
Result<void> answer_months(Call& call);
Result<void> answer_ledger(Call& call);
Result<void> answer_undertaking(Call& call);
Result<void> answer_issues(Call& call);
Result<void> answer_matrix(Call& call);
Result<void> answer_cell(Call& call);
Result<void> answer_quotes(Call& call);
Result<void> answer_events(Call& call);
Result<void> answer_search(Call& call);
Result<void> answer_suggest(Call& call);
Result<void> answer_review_queue(Call& call);
Result<void> answer_review_log(Call& call);
Result<void> answer_read(Call& call);
Result<void> answer_add(Call& call);
Result<void> answer_review(Call& call);

/// [[byte, unit], ...]: where UTF-16 units of a text go apart from its bytes (docs/formats/api.md).
void write_utf16_map(std::string_view text, JsonWriter& json);
/// The UTF-16 unit at a byte.
[[nodiscard]] std::int64_t utf16_at(std::string_view text, std::size_t byte);

}  // namespace dragoman::web
