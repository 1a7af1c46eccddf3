#include "dragoman/relations/event_contexts.h"

#include <algorithm>
#include <stdexcept>
#include <unordered_map>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"

namespace dragoman {
namespace {

struct Item {
  std::vector<std::string_view> words;
  std::vector<std::pair<std::uint8_t, bool>> contexts;  ///< index of the context, and whether the words suffice alone
};

struct Tables {
  std::vector<std::string_view> names;
  std::unordered_map<std::string_view, std::vector<Item>> by_first;  ///< longest first
  std::unordered_map<std::string_view, std::uint8_t> by_sector;
};

// The embedded table is ours: a mistake in it is a mistake in the program.
const Tables& tables() {
  static const Tables loaded = [] {
    Tables made;
    const auto rows = parse_tsv(embedded_data("events/contexts.tsv"), "events/contexts.tsv", {"context", "words", "weight", "reason"});
    if (!rows) throw std::logic_error(rows.error().message);
    for (const TsvRow& row : rows->rows) {
      const bool alone = row.cells[2] == "alone";
      if (!alone && row.cells[2] != "weak") throw std::logic_error("events/contexts.tsv:" + std::to_string(row.line) + ": unknown weight");
      if (made.names.empty() || made.names.back() != row.cells[0]) made.names.push_back(row.cells[0]);
      const auto context = static_cast<std::uint8_t>(made.names.size() - 1);
      if (row.cells[1].starts_with('=')) {
        made.by_sector.emplace(row.cells[1].substr(1), context);
        continue;
      }
      std::vector<std::string_view> words = split(row.cells[1], ' ');
      std::vector<Item>& items = made.by_first[words.front()];
      const auto same = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.words == words; });
      if (same != items.end())
        same->contexts.emplace_back(context, alone);
      else
        items.push_back({std::move(words), {{context, alone}}});
    }
    for (auto& [word, items] : made.by_first)
      std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) { return a.words.size() > b.words.size(); });
    return made;
  }();
  return loaded;
}

bool fits(const Token& token, std::string_view word) {
  return token.lower == word || (token.pos != Pos::propn && token.lemma == word) ||
         // a proper noun keeps its case and number in the lemma: "Ambassadors"
         (token.pos == Pos::propn && token.lower.size() == word.size() + 1 && token.lower.ends_with('s') && token.lower.starts_with(word));
}

const Item* item_at(const Document& document, TokenIndex token, TokenIndex end, std::string_view first) {
  const auto items = tables().by_first.find(first);
  if (items == tables().by_first.end()) return nullptr;
  for (const Item& item : items->second) {
    if (token + item.words.size() > end) continue;
    bool all = true;
    for (std::size_t i = 1; i < item.words.size() && all; ++i) all = fits(document[token + static_cast<TokenIndex>(i)], item.words[i]);
    if (all) return &item;
  }
  return nullptr;
}

}  // namespace

const std::vector<std::string_view>& context_names() { return tables().names; }

std::vector<std::string> contexts_in(const Document& document, TokenSpan sentence, const std::vector<std::string_view>& sectors) {
  const Tables& known = tables();
  std::vector<bool> told(known.names.size(), false);
  std::vector<const Item*> weak(known.names.size(), nullptr);
  for (const std::string_view sector : sectors)
    if (const auto found = known.by_sector.find(sector); found != known.by_sector.end()) told[found->second] = true;
  for (TokenIndex i = sentence.begin; i < sentence.end;) {
    const Token& token = document[i];
    const Item* item = item_at(document, i, sentence.end, token.lower);
    if (!item && token.lemma != token.lower) item = item_at(document, i, sentence.end, token.lemma);
    if (!item && token.pos == Pos::propn && token.lower.ends_with('s')) item = item_at(document, i, sentence.end, token.lower.substr(0, token.lower.size() - 1));
    if (!item) {
      ++i;
      continue;
    }
    for (const auto& [context, alone] : item->contexts) {
      if (alone || (weak[context] && weak[context] != item)) told[context] = true;
      if (!alone && !weak[context]) weak[context] = item;
    }
    i += static_cast<TokenIndex>(item->words.size());
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < told.size(); ++i)
    if (told[i]) names.emplace_back(known.names[i]);
  return names;
}

}  // namespace dragoman
