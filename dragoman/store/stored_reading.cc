#include "dragoman/store/stored_reading.h"

#include <algorithm>
#include <map>

#include "dragoman/store/findings.h"
#include "dragoman/store/items.h"
#include "dragoman/store/mentions.h"

namespace dragoman {
namespace {

std::optional<ByteSpan> span_at(const Query& row, int column) {
  if (row.is_null(column) || row.is_null(column + 1)) return std::nullopt;
  return ByteSpan{static_cast<std::uint32_t>(row.integer(column)), static_cast<std::uint32_t>(row.integer(column + 1))};
}

std::optional<TimeRange> time_at(const Query& row, int column) {
  if (row.is_null(column + 2)) return std::nullopt;
  return TimeRange{.from = std::string(row.text(column)),
                   .to = std::string(row.text(column + 1)),
                   .precision = time_precision_of(row.text(column + 2)).value_or(TimePrecision::relative),
                   .span = std::nullopt};
}

/// Numbers of statements count from 1; null: none.
StatementId statement_at(const Query& row, int column) {
  return row.is_null(column) ? no_statement : static_cast<StatementId>(row.integer(column) - 1);
}

PlaceRole role_of(std::string_view name) {
  for (const PlaceRole role : {PlaceRole::target, PlaceRole::origin, PlaceRole::destination, PlaceRole::subject})
    if (to_string(role) == name) return role;
  return PlaceRole::venue;
}

PlacePrecision precision_of(std::string_view name) {
  for (const PlacePrecision it : {PlacePrecision::sub_city, PlacePrecision::city, PlacePrecision::district, PlacePrecision::province, PlacePrecision::country, PlacePrecision::region})
    if (to_string(it) == name) return it;
  return PlacePrecision::unknown;
}

}  // namespace

struct ReadingLoader::Impl {
  explicit Impl(Database& of)
      : document_(of.prepare("SELECT cluster,coalesce(engine,0),sha256,source,media_type,state,reason,id,title,outlet,url,published,dateline,language,mentions,text "
                             "FROM documents WHERE doc=?")),
        entities_(of.prepare("SELECT entity,kind,ref,coalesce(entities.name,actors.name),state,sector,office,actor FROM entities JOIN actors USING (actor) WHERE doc=? ORDER BY entity")),
        statements_(of.prepare("SELECT statement,kind,cue_begin,cue_end,source_begin,source_end,content,quoted,occasion,when_from,when_to,when_precision,within,denied,speakers,addressees "
                               "FROM statements WHERE " + of_document("statement") + " ORDER BY statement")),
        events_(of.prepare("SELECT event,type,mode,contexts,cameo,goldstein,actuality,voice,when_from,when_to,when_precision,places,trigger_begin,trigger_end,"
                           "sentence_begin,sentence_end,when_basis,actors,recipients FROM events WHERE " + of_document("event") + " ORDER BY event")),
        casualties_(of.prepare("SELECT kind,at_least,at_most,begin,end FROM casualties WHERE event=?")),
        commitments_(of.prepare("SELECT commitment,title,action,object,sector,stage,deadline_from,deadline_to,deadline_precision,amounts,condition_begin,condition_end,voice,"
                                "trigger_begin,trigger_end,sentence_begin,sentence_end,evidence,undertakers,counterparties,places FROM commitments WHERE " +
                                of_document("commitment") + " ORDER BY commitment")),
        amounts_(of.prepare("SELECT json_extract(value,'$[0]'),json_extract(value,'$[1]'),json_extract(value,'$[2]'),json_extract(value,'$[3]') "
                            "FROM commitments, json_each(amounts) WHERE commitment=?")),
        positions_(of.prepare("SELECT position,issue,issue_id,polarity,act,voice,trigger_begin,trigger_end,sentence_begin,sentence_end,evidence,holders,targets FROM positions WHERE " +
                              of_document("position") + " ORDER BY position")) {}

