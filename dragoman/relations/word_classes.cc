#include "dragoman/relations/word_classes.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"

namespace dragoman {
namespace {

constexpr std::string_view table_name = "relations/word_classes.tsv";

using enum WordClass;
constexpr std::pair<WordClass, std::string_view> names[] = {
    {negation, "negation"}, {negative_pronoun, "negative_pronoun"}, {side, "side"}, {sides, "sides"}, {locative, "locative"},
    {sending, "sending"}, {watching, "watching"}, {act_preposition, "act_preposition"}, {event_preposition, "event_preposition"},
    {life_taking, "life_taking"}, {planned, "planned"}, {forthcoming, "forthcoming"}, {possible, "possible"}, {ongoing, "ongoing"},
    {joint, "joint"}, {told_undertaking, "told_undertaking"}, {named_undertaking, "named_undertaking"}, {hinging, "hinging"},
    {action_preposition, "action_preposition"}, {talking_act, "talking_act"}, {visiting, "visiting"}, {receiving, "receiving"},
    {time_unit, "time_unit"}, {determiner, "determiner"}, {breaking_conjunction, "breaking_conjunction"},
    {part_preposition, "part_preposition"}, {joint_agreement, "joint_agreement"}, {reporting_demand, "reporting_demand"},
    {instructing, "instructing"}, {unsettled_paper, "unsettled_paper"}, {provision, "provision"},
    {standing_commitment, "standing_commitment"}, {building_work, "building_work"}, {stage_copula, "stage_copula"},
    {thing_pronoun, "thing_pronoun"}, {issue_opener, "issue_opener"}, {aside_opener, "aside_opener"},
    {issue_preposition, "issue_preposition"}, {topic_preposition, "topic_preposition"}, {occasion_of_words, "occasion_of_words"},
    {taking_sides, "taking_sides"}, {political_act, "political_act"}, {political_noun, "political_noun"}, {bringing, "bringing"},
    {unowned_stance, "unowned_stance"}, {letting_go, "letting_go"}, {threat, "threat"}, {stemming, "stemming"},
    {judging_copula, "judging_copula"}, {judging, "judging"}, {light_obligation, "light_obligation"}, {ending, "ending"},
    {falling, "falling"}, {lifted_demand, "lifted_demand"}, {lifted_condition, "lifted_condition"}, {intention, "intention"},
    {answerable, "answerable"}, {decision, "decision"}, {reprisal, "reprisal"}, {permission, "permission"}, {help, "help"},
    {befalling, "befalling"}, {gathering, "gathering"}, {naming, "naming"}, {anonymity, "anonymity"}, {speaking, "speaking"},
    {press, "press"}, {press_kind, "press_kind"}};

template <class Integer>
std::uint64_t bytes_at(const char* at) {
  Integer bytes;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

// Of its first and last bytes, all of them up to 8: a few instructions, for words are looked up all the time.
std::size_t hash_of(std::string_view word) {
  std::uint64_t bytes = word.size();
  if (word.size() >= 4) {
    bytes ^= bytes_at<std::uint32_t>(word.data()) << 32 ^ bytes_at<std::uint32_t>(word.data() + word.size() - 4) << 3;
  } else if (word.size() >= 2) {
    bytes ^= bytes_at<std::uint16_t>(word.data()) << 24 ^ bytes_at<std::uint16_t>(word.data() + word.size() - 2) << 3;
  } else if (word.size() == 1) {
    bytes ^= bytes_at<std::uint8_t>(word.data()) << 24;
  }
  return static_cast<std::size_t>(bytes * 0x9e3779b97f4a7c15U >> 32);
}

}  // namespace

Result<WordClasses> WordClasses::parse(std::string_view text) {
  const auto table = parse_tsv(text, std::string(table_name), {"class", "word", "reason"});
  if (!table) return tl::unexpected(table.error());
  WordClasses classes;
  classes.slots_.resize(std::bit_ceil(4 * table->rows.size() + 1));
  std::bitset<word_class_count> filled;
  for (const TsvRow& row : table->rows) {
    const auto malformed = [&](std::string_view what) { return fail(ErrorCode::malformed, table->name, ":", row.line, ": ", what, ": \"", row.cells[0], "\", \"", row.cells[1], "\""); };
    const auto name = std::find_if(std::begin(names), std::end(names), [&](const auto& known) { return known.second == row.cells[0]; });
    if (name == std::end(names)) return malformed("no such class");
    if (row.cells[1].empty() || row.cells[2].empty()) return malformed("no word, or no reason");
    const auto of = static_cast<std::size_t>(name->first);
    Slot& slot = classes.slots_[classes.place_of(row.cells[1])];
    if (slot.classes.test(of)) return malformed("twice");
    slot.word = row.cells[1];
    slot.classes.set(of);
    filled.set(of);
    classes.initials_[of] |= initial(slot.word);
  }
  for (const auto& [of, name] : names)
    if (!filled.test(static_cast<std::size_t>(of))) return fail(ErrorCode::malformed, table->name, ": no words of the class \"", name, "\"");
  if (!filled.all()) return fail(ErrorCode::malformed, table->name, ": a class without a name in the code");
  return classes;
}

std::size_t WordClasses::place_of(std::string_view word) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash_of(word) & mask;
  while (!slots_[at].word.empty() && slots_[at].word != word) at = (at + 1) & mask;
  return at;
}

bool is_one_of(WordClass of, std::string_view word) {
  static const WordClasses classes = [] {
    auto parsed = WordClasses::parse(embedded_data(table_name));
    if (!parsed) throw std::logic_error(parsed.error().message);
    return *std::move(parsed);
  }();
  return classes.has(of, word);
}

}  // namespace dragoman
