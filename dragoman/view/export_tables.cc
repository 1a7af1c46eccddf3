// The native export: tidy CSV tables, one row a fact (data/schema/columns.tsv explains each column).
#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"
#include "dragoman/store/days.h"
#include "dragoman/store/findings.h"
#include "dragoman/store/items.h"
#include "dragoman/store/ledger.h"
#include "dragoman/store/wording.h"
#include "dragoman/view/export_facts.h"
#include "dragoman/view/exporters.h"
#include "dragoman/view/terminal.h"

namespace dragoman {
namespace {

constexpr std::string_view tables[] = {"documents", "events", "participants", "quotes", "commitments", "commitment_history", "positions", "entities", "aliases", "offices", "spans"};

std::string flag(bool value) { return value ? "1" : "0"; }

struct Factuality {
  std::string_view modality, polarity, certainty, time;
};

Factuality factuality_of(const StoredDocument& document, const Event& event) {
  switch (event.actuality) {
    case Actuality::happened: return {"asserted", "positive", "certain", is_historical(document, event) ? "historical" : "past"};
    case Actuality::ongoing: return {"asserted", "positive", "certain", "present"};
    case Actuality::planned: return {"planned", "positive", "uncommitted", "future"};
    case Actuality::called_for: return {"requested", "positive", "uncommitted", "future"};
    case Actuality::possible: return {"hypothetical", "positive", "possible", ""};
    case Actuality::did_not_happen: return {"asserted", "negative", "certain", "past"};
  }
  return {};
}

std::string_view act_kind(StanceAct act) {
  switch (act) {
    case StanceAct::demand: return "prescribes";
    case StanceAct::express_readiness: return "commits";
    default: return "evaluates";
  }
}

/// mission, project, ...: the first word of data/schema/kinds.tsv that stands in the action or the object.
std::string kind_of(const LedgerEntry& entry) {
  static const std::vector<std::pair<std::string_view, std::string_view>> kinds = [] {
    const Result<TsvTable> table = parse_tsv(embedded_data("schema/kinds.tsv"), "data/schema/kinds.tsv", {"word", "kind"});
    std::vector<std::pair<std::string_view, std::string_view>> rows;
    if (table)
      for (const TsvRow& row : table->rows) rows.emplace_back(row.cells[0], row.cells[1]);
    return rows;
  }();
  std::string words = " " + entry.action + " " + entry.object + " ";
  std::transform(words.begin(), words.end(), words.begin(), [](unsigned char c) { return static_cast<char>(std::isalpha(c) ? std::tolower(c) : c < 0x80 ? ' ' : c); });
  for (const auto& [word, kind] : kinds)
    if (words.find(" " + std::string(word) + " ") != std::string::npos) return std::string(kind);
  return "other";
}

bool is_made(std::string_view stage) { return stage == "pledged" || stage == "agreed" || stage == "underway" || stage == "completed"; }

class CsvExporter : public Exporter {
 public:
  CsvExporter(Database& database, const Selection& selection, std::int64_t on, EmitFile emit)
      : database_(database),
        selection_(selection),
        on_(on),
        emit_(std::move(emit)),
        commitment_(database.prepare("SELECT commitment,deadline_precision,amounts,condition_begin,condition_end FROM commitments WHERE commitment=?")),
        amount_(database.prepare("SELECT json_extract(?1,'$[0][0]'),json_extract(?1,'$[0][1]')")),
        place_(database.prepare("SELECT ref FROM commitments i, json_each(places) JOIN entities e ON e.doc=i.doc AND entity=value JOIN actors USING (actor) WHERE commitment=? ORDER BY ref LIMIT 1")),
        text_(database.prepare("SELECT substr(CAST(text AS BLOB),?2+1,?3-?2) FROM documents WHERE doc=?1")) {}

  void begin() override {
    for (const std::string_view table : tables) row(table, column_names(std::string(table) + ".csv"));
    flush();
  }

