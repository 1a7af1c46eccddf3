#include "dragoman/mentions/lexicon.h"

#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"

namespace dragoman {
namespace {

// The embedded tables are ours: a mistake in them is a mistake in the program.
TsvTable table(std::string_view path, const std::vector<std::string_view>& columns) {
  Result<TsvTable> read = parse_tsv(embedded_data(path), "data/" + std::string(path), columns);
  if (!read) {
    std::fprintf(stderr, "dragoman: %s\n", read.error().message.c_str());
    std::abort();
  }
  return std::move(*read);
}

[[noreturn]] void bad_row(const TsvTable& table, const TsvRow& row) {
  std::fprintf(stderr, "dragoman: %s:%zu: unknown label\n", table.name.c_str(), row.line);
  std::abort();
}

constexpr std::string_view noun_kinds[] = {"person", "people", "armed", "state", "states",   "side",   "sides",
                                           "persons", "bloc",  "org",   "group", "document", "mission", "staff"};
constexpr std::string_view context_names[] = {"speech", "motion", "motion_noun", "place_noun", "speech_noun", "mutual", "meeting", "link_noun",
                                               "not_now", "joint"};

std::string plural_of(std::string_view word) {
  std::string text(word);
  const std::size_t of = text.find(" of ");
  std::string tail = of == std::string::npos ? "" : text.substr(of);
  if (of != std::string::npos) text.resize(of);
  if (text.ends_with("y") && text.size() > 1 && std::string_view("aeiou").find(text[text.size() - 2]) == std::string_view::npos)
    text.replace(text.size() - 1, 1, "ies");
  else if (text.ends_with("s") || text.ends_with("ch") || text.ends_with("x"))
    text += "es";
  else
    text += "s";
  return text + tail;
}

}  // namespace

std::string_view to_string(NounKind kind) { return noun_kinds[static_cast<std::size_t>(kind)]; }

const EntityLexicon& EntityLexicon::instance() {
  static const EntityLexicon lexicon;
  return lexicon;
}

EntityLexicon::EntityLexicon() {
  const TsvTable nouns = table("entities/nouns.tsv", {"word", "kind", "sector", "plural", "note"});
  const auto add_noun = [&](std::string_view text, Noun noun) {
    std::vector<Word> words;
    find_words(text, 0, words);
    std::uint64_t key = word_seed;
    for (std::size_t i = 0; i < words.size(); ++i) {
      key = extend(key, words[i].hash);
      NounSlot& slot = noun_slots_[key];
      if (i + 1 < words.size()) {
        slot.goes_on = true;
      } else if (slot.noun < 0) {
        slot.noun = static_cast<std::int32_t>(nouns_.size());
        nouns_.push_back(noun);
      }
    }
  };
  for (const TsvRow& row : nouns.rows) {
    Noun noun;
    noun.singular = row.cells[0];
    noun.sector = row.cells[2];
    bool known = false;
    for (std::size_t i = 0; i < std::size(noun_kinds); ++i)
      if (noun_kinds[i] == row.cells[1]) noun.kind = static_cast<NounKind>(i), known = true;
    if (!known) bad_row(nouns, row);
    if (!row.cells[4].empty()) {
      const std::optional<EntityKind> kind = entity_kind_of(row.cells[4]);
      if (!kind) bad_row(nouns, row);
      noun.entity = *kind;
      noun.makes_entity = true;
    }
    noun.plural = row.cells[3] == "=";
    add_noun(row.cells[0], noun);
    if (row.cells[3] == "=" || row.cells[3] == "-") continue;
    noun.plural = true;
    add_noun(row.cells[3].empty() ? plural_of(row.cells[0]) : std::string(row.cells[3]), noun);
  }

  const TsvTable names = table("entities/name_words.tsv", {"word", "kind", "sector", "rank"});
  for (const TsvRow& row : names.rows) {
    const std::optional<EntityKind> kind = entity_kind_of(row.cells[1]);
    if (!kind) bad_row(names, row);
    name_words_.emplace(hash_of(row.cells[0]), NameWord{*kind, std::string(row.cells[2]), row.cells[3].empty() ? 0 : row.cells[3][0] - '0'});
  }

  const TsvTable genders = table("entities/genders.tsv", {"word", "gender", "kind"});
  for (const TsvRow& row : genders.rows) {
    const Gender gender = row.cells[1] == "m" ? Gender::male : Gender::female;
    (row.cells[2] == "title" ? titles_ : row.cells[2] == "noun" ? noun_genders_ : given_).emplace(row.cells[0], gender);
  }

  const TsvTable contexts = table("entities/contexts.tsv", {"lemma", "class"});
  for (const TsvRow& row : contexts.rows) {
    std::uint16_t bit = 0;
    for (std::size_t i = 0; i < std::size(context_names); ++i)
      if (context_names[i] == row.cells[1]) bit = static_cast<std::uint16_t>(1u << i);
    if (!bit) bad_row(contexts, row);
    contexts_[row.cells[0]] = static_cast<std::uint16_t>(contexts_[row.cells[0]] | bit);
  }

  const TsvTable classes = table("entities/office_classes.tsv", {"class", "sector", "covers"});
  for (const TsvRow& row : classes.rows) {
    OfficeClass office{std::string(row.cells[1]), {}, row.cells[2] == "*"};
    if (!office.covers_all)
      for (const std::string_view covered : split(row.cells[2], ' ')) office.covers.emplace_back(covered);
    office_classes_.emplace(row.cells[0], std::move(office));
  }

  const TsvTable centres = table("entities/state_centres.tsv", {"state", "lat", "lon"});
  for (const TsvRow& row : centres.rows) {
    GeoPoint point;
    for (const auto& [cell, value] : {std::pair(row.cells[1], &point.latitude), std::pair(row.cells[2], &point.longitude)})
      if (std::from_chars(cell.data(), cell.data() + cell.size(), *value).ec != std::errc{}) bad_row(centres, row);
    state_centres_.emplace(row.cells[0], point);
  }
}

std::optional<GeoPoint> EntityLexicon::state_centre(std::string_view iso) const {
  const auto found = state_centres_.find(iso);
  return found == state_centres_.end() ? std::nullopt : std::optional(found->second);
}

std::uint32_t EntityLexicon::longest_noun(std::span<const Word> words, const Noun*& noun) const {
  std::uint32_t best = 0;
  std::uint64_t key = word_seed;
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    if (i && words[i].gap != Gap::blank) break;
    key = extend(key, words[i].hash);
    const auto found = noun_slots_.find(key);
    if (found == noun_slots_.end()) break;
    if (found->second.noun >= 0) {
      best = i + 1;
      noun = &nouns_[static_cast<std::size_t>(found->second.noun)];
    }
    if (!found->second.goes_on) break;
  }
  return best;
}

const NameWord* EntityLexicon::name_word(std::uint64_t word) const {
  const auto found = name_words_.find(extend(word_seed, word));
  return found == name_words_.end() ? nullptr : &found->second;
}

std::uint16_t EntityLexicon::context(std::string_view lemma) const {
  const auto found = contexts_.find(lemma);
  return found == contexts_.end() ? 0 : found->second;
}

const OfficeClass* EntityLexicon::office_class(std::string_view name) const {
  const auto found = office_classes_.find(name);
  return found == office_classes_.end() ? nullptr : &found->second;
}

}  // namespace dragoman
