#include "dragoman/view/export_facts.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <unordered_map>

#include "dragoman/base/embedded.h"
#include "dragoman/base/json.h"
#include "dragoman/base/sha256.h"
#include "dragoman/base/tsv.h"
#include "dragoman/base/utf8.h"

namespace dragoman {
namespace {

/// A mistake in an embedded table is a mistake in the program.
std::vector<TsvRow> rows_of(std::string_view path, const std::vector<std::string_view>& columns) {
  const Result<TsvTable> table = parse_tsv(embedded_data(path), "data/" + std::string(path), columns);
  if (table) return table->rows;
  std::fprintf(stderr, "dragoman: %s\n", table.error().message.c_str());
  std::abort();
}

std::string refs_of(const Reading& reading, const std::vector<EntityId>& entities) {
  std::vector<std::string> refs;
  for (const EntityId id : entities) refs.push_back(reading.entities[id].ref);
  std::sort(refs.begin(), refs.end());
  return joined(refs, ",");
}

}  // namespace

std::string finding_id(const StoredDocument& document, char layer, std::size_t number) {
  return document.key() + ":" + layer + std::to_string(number + 1);
}

std::string span_id(const StoredDocument& document, ByteSpan span) {
  return document.key() + ":" + std::to_string(span.begin) + "-" + std::to_string(span.end);
}

std::vector<std::vector<std::string>> occurrences_of(const std::vector<StoredDocument>& tellings) {
  std::map<std::string, std::string> first;
  std::vector<std::vector<std::string>> ids;
  for (const StoredDocument& telling : tellings) {
    std::map<std::string, int> seen;  // one document may tell two things of the same kind: the second is the other's second
    ids.emplace_back();
    for (std::size_t i = 0; i < telling.reading.events.size(); ++i) {
      const Event& event = telling.reading.events[i];
      std::string id = finding_id(telling, 'v', i);
      if (!telling.is_rejected('v', i)) {
        std::string key(to_string(event.type));
        key.append("|").append(event.mode).append("|").append(to_string(event.actuality)).append("|");
        key.append(refs_of(telling.reading, event.actors)).append("|").append(refs_of(telling.reading, event.recipients));
        const int ordinal = ++seen[key];
        key.append("|").append(std::to_string(ordinal));
        id = first.emplace(std::move(key), id).first->second;
      }
      ids.back().push_back(std::move(id));
    }
  }
  return ids;
}

std::int64_t number_of(std::string_view text) { return std::strtoll(sha256_hex(text).substr(0, 13).c_str(), nullptr, 16); }

CodePoints::CodePoints(std::string_view text) {
  by_byte_.resize(text.size() + 1);
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Character character = decode_utf8(text, at);
    begins_.push_back(static_cast<std::uint32_t>(at));
    for (std::size_t byte = at; byte < at + character.size; ++byte) by_byte_[byte] = size_;
    at += character.size;
    ++size_;
  }
  by_byte_[text.size()] = size_;
  begins_.push_back(static_cast<std::uint32_t>(text.size()));
}

std::uint32_t CodePoints::at(std::uint32_t byte) const { return by_byte_[std::min<std::size_t>(byte, by_byte_.size() - 1)]; }

std::uint32_t CodePoints::byte(std::uint32_t code_point) const { return begins_[std::min<std::size_t>(code_point, begins_.size() - 1)]; }

std::size_t sentence_number(const StoredDocument& document, std::uint32_t byte) {
  for (std::size_t i = 0; i < document.sentences.size(); ++i)
    if (byte < document.sentences[i].end) return byte >= document.sentences[i].begin ? i + 1 : 0;
  return 0;
}

bool is_in_lede(const StoredDocument& document, std::uint32_t byte) {
  const std::string_view text = document.reading.document.text();
  const std::string& title = document.reading.document.info().title;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const bool blank = line.find_first_not_of(" \t\r") == std::string_view::npos;
    const bool headline = !title.empty() && line.find(title) != std::string_view::npos && line.size() <= title.size() + 2;
    if (!blank && !headline) {
      const std::size_t paragraph = std::min(std::min(text.find("\n\n", begin), text.find("\r\n\r\n", begin)), text.size());
      return byte >= begin && byte < paragraph;
    }
    begin = end + 1;
  }
  return false;
}

std::vector<std::string> claimants(const Reading& reading, Voice voice) {
  if (voice.is_outlet() || voice.statement >= reading.statements.size()) return {};
  std::vector<std::string> refs;
  for (const EntityId id : reading.statements[voice.statement].speakers) refs.push_back(reading.entities[id].ref);
  if (refs.empty()) refs.emplace_back("anon:source");
  return refs;
}

