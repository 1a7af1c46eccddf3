// Exports as marks on texts and as a graph: brat standoff, GEXF.
#include <algorithm>
#include <map>
#include <set>

#include "dragoman/base/utf8.h"
#include "dragoman/view/export_facts.h"
#include "dragoman/view/exporters.h"
#include "dragoman/view/terminal.h"

namespace dragoman {
namespace {

constexpr std::string_view brat_configuration = R"([entities]
state
person
office
government_body
intergovernmental_body
armed_group
party
company
people
region
place
agreement
occasion
organisation
document
Statement
Undertaking
Position

[relations]
Speaker	Arg1:Statement, Arg2:<ENTITY>
Undertaker	Arg1:Undertaking, Arg2:<ENTITY>
Counterparty	Arg1:Undertaking, Arg2:<ENTITY>
Holder	Arg1:Position, Arg2:<ENTITY>
<OVERLAP>	Arg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>

[events]
EVENTS
[attributes]
Actuality	Arg:<EVENT>, Value:happened|ongoing|planned|called_for|possible|did_not_happen
Stage	Arg:Undertaking, Value:discussed|offered|pledged|agreed|underway|completed|stalled|cancelled|broken
Polarity	Arg:Position, Value:for|against|mixed
Denied	Arg:Statement
)";

class BratExporter : public Exporter {
 public:
  explicit BratExporter(EmitFile emit) : emit_(std::move(emit)) {}

  void begin() override {
    std::string configuration(brat_configuration), events;
    for (int type = 0; type < 16; ++type) events.append(to_string(static_cast<EventType>(type))).append("\tActor*:<ENTITY>, Recipient*:<ENTITY>, Place*:<ENTITY>\n");
    const std::size_t at = configuration.find("EVENTS\n");
    emit_("annotation.conf", configuration.replace(at, 7, events + "\n"));
  }

  void story(const std::vector<StoredDocument>& tellings) override {
    for (const StoredDocument& telling : tellings) {
      if (!telling.is_read()) continue;
      emit_(telling.key() + ".txt", sound_utf8(std::string(telling.reading.document.text())).text);
      emit_(telling.key() + ".ann", Marks(telling).write());
    }
  }

 private:
  /// The .ann of one document.
  class Marks {
   public:
    explicit Marks(const StoredDocument& document) : document_(document), reading_(document.reading), code_points_(reading_.document.text()) {}

    std::string write() {
      for (const Mention& mention : reading_.entities.mentions) {
        if (mention.entities.empty() || mention.span.empty()) continue;
        const auto [at, fresh] = mentions_.emplace(mention.span, 0);
        if (fresh) at->second = text_bound(to_string(reading_.entities[mention.entities.front()].kind), {mention.span});
        for (const EntityId id : mention.entities) {
          note("T" + std::to_string(at->second), reading_.entities[id].ref);
          first_mention_.emplace(id, at->second);
        }
      }
      statements();
      events();
      commitments();
      positions();
      return std::move(out_);
    }

   private:
    std::size_t text_bound(std::string_view type, const std::vector<ByteSpan>& spans) {
      std::string places, words;
      for (const ByteSpan span : spans)
        for (std::uint32_t begin = span.begin; begin < span.end;) {
          const std::string_view text = reading_.document.text(ByteSpan{begin, span.end});
          const auto size = static_cast<std::uint32_t>(std::min(text.find_first_of("\r\n"), text.size()));
          if (size > 0) {
            places.append(places.empty() ? "" : ";").append(std::to_string(code_points_.at(begin))).append(" ").append(std::to_string(code_points_.at(begin + size)));
            words.append(words.empty() ? "" : " ").append(sound_utf8(std::string(text.substr(0, size))).text);
          }
          begin += size + 1;
        }
      out_.append("T").append(std::to_string(++texts_)).append("\t").append(type).append(" ").append(places).append("\t").append(words).append("\n");
      return texts_;
    }

    /// The mark of an entity in that sentence, else its first; 0 if it has none.
    std::size_t mark_of(EntityId id, ByteSpan sentence) {
      if (const Mention* mention = mention_in(reading_, id, sentence)) return mentions_.at(mention->span);
      const auto first = first_mention_.find(id);
      return first == first_mention_.end() ? 0 : first->second;
    }