  void story(const std::vector<StoredDocument>& tellings) override {
    const auto ids = occurrences_of(tellings);
    for (std::size_t t = 0; t < tellings.size(); ++t) {
      const StoredDocument& it = tellings[t];
      keys_[it.doc] = it.key();
      document(it, tellings.front());
      if (!it.is_read()) continue;
      spans_.clear();
      for (std::size_t i = 0; i < it.reading.events.size(); ++i)
        if (!it.is_rejected('v', i)) event(it, i, ids[t][i]);
      for (std::size_t i = 0; i < it.reading.statements.size(); ++i)
        if (!it.is_rejected('s', i)) quote(it, i);
      for (const Commitment& commitment : it.reading.commitments) (void)span(it, commitment.evidence.sentence);
      for (std::size_t i = 0; i < it.reading.positions.size(); ++i)
        if (!it.is_rejected('p', i)) position(it, i);
      entities(it);
      write_spans(it);
    }
    flush();
  }

  void end() override {
    for (const LedgerEntry& entry : find_undertakings(database_, selection_, on_)) undertaking(entry);
    for (const auto& [ref, it] : entities_)
      row("entities", {ref, it.kind, it.name, it.country, it.sector, it.days.first, it.days.last, std::to_string(it.days.documents)});
    for (const auto& [key, days] : aliases_) {
      const auto& [ref, alias, lang, kind] = key;
      row("aliases", {ref, alias, lang, kind, days.first, days.last, flag(meanings_[alias].size() > 1), std::to_string(days.documents)});
    }
    for (const auto& [key, days] : offices_) {
      const auto& [office, person, country] = key;
      row("offices", {office, person, country, days.first, days.last, std::to_string(days.documents)});
    }
    flush();
  }

 private:
  /// Days of the documents that say something.
  struct Days {
    std::string first, last;
    int documents = 0;
    void add(const std::string& day) {
      ++documents;
      if (!day.empty() && (first.empty() || day < first)) first = day;
      last = std::max(last, day);
    }
  };
  struct KnownEntity {
    std::string kind, name, country, sector;
    Days days;
  };

  void row(std::string_view table, const std::vector<std::string>& cells) { append_csv_row(cells, files_[std::string(table) + ".csv"]); }
  void flush() {
    for (auto& [file, bytes] : files_) {
      emit_(file, bytes);
      bytes.clear();
    }
  }

  /// The id of a span, which will stand in spans.csv; "" for none.
  std::string span(const StoredDocument& document, const std::optional<ByteSpan>& where) {
    if (!where || where->empty()) return "";
    spans_.insert(*where);
    return span_id(document, *where);
  }
  static std::string words(const StoredDocument& document, const std::optional<ByteSpan>& where) {
    return where ? std::string(document.reading.document.text(*where)) : "";
  }
  static std::string refs(const Reading& reading, const std::vector<EntityId>& entities) {
    std::vector<std::string> list;
    for (const EntityId id : entities) list.push_back(reading.entities[id].ref);
    return joined(list);
  }

  void document(const StoredDocument& it, const StoredDocument& first) {
    const DocumentInfo& info = it.reading.document.info();
    row("documents", {it.key(), it.sha256, info.url, info.title, info.outlet, "", info.language, info.published, "", it.media_type, std::to_string(it.bytes),
                      std::to_string(it.reading.document.text().size()), info.id, it.source, info.dateline, first.key(), it.state, it.reason, it.version});
  }

