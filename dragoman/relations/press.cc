#include "dragoman/relations/press.h"

#include <set>
#include <stdexcept>
#include <utility>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"

namespace dragoman {
namespace {

bool is_listed(std::string_view word, std::string_view kind) {
  static const std::set<std::pair<std::string_view, std::string_view>> words = [] {
    const auto table = parse_tsv(embedded_data("relations/press.tsv"), "relations/press.tsv", {"word", "kind"});
    if (!table) throw std::logic_error(table.error().message);
    std::set<std::pair<std::string_view, std::string_view>> set;
    for (const TsvRow& row : table->rows) set.emplace(row.cells[0], row.cells[1]);
    return set;
  }();
  return words.contains({word, kind});
}

}  // namespace

bool withholds_name(const Document& document, TokenIndex verb) {
  for (const TokenIndex child : document.children(verb)) {
    const Token& token = document[child];
    if (token.dep == Dep::dobj && is_listed(token.lemma, "anonymity")) return true;
    if ((token.dep == Dep::xcomp || token.dep == Dep::ccomp) && is_listed(token.lemma, "naming") && document.child(child, Dep::auxpass) != no_token &&
        document.child(child, Dep::oprd) == no_token && document.child(child, Dep::nsubjpass) == no_token)  // "asked to be named envoy", "asked that it be named"
      return true;
  }
  return false;
}

bool meets_press(const Document& document, TokenIndex verb) {
  if (!is_listed(document[verb].lemma, "speaking")) return false;
  bool press = false;
  for (const TokenIndex child : document.children(verb)) {
    const Token& token = document[child];
    if (token.dep != Dep::prep || (token.lower != "to" && token.lower != "with")) continue;
    const TokenIndex partner = document.child(child, Dep::pobj);
    if (partner == no_token) continue;
    if (!is_listed(document[partner].lemma, "press")) return false;
    press = true;
  }
  return press;
}

bool is_press_occasion(const Document& document, TokenIndex noun) {
  const Token& token = document[noun];
  if (token.lemma != "conference" && token.lemma != "briefing") return false;
  const bool place_of_words = token.dep == Dep::pobj || ((token.dep == Dep::dobj || token.dep == Dep::dative) && document[token.head].lemma == "tell");
  if (!place_of_words) return false;
  for (const TokenIndex child : document.children(noun))
    if (document[child].dep == Dep::compound && is_listed(document[child].lower, "of-press")) return true;
  return false;
}

}  // namespace dragoman
