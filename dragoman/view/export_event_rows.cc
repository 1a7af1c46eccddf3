// Reports of events in rows: POLECAT's 40 columns, ICEWS's 20, GDELT's 61 and 16.
#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include "dragoman/view/export_facts.h"
#include "dragoman/view/exporters.h"

namespace dragoman {
namespace {

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

/// A list's separator can't stand in a value.
std::string value_in_list(std::string value) {
  std::replace(value.begin(), value.end(), ';', ',');
  return value;
}

bool is_place(const Entity& entity) { return entity.kind == EntityKind::place; }

/// The place of an event; nothing where none is told.
struct Place {
  const Entity* entity = nullptr;
  std::optional<double> latitude, longitude;
  EntityId id = no_entity;

  [[nodiscard]] std::string name() const { return entity ? entity->name : ""; }
  [[nodiscard]] std::string city() const { return entity && is_place(*entity) ? entity->name : ""; }
  [[nodiscard]] std::string country() const { return entity ? country_of(*entity) : ""; }
  [[nodiscard]] std::string country_name() const { return std::string(country_codes(country()).name); }
};

Place place_of(const Reading& reading, const Event& event) {
  const EventPlace* place = main_place(event);
  if (!place) return {};
  return {&reading.entities[place->entity], place->latitude, place->longitude, place->entity};
}

class PolecatExporter : public Exporter {
 public:
  explicit PolecatExporter(EmitFile emit) : emit_(std::move(emit)) {}

  void begin() override {
    std::string out;
    append_tab_row(column_names("polecat"), "None", out);
    emit_("polecat.tsv", out);
  }

  void story(const std::vector<StoredDocument>& tellings) override {
    std::string out;
    for (const StoredDocument& telling : tellings)
      for (std::size_t i = 0; i < telling.reading.events.size(); ++i)
        if (!telling.is_rejected('v', i)) append_tab_row(row(telling, i), "None", out);
    emit_("polecat.tsv", out);
  }

 private:
  static void add_side(const Reading& reading, const std::vector<EntityId>& entities, ByteSpan sentence, std::vector<std::string>& cells) {
    std::vector<std::string> names, countries, cow, sectors, titles, raw;
    for (const EntityId id : entities) {
      const Entity& entity = reading.entities[id];
      names.push_back(value_in_list(entity.name));
      countries.push_back(country_of(entity));
      cow.emplace_back(country_codes(countries.back()).cow);
      sectors.push_back(entity.sector);
      titles.push_back(value_in_list(entity.office));
      const Mention* mention = mention_in(reading, id, sentence);
      raw.push_back(value_in_list(mention ? std::string(reading.document.text(mention->span)) : entity.name));
    }
    const std::string first = sectors.empty() ? "" : sectors.front();
    for (const std::string& cell : {joined(names), joined(countries), joined(cow), first, joined(sectors), joined(titles), joined(raw), std::string()}) cells.push_back(cell);
  }