    void note(const std::string& of, std::string_view text) {
      out_.append("#").append(std::to_string(++notes_)).append("\tAnnotatorNotes ").append(of).append("\t").append(one_line(text)).append("\n");
    }
    void attribute(std::string_view name, const std::string& of, std::string_view value) {
      out_.append("A").append(std::to_string(++attributes_)).append("\t").append(name).append(" ").append(of).append(value.empty() ? "" : " ").append(value).append("\n");
    }
    void relations(std::string_view name, const std::string& from, const std::vector<EntityId>& entities, ByteSpan sentence) {
      for (const EntityId id : entities)
        if (const std::size_t mark = mark_of(id, sentence); mark != 0)
          out_.append("R").append(std::to_string(++relations_)).append("\t").append(name).append(" Arg1:").append(from).append(" Arg2:T").append(std::to_string(mark)).append("\n");
    }

    void statements() {
      for (std::size_t i = 0; i < reading_.statements.size(); ++i) {
        const Statement& it = reading_.statements[i];
        if (document_.is_rejected('s', i) || it.content.empty()) continue;
        const std::string mark = "T" + std::to_string(text_bound("Statement", it.content));
        relations("Speaker", mark, it.speakers, it.source.value_or(it.content.front()));
        if (it.denied) attribute("Denied", mark, "");
        note(mark, finding_id(document_, 's', i));
      }
    }

    void events() {
      for (std::size_t i = 0; i < reading_.events.size(); ++i) {
        const Event& it = reading_.events[i];
        if (document_.is_rejected('v', i)) continue;
        const std::string_view type = to_string(it.type);
        const std::size_t trigger = text_bound(type, {it.evidence.trigger.value_or(it.evidence.sentence)});
        std::string arguments;
        const auto add = [&](std::string_view role, const std::vector<EntityId>& entities) {
          int count = 0;
          for (const EntityId id : entities)
            if (const std::size_t mark = mark_of(id, it.evidence.sentence); mark != 0)
              arguments.append(" ").append(role).append(++count == 1 ? "" : std::to_string(count)).append(":T").append(std::to_string(mark));
        };
        add("Actor", it.actors);
        add("Recipient", it.recipients);
        std::vector<EntityId> places;
        for (const EventPlace& place : it.where) places.push_back(place.entity);
        add("Place", places);
        const std::string mark = "E" + std::to_string(++events_);
        out_.append(mark).append("\t").append(type).append(":T").append(std::to_string(trigger)).append(arguments).append("\n");
        attribute("Actuality", mark, to_string(it.actuality));
        note(mark, finding_id(document_, 'v', i));
      }
    }

    void commitments() {
      for (std::size_t i = 0; i < reading_.commitments.size(); ++i) {
        const Commitment& it = reading_.commitments[i];
        if (document_.is_rejected('c', i)) continue;
        const std::string mark = "T" + std::to_string(text_bound("Undertaking", it.evidence.spans.empty() ? std::vector<ByteSpan>{it.evidence.sentence} : it.evidence.spans));
        relations("Undertaker", mark, it.undertakers, it.evidence.sentence);
        relations("Counterparty", mark, it.counterparties, it.evidence.sentence);
        attribute("Stage", mark, to_string(it.stage));
        note(mark, finding_id(document_, 'c', i));
      }
    }

    void positions() {
      for (std::size_t i = 0; i < reading_.positions.size(); ++i) {
        const Position& it = reading_.positions[i];
        if (document_.is_rejected('p', i)) continue;
        const std::string mark = "T" + std::to_string(text_bound("Position", it.evidence.spans.empty() ? std::vector<ByteSpan>{it.evidence.sentence} : it.evidence.spans));
        relations("Holder", mark, it.holders, it.evidence.sentence);
        attribute("Polarity", mark, to_string(it.polarity));
        note(mark, finding_id(document_, 'p', i));
      }
    }

    const StoredDocument& document_;
    const Reading& reading_;
    CodePoints code_points_;
    std::string out_;
    std::map<ByteSpan, std::size_t> mentions_;          ///< number of the mark there
    std::map<EntityId, std::size_t> first_mention_;
    std::size_t texts_ = 0, events_ = 0, relations_ = 0, attributes_ = 0, notes_ = 0;
  };

  EmitFile emit_;
};

std::string xml(std::string_view text) {
  std::string result;
  for (const char c : one_line(text)) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      default: result += c;
    }
  }
  return result;
}

class GexfExporter : public Exporter {
 public:
  explicit GexfExporter(EmitFile emit) : emit_(std::move(emit)) {}