  void load(std::int64_t doc, Reading& reading, const std::vector<StoredMention>& mentions) {
    ids_.clear();
    actors_.clear();
    entities(entities_.bind(1, doc), reading.entities);
    for (const StoredMention& it : mentions) {
      const auto entity = ids_.find(it.entity);
      if (entity == ids_.end()) continue;
      Mention mention;
      mention.span = it.span;
      mention.form = it.form;
      mention.entities = {entity->second};
      reading.entities.mentions.push_back(std::move(mention));
    }
    statements(statements_.bind(1, doc), reading);
    events(events_.bind(1, doc), reading);
    commitments(commitments_.bind(1, doc), reading);
    positions(positions_.bind(1, doc), reading);
  }

  void entities(Query& row, Entities& into) {
    while (row.step()) {
      Entity entity;
      entity.kind = entity_kind_of(row.text(1)).value_or(EntityKind::organisation);
      entity.ref = row.text(2);
      entity.name = row.text(3);
      entity.state = row.text(4);
      entity.sector = row.text(5);
      entity.office = row.text(6);
      const auto id = static_cast<EntityId>(into.entities.size());
      ids_[row.integer(0)] = id;
      actors_[row.integer(7)] = id;
      into.entities.push_back(std::move(entity));
    }
  }

  [[nodiscard]] std::vector<EntityId> parties(std::string_view numbers) const {
    std::vector<EntityId> list;
    for (const std::int64_t number : parse_list(numbers))
      if (const auto id = ids_.find(number); id != ids_.end()) list.push_back(id->second);
    return list;
  }

  static Evidence evidence_at(const Query& row, int trigger, int sentence, std::string_view spans) {
    return {.trigger = span_at(row, trigger), .sentence = span_at(row, sentence).value_or(ByteSpan{}), .spans = parse_spans(spans)};
  }

  void statements(Query& row, Reading& reading) {
    while (row.step()) {
      Statement it;
      it.kind = quotation_of(row.text(1)).value_or(Quotation::indirect);
      it.cue = span_at(row, 2);
      it.source = span_at(row, 4);
      it.content = parse_spans(row.text(6));
      it.quoted = parse_spans(row.text(7));
      it.occasion = row.text(8);
      it.when = time_at(row, 9);
      it.within = statement_at(row, 12);
      it.denied = row.integer(13) != 0;
      it.speakers = parties(row.text(14));
      it.addressee = parties(row.text(15));
      reading.statements.push_back(std::move(it));
    }
  }

  void events(Query& row, Reading& reading) {
    while (row.step()) {
      Event it;
      const std::int64_t item = row.integer(0);
      it.type = event_type_of(row.text(1)).value_or(EventType::consult);
      it.mode = row.text(2);
      it.contexts = split_contexts(row.text(3));
      it.cameo = row.text(4);
      if (!row.is_null(5)) it.goldstein = row.number(5);
      it.actuality = actuality_of(row.text(6)).value_or(Actuality::happened);
      it.voice = {statement_at(row, 7)};
      it.when = time_at(row, 8);
      if (it.when) it.when->basis = time_basis_of(row.text(16)).value_or(TimeBasis::unknown);
      for (const StoredPlace& place : parse_places(row.text(11)))
        if (const auto id = actors_.find(place.actor); id != actors_.end())
          it.where.push_back({.entity = id->second, .latitude = place.latitude, .longitude = place.longitude, .role = role_of(place.role), .precision = precision_of(place.precision)});
      casualties_.bind(1, item);
      while (casualties_.step()) {
        const auto bound = [&](int column) { return casualties_.is_null(column) ? std::nullopt : std::optional(static_cast<std::uint32_t>(casualties_.integer(column))); };
        (casualties_.text(0) == "dead" ? it.dead : it.injured) = PersonCount{.at_least = bound(1), .at_most = bound(2), .span = span_at(casualties_, 3).value_or(ByteSpan{})};
      }
      it.evidence = evidence_at(row, 12, 14, "");
      it.actors = parties(row.text(17));
      it.recipients = parties(row.text(18));
      reading.events.push_back(std::move(it));
    }
  }