  static std::vector<std::string> row(const StoredDocument& telling, std::size_t number) {
    const Reading& reading = telling.reading;
    const Event& event = reading.events[number];
    const ByteSpan sentence = event.evidence.sentence;
    std::string quad = upper(to_string(quad_of(event.type)));
    std::replace(quad.begin(), quad.end(), '_', ' ');
    std::vector<std::string> cells = {finding_id(telling, 'v', number), first_day(event.when), std::string(to_string(event.type)), event.mode,
                                      number_text(event.goldstein), quad, joined(event.contexts)};
    add_side(reading, event.actors, sentence, cells);
    add_side(reading, event.recipients, sentence, cells);
    const Place place = place_of(reading, event);
    const Mention* raw = place.entity ? mention_in(reading, place.id, sentence) : nullptr;
    const std::string feature = !place.entity ? "" : is_place(*place.entity) ? "PPL" : place.entity->kind == EntityKind::state ? "PCLI" : "RGN";
    for (const std::string& cell : {place.name(), place.city(), std::string(), std::string(), place.country(), number_text(place.latitude), number_text(place.longitude),
                                    std::string(), raw ? std::string(reading.document.text(raw->span)) : std::string(), feature})
      cells.push_back(cell);
    std::vector<std::string> people, organisations, locations;
    for (const Entity& entity : reading.entities.entities) {
      const std::string name = value_in_list(entity.name);
      switch (entity.kind) {
        case EntityKind::person: people.push_back(name); break;
        case EntityKind::state: case EntityKind::region: case EntityKind::place: locations.push_back(name); break;
        case EntityKind::government_body: case EntityKind::intergovernmental_body: case EntityKind::armed_group: case EntityKind::party: case EntityKind::company:
        case EntityKind::organisation: organisations.push_back(name); break;
        default: break;
      }
    }
    const DocumentInfo& info = reading.document.info();
    for (const std::string& cell : {info.outlet, published_day(telling), joined(people), joined(organisations), joined(locations), info.language, telling.version}) cells.push_back(cell);
    return cells;
  }

  EmitFile emit_;
};

class IcewsExporter : public Exporter {
 public:
  explicit IcewsExporter(EmitFile emit) : emit_(std::move(emit)) {}

  void begin() override {
    std::string out;
    append_tab_row(column_names("icews"), "", out);
    emit_("icews.tsv", out);
  }

  void story(const std::vector<StoredDocument>& tellings) override {
    std::string out;
    for (const StoredDocument& telling : tellings)
      for (std::size_t i = 0; i < telling.reading.events.size(); ++i) {
        if (telling.is_rejected('v', i)) continue;
        const Event& event = telling.reading.events[i];
        const std::size_t sentence = sentence_number(telling, event.evidence.trigger.value_or(event.evidence.sentence).begin);
        const Place place = place_of(telling.reading, event);
        for (const auto& [source, target] : dyads_of(event)) {
          std::vector<std::string> cells = {std::to_string(number_of(finding_id(telling, 'v', i))), published_day(telling)};
          add_side(telling.reading, source, cells);
          cells.insert(cells.end(), {std::string(cameo_name(event.cameo)), event.cameo, number_text(event.goldstein)});
          add_side(telling.reading, target, cells);
          cells.insert(cells.end(), {tellings.front().key(), sentence == 0 ? "" : std::to_string(sentence), telling.reading.document.info().outlet, place.city(), "", "",
                                     place.country_name(), number_text(place.latitude), number_text(place.longitude)});
          append_tab_row(cells, "", out);
        }
      }
    emit_("icews.tsv", out);
  }

 private:
  static void add_side(const Reading& reading, EntityId id, std::vector<std::string>& cells) {
    if (id == no_entity) return cells.resize(cells.size() + 3);
    const Entity& entity = reading.entities[id];
    cells.insert(cells.end(), {entity.name, entity.sector, std::string(country_codes(country_of(entity)).name)});
  }