int claim_depth(const Reading& reading, Voice voice) {
  if (voice.is_outlet() || voice.statement >= reading.statements.size()) return 0;
  return reading.statements[voice.statement].within == no_statement ? 1 : 2;
}

const Mention* mention_in(const Reading& reading, EntityId entity, ByteSpan sentence) {
  const Mention* found = nullptr;
  for (const Mention& mention : reading.entities.mentions) {
    if (mention.span.begin >= sentence.end) break;
    if (!sentence.contains(mention.span) || std::find(mention.entities.begin(), mention.entities.end(), entity) == mention.entities.end()) continue;
    if (!found || (found->form != MentionForm::name && mention.form == MentionForm::name)) found = &mention;
  }
  return found;
}

std::vector<std::pair<EntityId, EntityId>> dyads_of(const Event& event) {
  std::vector<std::pair<EntityId, EntityId>> dyads;
  const bool together = event.type == EventType::consult || event.type == EventType::agree || event.type == EventType::cooperate || event.type == EventType::support;
  const std::vector<EntityId>& others = event.recipients.empty() && together ? event.actors : event.recipients;
  for (const EntityId actor : event.actors)
    for (const EntityId other : others)
      if (actor != other) dyads.emplace_back(actor, other);
  if (!dyads.empty()) return dyads;
  for (const EntityId actor : event.actors) dyads.emplace_back(actor, no_entity);
  if (event.actors.empty())
    for (const EntityId recipient : event.recipients) dyads.emplace_back(no_entity, recipient);
  return dyads;
}

std::string first_day(const std::optional<TimeRange>& when) {
  return !when || when->basis == TimeBasis::tense ? "" : when->from.empty() ? when->to : when->from;
}
std::string last_day(const std::optional<TimeRange>& when) { return !when || when->basis == TimeBasis::tense ? "" : when->to.empty() ? when->from : when->to; }

std::string_view date_basis(const std::optional<TimeRange>& when) {
  if (!when || (when->from.empty() && when->to.empty())) return {};
  return when->basis == TimeBasis::tense ? "tense-only" : to_string(when->basis);
}

const EventPlace* main_place(const Event& event) {
  const EventPlace* found = nullptr;
  for (const EventPlace& place : event.where) {
    if (place.role == PlaceRole::venue) return &place;
    if (!found && place.role != PlaceRole::subject) found = &place;
  }
  return found;
}

bool is_historical(const StoredDocument& document, const Event& event) {
  const std::string last = last_day(event.when), published = published_day(document);
  if (event.actuality != Actuality::happened || last.size() < 10 || published.size() < 10) return false;
  return std::atoi(last.substr(0, 4).c_str()) + 1 < std::atoi(published.substr(0, 4).c_str()) ||
         (std::atoi(last.substr(0, 4).c_str()) + 1 == std::atoi(published.substr(0, 4).c_str()) && last.substr(5) < published.substr(5));
}

std::string published_day(const StoredDocument& document) { return document.reading.document.info().published.substr(0, 10); }

std::string country_of(const Entity& entity) { return entity.kind == EntityKind::state ? entity.ref : entity.state; }

CountryCodes country_codes(std::string_view iso) {
  static const auto table = [] {
    const auto filled = [](std::string_view cell) { return cell == "-" ? std::string_view() : cell; };
    std::unordered_map<std::string_view, CountryCodes> codes;
    for (const TsvRow& row : rows_of("schema/countries.tsv", {"iso", "name", "cow", "fips"}))
      codes[row.cells[0]] = {row.cells[1], filled(row.cells[2]), filled(row.cells[3])};
    return codes;
  }();
  const auto found = table.find(iso);
  return found == table.end() ? CountryCodes{} : found->second;
}

std::string_view cameo_name(std::string_view code) {
  static const auto table = [] {
    std::unordered_map<std::string_view, std::string_view> names;
    for (const TsvRow& row : rows_of("schema/cameo.tsv", {"code", "name"})) names[row.cells[0]] = row.cells[1];
    return names;
  }();
  for (; code.size() >= 2; code.remove_suffix(1))
    if (const auto found = table.find(code); found != table.end()) return found->second;
  return {};
}

std::string joined(const std::vector<std::string>& values, std::string_view separator) {
  std::vector<std::string_view> seen;
  std::string text;
  for (const std::string& value : values) {
    if (value.empty() || std::find(seen.begin(), seen.end(), value) != seen.end()) continue;
    seen.push_back(value);
    text.append(text.empty() ? "" : separator).append(value);
  }
  return text;
}

std::string number_text(const std::optional<double>& value) {
  std::string text;
  if (value) JsonWriter(text).number(*value);
  return text;
}

}  // namespace dragoman