  void event(const StoredDocument& document, std::size_t number, const std::string& cluster) {
    const Reading& reading = document.reading;
    const Event& it = reading.events[number];
    const std::string id = finding_id(document, 'v', number);
    const Factuality fact = factuality_of(document, it);
    const EventPlace* place = main_place(it);
    if (!place && !it.where.empty()) place = &it.where.front();
    std::vector<std::string> cells = {id, document.key(), cluster, std::string(to_string(it.type)), it.mode, joined(it.contexts), it.cameo, std::string(to_string(quad_of(it.type))),
                                      number_text(it.goldstein), refs(reading, it.actors), refs(reading, it.recipients), it.when ? it.when->from : "", it.when ? it.when->to : "",
                                      it.when ? std::string(to_string(it.when->precision)) : "", std::string(date_basis(it.when)), place ? reading.entities[place->entity].ref : "",
                                      place ? std::string(to_string(place->role)) : "", place ? std::string(to_string(place->precision)) : "",
                                      place ? number_text(place->latitude) : "", place ? number_text(place->longitude) : "", std::string(fact.modality), std::string(fact.polarity),
                                      std::string(fact.certainty), std::string(fact.time), joined(claimants(reading, it.voice)), std::to_string(claim_depth(reading, it.voice)),
                                      flag(is_in_lede(document, it.evidence.sentence.begin)), words(document, it.evidence.sentence), "",
                                      span(document, it.evidence.trigger.value_or(it.evidence.sentence))};
    for (const std::optional<PersonCount>& people : {it.dead, it.injured})
      for (const auto& bound : {people ? people->at_least : std::nullopt, people ? people->at_most : std::nullopt}) cells.push_back(bound ? std::to_string(*bound) : "");
    row("events", cells);
    const auto participants = [&](std::string_view role, EntityId entity_id) {
      const Entity& entity = reading.entities[entity_id];
      const Mention* mention = mention_in(reading, entity_id, it.evidence.sentence);
      row("participants", {id, std::string(role), entity.ref, entity.name, country_of(entity), entity.sector, entity.office,
                           mention ? span(document, mention->span) : ""});
    };
    for (const EntityId entity : it.actors) participants("actor", entity);
    for (const EntityId entity : it.recipients) participants("recipient", entity);
    for (const EventPlace& venue : it.where)
      for (EntityId state = 0; state < reading.entities.entities.size(); ++state)
        if (reading.entities[state].kind == EntityKind::state && reading.entities[state].ref == country_of(reading.entities[venue.entity])) participants("venue-state", state);
  }

  /// How the speaker was found: by what stands in the words that name it.
  static std::string resolved_by(const Reading& reading, const Statement& it) {
    if (it.speakers.empty()) return "";
    if (!it.source) return "carry-over";
    for (const Mention& mention : reading.entities.mentions) {
      if (!mention.span.overlaps(*it.source) || std::find(mention.entities.begin(), mention.entities.end(), it.speakers.front()) == mention.entities.end()) continue;
      return mention.form == MentionForm::pronoun ? "pronoun" : mention.form == MentionForm::nominal ? "office" : "name";
    }
    return "office";
  }

  void quote(const StoredDocument& document, std::size_t number) {
    const Reading& reading = document.reading;
    const Statement& it = reading.statements[number];
    std::string content;
    for (const ByteSpan piece : it.content) {
      (void)span(document, piece);
      content.append(content.empty() ? "" : " … ").append(reading.document.text(piece));
    }
    const bool nested = it.within != no_statement;
    row("quotes", {finding_id(document, 's', number), document.key(), std::string(to_string(it.kind)), refs(reading, it.speakers), words(document, it.source), resolved_by(reading, it),
                   words(document, it.cue), refs(reading, it.addressee), first_day(it.when), it.content.empty() ? "" : span(document, it.content.front()), span(document, it.cue),
                   span(document, it.source), "", "", content, flag(it.denied), nested ? finding_id(document, 's', it.within) : ""});
  }

