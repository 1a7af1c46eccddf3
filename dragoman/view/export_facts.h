// Export facts: what several layouts ask of a finding and the reading does not say outright: ids, spans in code points, dyads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dragoman/store/stored_documents.h"

namespace dragoman {

/// "0123456789abcdef:v3"; `number` from 0.
[[nodiscard]] std::string finding_id(const StoredDocument& document, char layer, std::size_t number);
/// "0123456789abcdef:120-135"
[[nodiscard]] std::string span_id(const StoredDocument& document, ByteSpan span);

/// For each telling and each of its events the id of the first report of the same occurrence.
[[nodiscard]] std::vector<std::vector<std::string>> occurrences_of(const std::vector<StoredDocument>& tellings);

/// A number below 2^52 made of a text, so that programs that keep numbers as doubles keep it.
[[nodiscard]] std::int64_t number_of(std::string_view text);

/// Code points of a text by byte. A byte inside a character counts as the character.
class CodePoints {
 public:
  explicit CodePoints(std::string_view text);
  [[nodiscard]] std::uint32_t at(std::uint32_t byte) const;
  [[nodiscard]] std::uint32_t size() const { return size_; }
  /// The byte at which a code point begins; the text's end past the last.
  [[nodiscard]] std::uint32_t byte(std::uint32_t code_point) const;

 private:
  std::vector<std::uint32_t> by_byte_;
  std::vector<std::uint32_t> begins_;
  std::uint32_t size_ = 0;
};

/// Number of the sentence at that byte, from 1; 0 where none is there.
[[nodiscard]] std::size_t sentence_number(const StoredDocument& document, std::uint32_t byte);
/// True if that byte stands in the first paragraph below the headline.
[[nodiscard]] bool is_in_lede(const StoredDocument& document, std::uint32_t byte);

/// Who claims a finding: refs; "anon:source" where the text does not name them; none for the outlet.
[[nodiscard]] std::vector<std::string> claimants(const Reading& reading, Voice voice);
/// 0: the outlet; 1: a statement; 2: a statement in a statement.
[[nodiscard]] int claim_depth(const Reading& reading, Voice voice);

/// The mention of an entity inside a sentence, a name before others; nullptr if there is none.
[[nodiscard]] const Mention* mention_in(const Reading& reading, EntityId entity, ByteSpan sentence);

/// Who does it to whom, by twos; no_entity where nobody is named. Of what several do together, and to nobody, each with each other.
[[nodiscard]] std::vector<std::pair<EntityId, EntityId>> dyads_of(const Event& event);

/// explicit, relative, tense-only; "" without a time.
[[nodiscard]] std::string_view date_basis(const std::optional<TimeRange>& when);
/// Where an event takes place: the first venue, else the first place that it is not only about; nullptr if none.
[[nodiscard]] const EventPlace* main_place(const Event& event);
/// The first day told; "" if there is none. Bounds that follow from the tense alone are not told.
[[nodiscard]] std::string first_day(const std::optional<TimeRange>& when);
[[nodiscard]] std::string last_day(const std::optional<TimeRange>& when);
/// True if it happened, as told, more than a year before the day of publication.
[[nodiscard]] bool is_historical(const StoredDocument& document, const Event& event);
/// Day of publication, "" if not known.
[[nodiscard]] std::string published_day(const StoredDocument& document);

/// The state of a place, or of any entity: ISO code; "" if not known.
[[nodiscard]] std::string country_of(const Entity& entity);

/// A state in other codes; "" where that list has none.
struct CountryCodes {
  std::string_view name, cow, fips;
};
[[nodiscard]] CountryCodes country_codes(std::string_view iso);
/// "Make a visit"; of a code that is not in the list, the name of the one above it; "" for "".
[[nodiscard]] std::string_view cameo_name(std::string_view code);

/// Values joined, empty ones left out, each once.
[[nodiscard]] std::string joined(const std::vector<std::string>& values, std::string_view separator = ";");
/// "2.5"; "" for nothing.
[[nodiscard]] std::string number_text(const std::optional<double>& value);

}  // namespace dragoman