  void story(const std::vector<StoredDocument>& tellings) override {
    const auto ids = occurrences_of(tellings);
    std::set<std::string> counted;  // edge and occurrence
    for (std::size_t t = 0; t < tellings.size(); ++t) {
      const Reading& reading = tellings[t].reading;
      const std::string day = published_day(tellings[t]);
      std::set<std::string> reported;  // edges in this document
      for (std::size_t i = 0; i < reading.events.size(); ++i) {
        if (tellings[t].is_rejected('v', i)) continue;
        const Event& event = reading.events[i];
        for (const auto& [one, other] : dyads_of(event)) {
          if (one == no_entity || other == no_entity) continue;
          const std::string source = node(reading.entities[one], day), target = node(reading.entities[other], day), type(to_string(event.type));
          Edge& edge = edges_[{source, target, type}];
          edge.quad = to_string(quad_of(event.type));
          const std::string key = source + "|" + target + "|" + type;
          if (reported.insert(key).second) ++edge.reports;
          if (!day.empty()) edge.days.insert(day);
          if (!counted.insert(key + "|" + ids[t][i]).second) continue;
          ++edge.occurrences;
          edge.happened += event.actuality == Actuality::happened || event.actuality == Actuality::ongoing;
          edge.claimed += !event.voice.is_outlet();
          if (event.goldstein) edge.score += *event.goldstein, ++edge.scored;
        }
      }
    }
  }

  void end() override {
    std::string out = R"(<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd" version="1.3">
<meta><creator>dragoman</creator><description>Who does what to whom: entities, and an edge for each type of event between two</description></meta>
<graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="timestamp">
<attributes class="node"><attribute id="kind" title="kind" type="string"/><attribute id="country" title="country" type="string"/><attribute id="sector" title="sector" type="string"/></attributes>
<attributes class="edge"><attribute id="type" title="type" type="string"/><attribute id="quad" title="quad" type="string"/><attribute id="occurrences" title="occurrences" type="integer"/><attribute id="reports" title="reports" type="integer"/><attribute id="claimed" title="claimed" type="integer"/><attribute id="score" title="score" type="double"/></attributes>
<nodes>
)";
    for (const auto& [ref, it] : nodes_) {
      out.append("<node id=\"").append(xml(ref)).append("\" label=\"").append(xml(it.name)).append("\"><attvalues>");
      value("kind", it.kind, out);
      value("country", it.country, out);
      value("sector", it.sector, out);
      out.append("</attvalues>");
      spells(it.days, out);
      out.append("</node>\n");
    }
    out.append("</nodes>\n<edges>\n");
    std::size_t number = 0;
    for (const auto& [key, it] : edges_) {
      const auto& [source, target, type] = key;
      out.append("<edge id=\"").append(std::to_string(++number)).append("\" source=\"").append(xml(source)).append("\" target=\"").append(xml(target));
      out.append("\" label=\"").append(type).append("\" weight=\"").append(std::to_string(it.happened)).append("\"><attvalues>");
      value("type", type, out);
      value("quad", it.quad, out);
      value("occurrences", std::to_string(it.occurrences), out);
      value("reports", std::to_string(it.reports), out);
      value("claimed", std::to_string(it.claimed), out);
      value("score", it.scored == 0 ? "" : number_text(it.score / it.scored), out);
      out.append("</attvalues>");
      spells(it.days, out);
      out.append("</edge>\n");
    }
    out.append("</edges>\n</graph>\n</gexf>\n");
    emit_("relations.gexf", out);
  }

 private:
  struct Node {
    std::string name, kind, country, sector;
    std::set<std::string> days;
  };
  struct Edge {
    std::string quad;
    int happened = 0, occurrences = 0, reports = 0, claimed = 0, scored = 0;
    double score = 0;
    std::set<std::string> days;
  };

  std::string node(const Entity& entity, const std::string& day) {
    Node& node = nodes_[entity.ref];
    if (node.name.empty()) node = {entity.name, std::string(to_string(entity.kind)), country_of(entity), entity.sector, std::move(node.days)};
    if (!day.empty()) node.days.insert(day);
    return entity.ref;
  }

  static void value(std::string_view name, std::string_view value, std::string& out) {
    if (!value.empty()) out.append("<attvalue for=\"").append(name).append("\" value=\"").append(xml(value)).append("\"/>");
  }

  static void spells(const std::set<std::string>& days, std::string& out) {
    if (days.empty()) return;
    out.append("<spells>");
    for (const std::string& day : days) out.append("<spell timestamp=\"").append(xml(day)).append("\"/>");
    out.append("</spells>");
  }

  EmitFile emit_;
  std::map<std::string, Node> nodes_;
  std::map<std::tuple<std::string, std::string, std::string>, Edge> edges_;
};

}  // namespace

std::unique_ptr<Exporter> make_brat_exporter(EmitFile emit) { return std::make_unique<BratExporter>(std::move(emit)); }
std::unique_ptr<Exporter> make_gexf_exporter(EmitFile emit) { return std::make_unique<GexfExporter>(std::move(emit)); }

}  // namespace dragoman