  void position(const StoredDocument& document, std::size_t number) {
    const Reading& reading = document.reading;
    const Position& it = reading.positions[number];
    const std::string issue = it.issue_id.empty() ? issue_key(it.issue) : it.issue_id;
    const std::string stance = it.polarity == Polarity::for_ ? "1" : it.polarity == Polarity::against ? "-1" : "0";
    for (std::size_t i = 0; i < it.holders.size(); ++i) {
      const Entity& holder = reading.entities[it.holders[i]];
      const std::string id = finding_id(document, 'p', number) + (it.holders.size() > 1 ? "." + std::to_string(i + 1) : "");
      bool self = it.voice.is_outlet();
      if (!self)
        for (const EntityId speaker : reading.statements[it.voice.statement].speakers)
          self |= speaker == it.holders[i] || (!country_of(holder).empty() && country_of(reading.entities[speaker]) == country_of(holder));
      auto& [last_id, last_stance] = stances_[{holder.ref, issue}];
      const std::string superseded = !last_id.empty() && last_stance != stance ? last_id : "";
      last_id = id;
      last_stance = stance;
      row("positions", {id, holder.ref, issue, stance, "", std::string(act_kind(it.act)), "", refs(reading, it.target), published_day(document), flag(self),
                        joined(claimants(reading, it.voice)), "certain", "", it.voice.is_outlet() ? "" : finding_id(document, 's', it.voice.statement),
                        span(document, it.evidence.sentence), superseded, document.key(), it.issue});
    }
  }

  void entities(const StoredDocument& document) {
    const Reading& reading = document.reading;
    const std::string day = published_day(document);
    const std::string& lang = reading.document.info().language;
    std::set<std::tuple<std::string, std::string, std::string, std::string>> named;
    for (const Entity& entity : reading.entities.entities) {
      KnownEntity& known = entities_[entity.ref];
      if (known.days.documents == 0) known = {std::string(to_string(entity.kind)), entity.name, country_of(entity), entity.sector, {}};
      known.days.add(day);
      if (!entity.office.empty()) offices_[{entity.office, entity.ref, entity.state}].add(day);
    }
    for (const Mention& mention : reading.entities.mentions) {
      if (mention.form != MentionForm::name && mention.form != MentionForm::metonym && mention.form != MentionForm::demonym) continue;
      for (const EntityId id : mention.entities)
        named.emplace(reading.entities[id].ref, one_line(reading.document.text(mention.span)), lang, std::string(to_string(mention.form)));
    }
    for (const auto& key : named) {
      aliases_[key].add(day);
      meanings_[std::get<1>(key)].insert(std::get<0>(key));
    }
  }

  void write_spans(const StoredDocument& document) {
    const CodePoints code_points(document.reading.document.text());
    for (const ByteSpan it : spans_) {
      const ByteSpan original = document.offsets.source(it);
      row("spans", {span_id(document, it), document.key(), std::to_string(original.begin), std::to_string(original.end), std::to_string(it.begin), std::to_string(it.end),
                    std::to_string(code_points.at(it.begin)), std::to_string(code_points.at(it.end))});
    }
  }

