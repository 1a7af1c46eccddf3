#include "dragoman/store/citation.h"

#include <algorithm>
#include <charconv>

#include "dragoman/store/sources.h"

namespace dragoman {
namespace {

bool is_mark(std::string_view text, std::size_t at, std::size_t& size) {
  for (const std::string_view mark : {"“", "”", "„", "«", "»", "\"", "‘", "’"})
    if (text.substr(at).starts_with(mark)) {
      size = mark.size();
      return true;
    }
  return false;
}

/// Without blanks, commas and quotation marks at its ends, where the marks are a pair.
ByteSpan trimmed(std::string_view text, ByteSpan span) {
  const auto at_end = [&](std::uint32_t before) { return text.substr(span.begin, before - span.begin); };
  while (span.end > span.begin && (text[span.end - 1] == ' ' || text[span.end - 1] == '\n' || text[span.end - 1] == ',')) --span.end;
  while (span.end > span.begin && (text[span.begin] == ' ' || text[span.begin] == '\n')) ++span.begin;
  std::size_t opening = 0;
  if (!is_mark(text, span.begin, opening) || span.begin + opening >= span.end) return span;
  for (const std::string_view mark : {"”", "“", "»", "\"", "’"})
    if (at_end(span.end).ends_with(mark) && span.end - mark.size() > span.begin + opening) {
      ByteSpan inner{static_cast<std::uint32_t>(span.begin + opening), static_cast<std::uint32_t>(span.end - mark.size())};
      while (inner.end > inner.begin && text[inner.end - 1] == ',') --inner.end;
      return inner;
    }
  return span;
}

std::uint32_t to_character(std::string_view text, std::size_t at) {
  at = std::min(at, text.size());
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return static_cast<std::uint32_t>(at);
}

std::vector<Participant> participants_of(const StoredReading& stored, const std::vector<EntityId>& ids) {
  std::vector<Participant> list;
  for (const EntityId id : ids) {
    const Entity& it = stored.reading.entities[id];
    list.push_back({.ref = it.ref, .name = it.name, .office = it.office, .kind = std::string(to_string(it.kind)), .party = party_of(it.ref, to_string(it.kind), it.state)});
  }
  return list;
}

Citation cite(const StoredReading& stored, std::vector<ByteSpan> pieces, StatementId said) {
  Citation citation;
  const std::string_view text = stored.reading.document.text();
  for (const ByteSpan piece : pieces) {
    const ByteSpan span = trimmed(text, piece);
    if (span.begin >= span.end) continue;
    citation.pieces.push_back(span);
    citation.text.append(citation.text.empty() ? "" : " … ").append(text.substr(span.begin, span.size()));
  }
  if (said == no_statement || said >= stored.reading.statements.size()) return citation;
  const Statement& statement = stored.reading.statements[said];
  citation.speakers = participants_of(stored, statement.speakers);
  citation.quoted = std::all_of(citation.pieces.begin(), citation.pieces.end(), [&](ByteSpan piece) {
    return std::any_of(statement.quoted.begin(), statement.quoted.end(), [&](ByteSpan quoted) { return quoted.begin <= piece.begin && piece.end <= quoted.end; });
  });
  return citation;
}

}  // namespace

std::optional<Citation> cite_finding(const StoredReading& stored, std::string_view finding) {
  std::size_t number = 0;
  if (finding.size() < 2) return std::nullopt;
  const auto [end, error] = std::from_chars(finding.data() + 1, finding.data() + finding.size(), number);
  if (error != std::errc() || end != finding.data() + finding.size() || number == 0) return std::nullopt;
  const Reading& reading = stored.reading;
  const std::size_t i = number - 1;
  const auto sentence = [&](const auto& items) -> std::optional<Citation> {
    if (i >= items.size()) return std::nullopt;
    return cite(stored, {items[i].evidence.sentence}, items[i].voice.statement);
  };
  std::optional<Citation> citation;
  switch (finding[0]) {
    case 's':
      if (i < reading.statements.size()) citation = cite(stored, reading.statements[i].content, static_cast<StatementId>(i));
      break;
    case 'v': citation = sentence(reading.events); break;
    case 'c': citation = sentence(reading.commitments); break;
    case 'p': citation = sentence(reading.positions); break;
    default: break;
  }
  if (citation && citation->pieces.empty()) return std::nullopt;
  return citation;
}

std::optional<Citation> cite_span(const StoredReading& stored, ByteSpan span) {
  const std::string_view text = stored.reading.document.text();
  span = {to_character(text, span.begin), to_character(text, span.end)};
  if (span.begin >= span.end) return std::nullopt;
  // The innermost statement that says all of it.
  StatementId said = no_statement;
  std::uint32_t smallest = UINT32_MAX;
  for (StatementId i = 0; i < stored.reading.statements.size(); ++i)
    for (const ByteSpan content : stored.reading.statements[i].content)
      if (content.begin <= span.begin && span.end <= content.end && content.size() < smallest) said = i, smallest = content.size();
  Citation citation = cite(stored, {span}, said);
  if (citation.pieces.empty()) return std::nullopt;
  return citation;
}

std::string to_line(const Citation& citation, const StoredReading& stored) {
  const DocumentInfo& info = stored.reading.document.info();
  std::string who;
  for (const Participant& it : citation.speakers) who += (who.empty() ? "" : "; ") + it.name + (it.office.empty() ? "" : ", " + it.office);
  std::string line = "“" + citation.text + "”";
  if (!who.empty()) line = citation.quoted ? line + " (" + who + ")" : who + ", as reported: " + line;
  if (citation.text.find_last_of(".!?") != citation.text.size() - 1) line += ".";  // one full stop is enough
  std::string where;
  for (const std::string& part : {info.outlet, info.title.empty() ? std::string() : "“" + info.title + "”", info.published.substr(0, std::min<std::size_t>(10, info.published.size())), info.url})
    if (!part.empty()) where += (where.empty() ? " " : ", ") + part;
  line += where + (where.empty() ? " " : ". ") + "Document " + info.id + ", bytes " + std::to_string(citation.pieces.front().begin) + "–" + std::to_string(citation.pieces.back().end) + ".";
  return line;
}

}  // namespace dragoman
