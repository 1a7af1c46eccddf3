#include "dragoman/relations/cue_lexicon.h"

#include <algorithm>
#include <array>
#include <optional>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"

namespace dragoman {
namespace {

// Each list is in the order of its enum.
constexpr std::array<std::string_view, 19> acts = {
    "say",   "predict", "suggest",  "ask",   "demand", "warn", "promise", "deny", "reject", "praise",
    "blame", "support", "describe", "think", "want",   "fear", "feel",    "hope", "show"};
constexpr std::array<std::string_view, 30> frames = {
    "clause", "quote", "np",      "inf",        "ing",    "np-inf", "whom-inf", "on-inf",  "to-inf", "np-as",
    "to-as",  "pred",  "whom-of", "whom-about", "np+for", "np+on",  "np+to",    "np+with", "about",  "of",
    "on",     "for",   "against", "at",         "to",     "with",   "in",       "into",    "over",   "by"};
constexpr std::array<std::string_view, 12> senses = {"light",        "circumstance", "occasion", "belongs",
                                                     "belongs-near", "time",         "writer",   "reader",
                                                     "self",         "person",       "quantity", "of-object"};
constexpr std::array<std::string_view, 4> kinds = {"verb", "noun", "adj", "adv"};

template <std::size_t n>
std::optional<std::size_t> index_of(const std::array<std::string_view, n>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

struct Row {
  std::size_t kind;
  CueEntry cue;
};

Result<Row> row_of(const TsvTable& table, const TsvRow& row) {
  const auto bad = [&](std::string_view what, std::string_view word) {
    return fail(ErrorCode::malformed, table.name, ":", row.line, ": no such ", what, ": \"", word, "\"");
  };
  const auto kind = index_of(kinds, row.cells[1]);
  if (!kind) return bad("part of speech", row.cells[1]);
  const auto act = index_of(acts, row.cells[3]);
  if (!act) return bad("act", row.cells[3]);
  const std::size_t blank = row.cells[0].find(' ');
  Row result{*kind,
             {.lemma = row.cells[0].substr(0, blank),
              .particle = {},
              .act = static_cast<CueAct>(*act),
              .frames = {},
              .weak = {},
              .things = {}}};
  if (blank != std::string_view::npos) result.cue.particle = row.cells[0].substr(blank + 1);
  for (std::string_view name : split(row.cells[2], ' ')) {
    bool weak = false;
    bool thing = false;
    for (; name.ends_with('?') || name.ends_with('!'); name.remove_suffix(1))
      (name.back() == '?' ? weak : thing) = true;
    const auto frame = index_of(frames, name);
    if (!frame) return bad("frame", name);
    result.cue.frames.add(static_cast<CueFrame>(*frame));
    if (weak) result.cue.weak.add(static_cast<CueFrame>(*frame));
    if (thing) result.cue.things.add(static_cast<CueFrame>(*frame));
  }
  return result;
}

}  // namespace

Result<CueLexicon> CueLexicon::load() {
  const auto cues =
      parse_tsv(embedded_data("statements/cues.tsv"), "statements/cues.tsv", {"lemma", "pos", "frames", "act"});
  if (!cues) return tl::unexpected(cues.error());
  const auto nouns = parse_tsv(embedded_data("statements/speakers.tsv"), "statements/speakers.tsv", {"lemma", "kinds"});
  if (!nouns) return tl::unexpected(nouns.error());

  const auto words = parse_tsv(embedded_data("statements/words.tsv"), "statements/words.tsv", {"word", "kinds"});
  if (!words) return tl::unexpected(words.error());

  std::vector<Row> rows;
  for (const TsvRow& row : cues->rows) {
    auto read = row_of(*cues, row);
    if (!read) return tl::unexpected(read.error());
    rows.push_back(*read);
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    if (a.kind != b.kind) return a.kind < b.kind;
    if (a.cue.lemma != b.cue.lemma) return a.cue.lemma < b.cue.lemma;
    return a.cue.particle.size() > b.cue.particle.size();
  });

  CueLexicon lexicon;
  for (const Row& row : rows) {
    const auto at = static_cast<std::uint32_t>(lexicon.cues_.size());
    Range& range = lexicon.by_kind_[row.kind].try_emplace(row.cue.lemma, Range{at, at}).first->second;
    range.end = at + 1;
    lexicon.cues_.push_back(row.cue);
  }
  for (const TsvRow& row : nouns->rows) {
    NounKinds& noun = lexicon.nouns_[row.cells[0]];
    for (const std::string_view kind : split(row.cells[1], ' ')) {
      if (kind == "person")
        noun.person = true;
      else if (kind == "body")
        noun.body = true;
      else if (kind == "document")
        noun.document = true;
      else if (kind == "occasion")
        noun.occasion = true;
      else if (kind == "label")
        noun.label = true;
      else
        return fail(ErrorCode::malformed, nouns->name, ":", row.line, ": no such kind: \"", kind, "\"");
    }
  }
  for (const TsvRow& row : words->rows)
    for (const std::string_view name : split(row.cells[1], ' ')) {
      const auto sense = index_of(senses, name);
      if (!sense) return fail(ErrorCode::malformed, words->name, ":", row.line, ": no such kind: \"", name, "\"");
      lexicon.words_[row.cells[0]] |= 1u << *sense;
    }
  return lexicon;
}

bool CueLexicon::is(std::string_view word, WordSense sense) const {
  const auto found = words_.find(word);
  return found != words_.end() && (found->second >> static_cast<unsigned>(sense) & 1u) != 0;
}

std::span<const CueEntry> CueLexicon::find(std::string_view lemma, CueKind kind) const {
  const auto& table = by_kind_[static_cast<std::size_t>(kind)];
  const auto found = table.find(lemma);
  if (found == table.end()) return {};
  return std::span(cues_).subspan(found->second.begin, found->second.end - found->second.begin);
}

NounKinds CueLexicon::noun(std::string_view lemma) const {
  const auto found = nouns_.find(lemma);
  return found == nouns_.end() ? NounKinds{} : found->second;
}

std::string_view CueLexicon::preposition(CueFrame frame) {
  std::string_view name = frames[static_cast<std::size_t>(frame)];
  switch (frame) {
    case CueFrame::whom_of:
      return "of";
    case CueFrame::whom_about:
      return "about";
    case CueFrame::on_inf:
      return "on";
    case CueFrame::to_inf:
    case CueFrame::to_as:
      return "to";
    case CueFrame::np_for:
    case CueFrame::np_on:
    case CueFrame::np_to:
    case CueFrame::np_with:
      return name.substr(3);
    default:
      break;
  }
  return frame >= CueFrame::about ? name : std::string_view{};
}

}  // namespace dragoman