  EmitFile emit_;
};

/// An occurrence between two actors, with the reports of it.
struct Occurrence {
  std::int64_t id = 0;
  struct Report {
    const StoredDocument* telling;
    const Event* event;
    EntityId one, other;
  };
  std::vector<Report> reports;  ///< the first telling first
};

/// Those of one story, in the order in which they are told.
std::vector<Occurrence> occurrences(const std::vector<StoredDocument>& tellings) {
  std::vector<Occurrence> all;
  std::map<std::int64_t, std::size_t> index;
  const std::vector<std::vector<std::string>> ids = occurrences_of(tellings);
  for (std::size_t t = 0; t < tellings.size(); ++t) {
    const Reading& reading = tellings[t].reading;
    for (std::size_t i = 0; i < reading.events.size(); ++i) {
      if (tellings[t].is_rejected('v', i)) continue;
      for (const auto& [one, other] : dyads_of(reading.events[i])) {
        const auto ref = [&](EntityId id) { return id == no_entity ? std::string() : reading.entities[id].ref; };
        const std::int64_t id = number_of(ids[t][i] + "|" + ref(one) + "|" + ref(other));
        const auto [at, fresh] = index.emplace(id, all.size());
        if (fresh) all.push_back({id, {}});
        all[at->second].reports.push_back({&tellings[t], &reading.events[i], one, other});
      }
    }
  }
  return all;
}

/// "2025-11-30" -> "20251130"; "" for "".
std::string compact(std::string_view day) {
  std::string text(day);
  std::erase(text, '-');
  return text.size() == 8 ? text : "";
}

/// Day of an occurrence: as the first report that tells one has it, else the first day of publication.
std::string day_of_occurrence(const Occurrence& occurrence) {
  for (const auto& report : occurrence.reports)
    if (std::string day = compact(first_day(report.event->when)); !day.empty()) return day;
  for (const auto& report : occurrence.reports)
    if (std::string day = compact(published_day(*report.telling)); !day.empty()) return day;
  return "";
}

std::string with_time(const std::string& day) { return day.empty() ? "" : day + "000000"; }

/// An address; else outlet, title and day.
std::string address_of(const StoredDocument& document) {
  const DocumentInfo& info = document.reading.document.info();
  return info.url.empty() ? joined({info.outlet, info.title, published_day(document)}, ", ") : info.url;
}

class GdeltExporter : public Exporter {
 public:
  explicit GdeltExporter(EmitFile emit) : emit_(std::move(emit)) {}

  void begin() override { emit_("dragoman.export.CSV", ""); }
  void story(const std::vector<StoredDocument>& tellings) override {
    std::string out;
    for (const Occurrence& occurrence : occurrences(tellings)) append_tab_row(row(occurrence), "", out);
    emit_("dragoman.export.CSV", out);
  }

 private:
  static void add_actor(const Reading& reading, EntityId id, std::vector<std::string>& cells) {
    if (id == no_entity) return cells.resize(cells.size() + 10);
    const Entity& entity = reading.entities[id];
    const std::string country = country_of(entity), type = entity.kind == EntityKind::state ? "" : entity.sector;
    cells.insert(cells.end(), {country + type, upper(entity.name), country, "", "", "", "", type, "", ""});
  }

  static std::vector<std::string> row(const Occurrence& occurrence) {
    const auto& first = occurrence.reports.front();
    const Event& event = *first.event;
    const Reading& reading = first.telling->reading;
    const std::string day = day_of_occurrence(occurrence);
    std::vector<std::string> cells = {std::to_string(occurrence.id), day, day.substr(0, 6), day.substr(0, 4), fraction(day)};
    add_actor(reading, first.one, cells);
    add_actor(reading, first.other, cells);

    std::set<std::string> outlets;
    std::set<const StoredDocument*> documents;
    bool root = false;
    for (const auto& report : occurrence.reports) {
      outlets.insert(report.telling->reading.document.info().outlet);
      documents.insert(report.telling);
      root |= is_in_lede(*report.telling, report.event->evidence.sentence.begin);
    }
    constexpr const char* quads[] = {"1", "2", "3", "4"};
    cells.insert(cells.end(), {root ? "1" : "0", event.cameo, event.cameo.substr(0, 3), event.cameo.substr(0, 2), quads[static_cast<std::size_t>(quad_of(event.type))],
                               number_text(event.goldstein), std::to_string(occurrence.reports.size()), std::to_string(outlets.size()), std::to_string(documents.size()), ""});
    cells.resize(cells.size() + 16);  // places of the actors
    add_place(place_of(reading, event), cells);
    const auto dated = std::find_if(occurrence.reports.begin(), occurrence.reports.end(), [](const auto& report) { return !published_day(*report.telling).empty(); });
    cells.push_back(dated == occurrence.reports.end() ? "" : with_time(compact(published_day(*dated->telling))));
    cells.push_back(address_of(*first.telling));
    return cells;
  }