  /// What the reports of an undertaking say beside its stage.
  struct Terms {
    std::string precision, amount, currency, unit, condition, place;
  };
  Terms terms_of(const LedgerEntry& entry) {
    Terms terms;
    for (const LedgerStep& step : entry.history) {
      commitment_.bind(1, item_of(step.source.doc, std::atoll(step.source.finding.c_str() + 1)));
      if (!commitment_.step()) continue;
      const std::int64_t item = commitment_.integer(0);
      if (!commitment_.is_null(1)) terms.precision = commitment_.text(1);
      const std::string amounts(commitment_.text(2));
      const bool has_condition = terms.condition.empty() && !commitment_.is_null(3);
      const std::int64_t begin = commitment_.integer(3), end = commitment_.integer(4);
      commitment_.run();
      if (terms.amount.empty() && !amounts.empty()) {
        if (amount_.bind(1, amounts).step()) {
          terms.amount = number_text(amount_.number(0));
          const std::string unit(amount_.text(1));
          const bool money = unit.size() == 3 && std::all_of(unit.begin(), unit.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
          (money ? terms.currency : terms.unit) = unit;
        }
        amount_.run();
      }
      if (has_condition) {
        if (text_.bind(1, step.source.doc).bind(2, begin).bind(3, end).step()) terms.condition = text_.text(0);
        text_.run();
      }
      if (terms.place.empty()) {
        if (place_.bind(1, item).step()) terms.place = place_.text(0);
        place_.run();
      }
    }
    return terms;
  }

  std::string span_of(const LedgerStep& step) {
    const auto key = keys_.find(step.source.doc);
    return key == keys_.end() ? "" : key->second + ":" + std::to_string(step.source.span.begin) + "-" + std::to_string(step.source.span.end);
  }

  void undertaking(const LedgerEntry& entry) {
    const Terms terms = terms_of(entry);
    std::string made_on, stage_since, verdict, basis;
    for (const LedgerStep& step : entry.history) {
      if (!step.of_a_party) continue;
      if (made_on.empty() && is_made(step.stage)) made_on = to_date(step.day);
      if (step.stage != entry.stage)
        stage_since.clear();
      else if (stage_since.empty())
        stage_since = to_date(step.day);
      if (step.stage == entry.stage) basis = span_of(step);
    }
    const std::string newest = to_date(entry.history.back().day);
    const bool evidence = !made_on.empty() && newest > made_on;
    if (entry.stage == "completed") verdict = "1";
    if (entry.stage == "cancelled" || entry.stage == "broken") verdict = "-1";
    if (evidence && (entry.stage == "underway" || entry.stage == "stalled")) verdict = "0";
    if (verdict.empty()) basis.clear();
    row("commitments", {entry.id, entry.title, kind_of(entry), joined(entry.undertakers), joined(entry.counterparties), entry.object, entry.sector, "", "", terms.amount, terms.currency,
                        terms.unit, terms.place, made_on, "", entry.deadline, entry.deadline.empty() ? "" : terms.precision, terms.condition, "", "", "", entry.stage, stage_since, verdict,
                        basis, flag(entry.overdue), flag(entry.contradicted)});
    std::size_t number = 0;
    for (const LedgerStep& step : entry.history) {
      const bool asserted = step.stage != "offered" && step.stage != "pledged" && step.stage != "discussed";
      std::vector<std::string> by = step.source.said_by;
      if (by.empty() && step.source.voice != "outlet") by.emplace_back("anon:source");
      row("commitment_history", {entry.id, std::to_string(++number), step.stage, "", to_date(step.day), joined(by), asserted ? "asserted" : step.stage == "discussed" ? "hypothetical" : "planned",
                                 asserted ? "certain" : "uncommitted", "", span_of(step), keys_.contains(step.source.doc) ? keys_[step.source.doc] : "", flag(step.contradicted)});
    }
  }

  Database& database_;
  Selection selection_;
  std::int64_t on_;
  EmitFile emit_;
  Query commitment_, amount_, place_, text_;
  std::map<std::string, std::string> files_;              ///< what is not yet written
  std::unordered_map<std::int64_t, std::string> keys_;    ///< of the documents, by number
  std::set<ByteSpan> spans_;                              ///< of the document that is being written
  std::map<std::string, KnownEntity> entities_;
  std::map<std::tuple<std::string, std::string, std::string, std::string>, Days> aliases_;  ///< ref, words, language, form
  std::map<std::string, std::set<std::string>> meanings_;  ///< refs that words name
  std::map<std::tuple<std::string, std::string, std::string>, Days> offices_;  ///< office, person, country
  std::map<std::pair<std::string, std::string>, std::pair<std::string, std::string>> stances_;  ///< by holder and issue: the last row, its stance
};

}  // namespace

std::unique_ptr<Exporter> make_csv_exporter(Database& database, const Selection& selection, std::int64_t on, EmitFile emit) {
  return std::make_unique<CsvExporter>(database, selection, on, std::move(emit));
}

}  // namespace dragoman
