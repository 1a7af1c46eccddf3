#include "dragoman/relations/act_words.h"

#include <set>
#include <stdexcept>
#include <utility>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"
#include "dragoman/relations/clauses.h"

namespace dragoman {
namespace {

bool is_listed(std::string_view word, std::string_view kind) {
  static const std::set<std::pair<std::string_view, std::string_view>> words = [] {
    const auto table = parse_tsv(embedded_data("relations/act_words.tsv"), "relations/act_words.tsv", {"word", "kind"});
    if (!table) throw std::logic_error(table.error().message);
    std::set<std::pair<std::string_view, std::string_view>> set;
    for (const TsvRow& row : table->rows) set.emplace(row.cells[0], row.cells[1]);
    return set;
  }();
  return words.contains({word, kind});
}

}  // namespace

bool is_decision(std::string_view lemma) { return is_listed(lemma, "decision"); }
bool is_reprisal(std::string_view lemma) { return is_listed(lemma, "reprisal"); }
bool is_permission(std::string_view lemma) { return is_listed(lemma, "permission"); }
bool is_help(std::string_view lemma) { return is_listed(lemma, "help"); }
bool is_gathering(std::string_view lemma) { return is_listed(lemma, "gathering"); }
bool befalls_thing(std::string_view lemma) { return is_listed(lemma, "befalling"); }

bool delays_decision(const Document& document, TokenIndex verb) {
  if (!is_verb(document[verb]) || governor_sense(document, verb).sense != Governance::delay) return false;
  const TokenIndex object = undergoer_of(document, verb);
  return object != no_token && is_decision(document[object].lemma);
}

}  // namespace dragoman