  static void add_place(const Place& place, std::vector<std::string>& cells) {
    if (!place.entity || (!is_place(*place.entity) && place.entity->kind != EntityKind::state)) return cells.resize(cells.size() + 8);
    const CountryCodes codes = country_codes(place.country());
    const std::string fips(codes.fips), country(codes.name);
    const bool city = is_place(*place.entity);
    cells.insert(cells.end(), {!city ? "1" : place.country() == "USA" ? "3" : "4", city ? joined({place.name(), country}, ", ") : country, fips, city ? fips : "", "",
                               number_text(place.latitude), number_text(place.longitude), city ? "" : fips});
  }

  /// 20251130 -> 2025.9863: the codebook's formula.
  static std::string fraction(const std::string& day) {
    if (day.empty()) return "";
    const int year = std::atoi(day.substr(0, 4).c_str()), month = std::atoi(day.substr(4, 2).c_str()), of_month = std::atoi(day.substr(6, 2).c_str());
    char text[32];
    std::snprintf(text, sizeof text, "%.4f", year + (month * 30 + of_month) / 365.0);
    return text;
  }

  EmitFile emit_;
};

class MentionsExporter : public Exporter {
 public:
  explicit MentionsExporter(EmitFile emit) : emit_(std::move(emit)) {}

  void begin() override { emit_("dragoman.mentions.CSV", ""); }
  void story(const std::vector<StoredDocument>& tellings) override {
    std::map<const StoredDocument*, CodePoints> code_points;
    for (const StoredDocument& telling : tellings) code_points.emplace(&telling, CodePoints(telling.reading.document.text()));
    std::string out;
    for (const Occurrence& occurrence : occurrences(tellings)) {
      const std::string day = with_time(day_of_occurrence(occurrence));
      for (const auto& report : occurrence.reports) append_tab_row(row(occurrence, day, report, code_points.at(report.telling)), "", out);
    }
    emit_("dragoman.mentions.CSV", out);
  }

 private:
  static std::vector<std::string> row(const Occurrence& occurrence, const std::string& day, const Occurrence::Report& report, const CodePoints& code_points) {
    const Reading& reading = report.telling->reading;
    const Evidence& evidence = report.event->evidence;
    const ByteSpan words = evidence.trigger.value_or(evidence.sentence);
    const auto offset = [&](EntityId id) -> std::string {
      const Mention* mention = id == no_entity ? nullptr : mention_in(reading, id, evidence.sentence);
      return mention ? std::to_string(code_points.at(mention->span.begin)) : "-1";
    };
    const std::size_t sentence = sentence_number(*report.telling, words.begin);
    const DocumentInfo& info = reading.document.info();
    return {std::to_string(occurrence.id), day, with_time(compact(published_day(*report.telling))), info.url.empty() ? "2" : "1", info.outlet, address_of(*report.telling),
            sentence == 0 ? "" : std::to_string(sentence), offset(report.one), offset(report.other), std::to_string(code_points.at(words.begin)), "1", "",
            std::to_string(code_points.size()), "", "", ""};
  }

  EmitFile emit_;
};

}  // namespace

std::unique_ptr<Exporter> make_polecat_exporter(EmitFile emit) { return std::make_unique<PolecatExporter>(std::move(emit)); }
std::unique_ptr<Exporter> make_icews_exporter(EmitFile emit) { return std::make_unique<IcewsExporter>(std::move(emit)); }
std::unique_ptr<Exporter> make_gdelt_exporter(EmitFile emit) { return std::make_unique<GdeltExporter>(std::move(emit)); }
std::unique_ptr<Exporter> make_mentions_exporter(EmitFile emit) { return std::make_unique<MentionsExporter>(std::move(emit)); }

}  // namespace dragoman
