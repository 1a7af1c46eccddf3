#include "dragoman/view/briefing.h"

#include <algorithm>

#include "dragoman/view/terminal.h"

namespace dragoman {
namespace {

constexpr std::size_t longest_quote = 240;  ///< bytes of the text that a line shows before it is cut at a blank

class Briefing {
 public:
  Briefing(const Reading& reading, const BriefingOptions& options, std::string& out)
      : reading_(reading), document_(reading.document), text_(out, options.colours, options.width) {}

  void write() {
    header();
    met();
    said();
    happened();
    undertaken();
    positions();
    if (reading_.statements.empty() && reading_.events.empty() && reading_.commitments.empty() && reading_.positions.empty())
      text_.line("Nothing was found: nobody meets, speaks or undertakes anything in this text.", 2, 2, Style::dim);
    text_.blank();
  }

 private:
  std::string name(EntityId id) const {
    const Entity& entity = reading_.entities[id];
    return entity.name.empty() ? entity.ref : entity.name;
  }

  std::string names(const std::vector<EntityId>& ids, std::string_view nobody = "?") const {
    std::string list;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (i) list += i + 1 == ids.size() ? " and " : ", ";
      list += name(ids[i]);
    }
    return list.empty() ? std::string(nobody) : list;
  }

  /// The persons among them, or else all: "Fidan" says more than "Fidan, Turkey".
  std::string people(const std::vector<EntityId>& ids, std::string_view nobody = "?") const {
    std::vector<EntityId> persons;
    for (const EntityId id : ids)
      if (reading_.entities[id].kind == EntityKind::person) persons.push_back(id);
    return names(persons.empty() ? ids : persons, nobody);
  }

  /// The words at that place, shortened, with where they stand.
  std::string words(const std::vector<ByteSpan>& spans) const {
    std::string quote;
    for (const ByteSpan span : spans) {
      if (!quote.empty()) quote += " … ";
      quote += document_.text(span);
    }
    if (quote.size() > longest_quote) {
      const std::size_t blank = quote.rfind(' ', longest_quote);
      quote.resize(blank == std::string::npos ? longest_quote : blank);
      quote += " …";
    }
    const std::string place = spans.empty() ? "" : "  [" + std::to_string(spans.front().begin) + "–" + std::to_string(spans.back().end) + "]";
    return quote + place;
  }

  std::string words(const Evidence& evidence) const {
    return "“" + words(std::vector{evidence.sentence}) + "”";
  }

  std::string voice(const Voice& voice) const {
    return voice.is_outlet() ? "" : ", says " + people(reading_.statements[voice.statement].speakers, "someone");
  }

  static std::string when(const std::optional<TimeRange>& range) {
    if (!range || range->from.empty() || range->to.empty() || !range->span) return "";  // bounds by tense are for machines
    return range->from == range->to ? range->from : range->from + " to " + range->to;
  }

  /// "; dead: at least 12", in the words of the text.
  std::string count(const std::optional<PersonCount>& people, std::string_view what) const {
    return people ? "; " + std::string(what) + ": " + std::string(document_.text(people->span)) : "";
  }

  void header() {
    const DocumentInfo& info = document_.info();
    if (!info.title.empty()) text_.line(info.title, 0, 0, Style::bold);
    std::string line = info.outlet;
    for (const std::string& more : {info.published, info.dateline, info.url})
      if (!more.empty()) line += (line.empty() ? "" : " · ") + more;
    if (!line.empty()) text_.line(line, 0, 0, Style::dim);
  }

  void section(std::string_view title) {
    text_.blank();
    text_.heading(title);
  }