  void commitments(Query& row, Reading& reading) {
    while (row.step()) {
      Commitment it;
      const std::int64_t item = row.integer(0);
      it.title = row.text(1);
      it.action = row.text(2);
      it.object = row.text(3);
      it.sector = sector_of(row.text(4)).value_or(Sector::other);
      it.stage = stage_of(row.text(5)).value_or(Stage::discussed);
      it.deadline = time_at(row, 6);
      if (!row.is_null(9)) {
        amounts_.bind(1, item);
        while (amounts_.step()) it.amounts.push_back({amounts_.number(0), std::string(amounts_.text(1)), span_at(amounts_, 2).value_or(ByteSpan{})});
      }
      it.condition = span_at(row, 10);
      it.voice = {statement_at(row, 12)};
      it.evidence = evidence_at(row, 13, 15, row.text(17));
      it.undertakers = parties(row.text(18));
      it.counterparties = parties(row.text(19));
      it.places = parties(row.text(20));
      reading.commitments.push_back(std::move(it));
    }
  }

  void positions(Query& row, Reading& reading) {
    while (row.step()) {
      Position it;
      it.issue = row.text(1);
      it.issue_id = row.text(2);
      it.polarity = polarity_of(row.text(3)).value_or(Polarity::mixed);
      it.act = stance_act_of(row.text(4)).value_or(StanceAct::endorse);
      it.voice = {statement_at(row, 5)};
      it.evidence = evidence_at(row, 6, 8, row.text(10));
      it.holders = parties(row.text(11));
      it.target = parties(row.text(12));
      reading.positions.push_back(std::move(it));
    }
  }

  static std::vector<std::string> split_contexts(std::string_view text) {
    std::vector<std::string> contexts;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(';'), text.size());
      contexts.emplace_back(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return contexts;
  }

  Query document_, entities_, statements_, events_, casualties_, commitments_, amounts_, positions_;
  std::map<std::int64_t, EntityId> ids_, actors_;  ///< by number in the reading, by actor
};

ReadingLoader::ReadingLoader(Database& database) : impl_(std::make_unique<Impl>(database)) {}
ReadingLoader::ReadingLoader(ReadingLoader&&) noexcept = default;
ReadingLoader::~ReadingLoader() = default;

std::optional<StoredReading> ReadingLoader::load(std::int64_t doc) {
  Query& row = impl_->document_;
  if (!row.bind(1, doc).step()) return std::nullopt;
  StoredReading stored;
  stored.doc = doc;
  stored.cluster = row.integer(0);
  stored.engine = row.integer(1);
  stored.sha256 = row.text(2);
  stored.source = row.text(3);
  stored.media_type = row.text(4);
  stored.state = row.text(5);
  stored.reason = row.text(6);
  DocumentInfo info;
  info.id = row.text(7);
  info.title = row.text(8);
  info.outlet = row.text(9);
  info.url = row.text(10);
  info.published = row.text(11);
  info.dateline = row.text(12);
  info.language = row.text(13);
  const std::vector<StoredMention> mentions = unpack_mentions(row.text(14));
  stored.reading.document = DocumentBuilder(std::string(row.text(15)), std::move(info)).finish();
  row.run();
  impl_->load(doc, stored.reading, mentions);
  return stored;
}

std::optional<StoredReading> load_reading(Database& database, std::int64_t doc) { return ReadingLoader(database).load(doc); }

std::int64_t find_document(Database& database, std::string_view id) {
  Query row = database.prepare("SELECT min(doc) FROM documents WHERE id=?");
  std::int64_t doc = 0;
  if (row.bind(1, id).step()) doc = row.integer(0);
  row.run();
  return doc;
}

}  // namespace dragoman