  void event(const Event& it) {
    std::string line = people(it.actors);
    line += it.type == EventType::consult && it.mode != "visit" ? "" : " → " + people(it.recipients, "(nobody named)");
    line += ": " + std::string(to_string(it.type)) + (it.mode.empty() ? "" : "/" + it.mode);
    line += ", " + std::string(to_string(it.actuality));
    if (const std::string date = when(it.when); !date.empty()) line += ", " + date;
    for (const EventPlace& place : it.where)
      if (place.role == PlaceRole::venue) line += ", in " + name(place.entity);
    line += count(it.dead, "dead") + count(it.injured, "injured");
    text_.line(line + voice(it.voice), 2, 6);
    text_.line(words(it.evidence), 6, 6, Style::dim);
  }

  void events(std::string_view title, bool consults) {
    bool any = false;
    for (const Event& it : reading_.events) {
      if ((it.type == EventType::consult) != consults) continue;
      if (!any) section(title);
      any = true;
      event(it);
    }
  }
  void met() { events("WHO MET", true); }
  void happened() { events("WHAT HAPPENED, AND WHAT WAS CLAIMED, PLANNED OR DEMANDED", false); }

  void said() {
    if (reading_.statements.empty()) return;
    section("WHO SAID WHAT");
    std::vector<std::pair<std::string, std::vector<const Statement*>>> speakers;  // in the order in which they first speak
    for (const Statement& it : reading_.statements) {
      const std::string speaker = names(it.speakers, "(speaker not settled)");
      const auto known = std::find_if(speakers.begin(), speakers.end(), [&](const auto& entry) { return entry.first == speaker; });
      if (known == speakers.end())
        speakers.push_back({speaker, {&it}});
      else
        known->second.push_back(&it);
    }
    for (const auto& [speaker, statements] : speakers) {
      const Entity* person = statements[0]->speakers.size() == 1 ? &reading_.entities[statements[0]->speakers[0]] : nullptr;
      std::string title = speaker;
      if (person && !person->office.empty()) title += ", " + person->office + (person->state.empty() ? "" : " (" + person->state + ")");
      text_.line(title, 2, 4, Style::bold);
      for (const Statement* it : statements) {
        const std::string cue = it->cue ? std::string(document_.text(*it->cue)) : "goes on";
        text_.line(cue + (it->denied ? " (denies): " : ": ") + words(it->content), 4, 6);
      }
    }
  }

  void undertaken() {
    if (reading_.commitments.empty()) return;
    section("WHAT WAS UNDERTAKEN");
    for (const Commitment& it : reading_.commitments) {
      std::string line = names(it.undertakers);
      if (!it.counterparties.empty() && it.counterparties != it.undertakers) line += " → " + names(it.counterparties);
      line += ": " + it.title + " · " + std::string(to_string(it.stage)) + " · " + std::string(to_string(it.sector));
      if (const std::string date = when(it.deadline); !date.empty()) line += " · due " + date;
      for (const Amount& amount : it.amounts) line += " · " + std::string(document_.text(amount.span));
      if (it.condition) line += " · if: " + std::string(document_.text(*it.condition));
      text_.line(line + voice(it.voice), 2, 6);
      text_.line(words(it.evidence), 6, 6, Style::dim);
    }
  }

  void positions() {
    if (reading_.positions.empty()) return;
    section("WHERE THEY STAND");
    for (const Position& it : reading_.positions) {
      const Style style = it.polarity == Polarity::for_ ? Style::good : it.polarity == Polarity::against ? Style::bad : Style::open;
      std::string line = names(it.holders) + " · " + std::string(to_string(it.polarity)) + " · " + it.issue + " (" +
                         std::string(to_string(it.act)) + (it.target.empty() ? "" : ", toward " + names(it.target)) + ")";
      text_.line(line, 2, 6, style);
      text_.line(words(it.evidence), 6, 6, Style::dim);
    }
  }

  const Reading& reading_;
  const Document& document_;
  TerminalText text_;
};

}  // namespace

void append_briefing(const Reading& reading, const BriefingOptions& options, std::string& out) {
  Briefing(reading, options, out).write();
}

}  // namespace dragoman
