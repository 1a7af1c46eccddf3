#include "dragoman/store/facts.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "dragoman/base/span.h"
#include "dragoman/knowledge/words.h"
#include "dragoman/store/days.h"
#include "dragoman/store/mentions.h"
#include "dragoman/store/findings.h"
#include "dragoman/store/sessions.h"
#include "dragoman/store/sources.h"

namespace dragoman {
namespace {

constexpr std::size_t most_parties_of_a_story = 5;  ///< those most spoken of: pairs of others are chance

struct Actor {
  std::int64_t key = 0;
  std::string ref, kind, name, state;
};

std::string party_of(const Actor& actor) { return dragoman::party_of(actor.ref, actor.kind, actor.state); }

void add_sorted(std::vector<std::string>& list, std::string value) {
  const auto at = std::lower_bound(list.begin(), list.end(), value);
  if (!value.empty() && (at == list.end() || *at != value)) list.insert(at, std::move(value));
}

/// The words of one document's findings, while its facts are worked out.
struct StoryRows {
  std::int64_t day = 0;
  std::string text;
  std::map<std::int64_t, Actor> actors;           ///< by entity number
  std::map<std::int64_t, Actor> by_key;           ///< by actor key
  struct Place {
    ByteSpan span;
    std::int64_t entity;
    std::string form;
  };
  std::vector<Place> mentions;
  PartyNames names;
  struct Correction {
    std::string layer;
    ByteSpan span;
    std::string verdict, tag;
  };
  std::vector<Correction> corrections;

  [[nodiscard]] const Correction* correction(std::string_view layer, ByteSpan span, std::string_view verdict) const {
    for (const Correction& it : corrections)
      if (it.layer == layer && it.verdict == verdict && (it.span == span || it.span.overlaps(span))) return &it;
    return nullptr;
  }
  [[nodiscard]] bool rejected(std::string_view layer, ByteSpan span) const { return correction(layer, span, "reject") != nullptr; }
};

using Roles = std::map<std::string, std::vector<const Actor*>>;

std::vector<std::string> parties_in(const Roles& roles, std::string_view role) {
  std::vector<std::string> parties;
  if (const auto found = roles.find(std::string(role)); found != roles.end())
    for (const Actor* actor : found->second) add_sorted(parties, party_of(*actor));
  return parties;
}

void add_singles(std::vector<Concern>& concerns, const std::vector<std::string>& parties, char layer, std::int64_t item, const std::string& kind = {}) {
  for (const std::string& party : parties) concerns.push_back({party, "", layer, item, kind});
}

void add_pair(std::vector<Concern>& concerns, const std::string& one, const std::string& other, char layer, std::int64_t item, const std::string& kind = {}) {
  if (one != other) concerns.push_back({std::min(one, other), std::max(one, other), layer, item, kind});
}

void add_pairs(std::vector<Concern>& concerns, const std::vector<std::string>& parties, char layer, std::int64_t item, const std::string& kind = {}) {
  for (std::size_t i = 0; i < parties.size(); ++i)
    for (std::size_t j = i + 1; j < parties.size(); ++j) add_pair(concerns, parties[i], parties[j], layer, item, kind);
}

std::vector<std::string> united(std::vector<std::string> one, const std::vector<std::string>& other) {
  for (const std::string& value : other) add_sorted(one, value);
  return one;
}

void make_unique(std::vector<Concern>& concerns) {
  const auto order = [](const Concern& x, const Concern& y) { return std::tie(x.a, x.b, x.layer, x.item) < std::tie(y.a, y.b, y.layer, y.item); };
  std::sort(concerns.begin(), concerns.end(), order);
  concerns.erase(std::unique(concerns.begin(), concerns.end(), [&](const Concern& x, const Concern& y) { return !order(x, y) && !order(y, x); }),
                 concerns.end());
}

/// What the story calls its states, folded: "ghana", "ghanaian", "accra" for the government there.
void name_parties(StoryRows& story) {
  for (const auto& [number, actor] : story.actors)
    if (actor.kind == "state") story.names.emplace(fold(actor.name), actor.ref);
  for (const StoryRows::Place& mention : story.mentions) {
    const Actor& actor = story.actors[mention.entity];
    if (actor.kind != "state" || mention.form == "pronoun" || mention.form == "nominal") continue;
    std::string name = fold(std::string_view(story.text).substr(mention.span.begin, mention.span.size()));
    if (name.ends_with(" s")) name.resize(name.size() - 2);
    story.names.emplace(std::move(name), actor.ref);
  }
}

/// The parties most spoken of, at most five, sorted.
std::vector<std::string> main_parties(const StoryRows& story) {
  std::map<std::string, int> counts;
  for (const StoryRows::Place& mention : story.mentions)
    if (const auto actor = story.actors.find(mention.entity); actor != story.actors.end())
      if (std::string party = party_of(actor->second); !party.empty()) ++counts[party];
  std::vector<std::pair<int, std::string>> ranked;
  for (const auto& [party, count] : counts) ranked.emplace_back(-count, party);
  std::sort(ranked.begin(), ranked.end());
  std::vector<std::string> parties;
  for (std::size_t i = 0; i < std::min(ranked.size(), most_parties_of_a_story); ++i) add_sorted(parties, ranked[i].second);
  return parties;
}

/// The other states that a sentence speaks of.
std::vector<std::string> states_in(const StoryRows& story, ByteSpan sentence) {
  std::vector<std::string> states;
  for (const StoryRows::Place& mention : story.mentions)
    if (sentence.contains(mention.span))
      if (const auto actor = story.actors.find(mention.entity); actor != story.actors.end() && actor->second.kind == "state")
        add_sorted(states, actor->second.ref);
  return states;
}

struct CommitmentRow {
  std::int64_t item;
  std::string action, object, sector, stage, deadline_from, deadline_to, precision;
  ByteSpan span, sentence;
};

std::string place_name(const Actor& actor) {
  std::string name = fold(actor.name);
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

Wording wording_of(const StoryRows& story, const CommitmentRow& row, const Roles& roles) {
  Wording wording;
  wording.undertakers = parties_in(roles, "undertaker");
  wording.parties = united(wording.undertakers, parties_in(roles, "counterparty"));
  wording.sector = row.sector;
  wording.act = act_of_verb(row.action, row.stage);
  if (const auto* apart = story.correction("c", row.span, "apart")) wording.apart = apart->tag;
  reduce_phrase(row.object, story.names, wording.parties, wording);

  std::vector<std::string> place_states;
  if (const auto places = roles.find("place"); places != roles.end())
    for (const Actor* place : places->second) {
      add_sorted(place_states, place->state);
      if (place->kind == "state") continue;
      add_sorted(wording.places, place_name(*place));
      const std::string name = fold(place->name);
      for (std::size_t at = 0; at < name.size();) {
        const std::size_t end = std::min(name.find(' ', at), name.size());
        add_sorted(wording.words, name.substr(at, end - at));
        at = end + 1;
      }
    }
  if (wording.parties.size() < 2) {
    for (std::vector<std::string> others : {place_states, states_in(story, row.sentence)}) {
      for (const std::string& party : wording.parties) std::erase(others, party);
      if (!wording.context.empty() || others.empty()) continue;
      if (others.size() == 1) wording.context = others;
    }
  }
  const bool occasion = wording.act == ActKind::attend || wording.act == ActKind::hold;
  if (occasion)
    if (const auto persons = roles.find("undertaker"); persons != roles.end())
      for (const Actor* actor : persons->second)
        if (actor->kind == "person") add_sorted(wording.persons, actor->ref);
  if (occasion || wording.bare) {
    const bool near = row.precision == "day" || row.precision == "week" || row.precision == "month";
    const std::int64_t set = near ? day_of(row.deadline_to) : 0;
    wording.month = month_of(set != 0 ? set : story.day);
  }
  return wording;
}

/// "the patrols" means the patrols that the same story has called by their full name.
void name_in_full(std::vector<Telling>& tellings) {
  std::vector<Wording> full;
  for (const Telling& telling : tellings) full.push_back(telling.wording);
  for (std::size_t i = 0; i < tellings.size(); ++i) {
    if (!full[i].weak() || !full[i].apart.empty()) continue;
    std::size_t best = i;
    int best_score = 0;
    for (std::size_t j = 0; j < full.size(); ++j) {
      if (full[j].weak()) continue;
      const Kinship kin = kinship_of(full[i], full[j]);
      const int score = kin.kind == Kinship::Kind::none ? 0 : 10 * kin.score + (j < i ? 1 : 0);  // better one told before
      if (score > best_score) best = j, best_score = score;
    }
    tellings[i].wording = full[best];
  }
}

}  // namespace

std::vector<Concern> concerns_of(const Wording& wording, std::int64_t item) {
  std::vector<Concern> concerns;
  const std::vector<std::string> parties = united(wording.parties, wording.context);
  add_singles(concerns, parties, 'w', item);
  add_pairs(concerns, parties, 'w', item);
  return concerns;
}

FactFinder::FactFinder(Database& database)
    : document_(database.prepare("SELECT published,text FROM documents WHERE doc=?")),
      entities_(database.prepare("SELECT entity,actor,ref,kind,coalesce(entities.name,actors.name),state FROM entities JOIN actors USING (actor) "
                                 "WHERE doc=?")),
      mentions_(database.prepare("SELECT mentions FROM documents WHERE doc=?")),
      parties_(database.prepare("SELECT role,actor FROM parties WHERE layer=? AND item=?")),
      statements_(database.prepare("SELECT statement,content FROM statements WHERE doc=?")),
      events_(database.prepare("SELECT event,type,quad,actuality,voice,goldstein,when_from,when_precision,coalesce(trigger_begin,sentence_begin),"
                               "coalesce(trigger_end,sentence_end),sentence_begin,sentence_end,places FROM events WHERE doc=?")),
      commitments_(database.prepare("SELECT commitment,action,object,sector,stage,deadline_from,deadline_to,deadline_precision,"
                                    "coalesce(trigger_begin,sentence_begin),coalesce(trigger_end,sentence_end),sentence_begin,sentence_end "
                                    "FROM commitments WHERE doc=? ORDER BY n")),
      positions_(database.prepare("SELECT position,issue,issue_id,polarity,coalesce(trigger_begin,sentence_begin),"
                                  "coalesce(trigger_end,sentence_end) FROM positions WHERE doc=?")),
      corrections_(database.prepare("SELECT layer,begin,end,verdict,tag FROM corrections WHERE doc=?")) {}

Facts FactFinder::find(std::int64_t doc) {
  Facts facts;
  StoryRows story;
  document_.bind(1, doc);
  const bool told = document_.step();
  if (told) {
    story.day = facts.day = day_of(document_.text(0));
    story.text = document_.text(1);
  }
  document_.run();
  if (!told) return facts;

  entities_.bind(1, doc);
  while (entities_.step()) {
    Actor actor{.key = entities_.integer(1), .ref = std::string(entities_.text(2)), .kind = std::string(entities_.text(3)),
                .name = std::string(entities_.text(4)), .state = std::string(entities_.text(5))};
    story.by_key[actor.key] = actor;
    story.actors[entities_.integer(0)] = std::move(actor);
  }
  const auto span_at = [](Query& query, int column) {
    return ByteSpan{static_cast<std::uint32_t>(query.integer(column)), static_cast<std::uint32_t>(query.integer(column + 1))};
  };
  mentions_.bind(1, doc);
  if (mentions_.step())
    for (const StoredMention& mention : unpack_mentions(mentions_.text(0)))
      if (mention.span.end <= story.text.size()) story.mentions.push_back({mention.span, mention.entity, std::string(to_string(mention.form))});
  mentions_.run();
  corrections_.bind(1, doc);
  while (corrections_.step())
    story.corrections.push_back({std::string(corrections_.text(0)), span_at(corrections_, 1), std::string(corrections_.text(3)), std::string(corrections_.text(4))});
  name_parties(story);

  const auto roles_of = [&](std::string_view layer, std::int64_t item) {
    Roles roles;
    parties_.bind(1, layer).bind(2, item);
    while (parties_.step())
      if (const auto actor = story.by_key.find(parties_.integer(1)); actor != story.by_key.end())
        roles[std::string(parties_.text(0))].push_back(&actor->second);
    return roles;
  };

  const std::vector<std::string> main = main_parties(story);
  add_singles(facts.concerns, main, 'd', doc);
  add_pairs(facts.concerns, main, 'd', doc);

  statements_.bind(1, doc);
  while (statements_.step()) {
    const std::vector<ByteSpan> content = parse_spans(statements_.text(1));
    if (!content.empty() && story.rejected("s", content.front())) continue;
    const Roles roles = roles_of("s", statements_.integer(0));
    const std::vector<std::string> speakers = parties_in(roles, "speaker");
    add_singles(facts.concerns, speakers, 's', statements_.integer(0));
  }

  events_.bind(1, doc);
  while (events_.step()) {
    if (story.rejected("v", span_at(events_, 8))) continue;
    const std::int64_t item = events_.integer(0);
    const std::string type(events_.text(1)), actuality(events_.text(3));
    const Roles roles = roles_of("v", item);
    const std::vector<std::string> actors = parties_in(roles, "actor"), recipients = parties_in(roles, "recipient");
    std::vector<Concern> concerns;
    std::vector<std::string> sides = united(actors, recipients);
    if (type == "CONSULT" && sides.size() < 2) {
      // "She visited Lisbon": the host is the state of the place. "The ministers of both met": the two that the sentence names.
      for (const StoredPlace& place : parse_places(events_.text(12)))
        if (place.role != "subject")
          if (const auto actor = story.by_key.find(place.actor); actor != story.by_key.end()) add_sorted(sides, actor->second.state);
      if (sides.size() < 2) {
        const std::vector<std::string> named = united(sides, states_in(story, span_at(events_, 10)));
        if (named.size() == 2) sides = named;
      }
      add_pairs(concerns, sides, 'v', item, type);
    }
    add_singles(concerns, sides, 'v', item, type);
    for (const std::string& actor : actors)
      for (const std::string& recipient : recipients) add_pair(concerns, actor, recipient, 'v', item, type);
    if (type == "CONSULT" || type == "AGREE" || type == "COOPERATE" || type == "SUPPORT") add_pairs(concerns, actors, 'v', item, type);
    make_unique(concerns);
    if (actuality == "happened" || actuality == "ongoing") {
      const std::string_view precision = events_.text(7);
      const std::int64_t when = precision == "day" || precision == "week" || precision == "month" ? day_of(events_.text(6)) : 0;
      const std::int64_t month = (when != 0 && (facts.day == 0 || when <= facts.day) ? when : facts.day) / 100;
      concerns.push_back({"", "", 'v', item, ""});  // the month as a whole
      for (const Concern& concern : concerns)
        facts.months.push_back({concern.a, concern.b, month, std::string(events_.text(2)), !events_.is_null(4), !events_.is_null(5),
                                std::lround(events_.number(5) * 10)});
      concerns.pop_back();
    }
    facts.concerns.insert(facts.concerns.end(), concerns.begin(), concerns.end());
  }

  commitments_.bind(1, doc);
  while (commitments_.step()) {
    CommitmentRow row{.item = commitments_.integer(0),
                      .action = std::string(commitments_.text(1)),
                      .object = std::string(commitments_.text(2)),
                      .sector = std::string(commitments_.text(3)),
                      .stage = std::string(commitments_.text(4)),
                      .deadline_from = std::string(commitments_.text(5)),
                      .deadline_to = std::string(commitments_.text(6)),
                      .precision = std::string(commitments_.text(7)),
                      .span = span_at(commitments_, 8),
                      .sentence = span_at(commitments_, 10)};
    if (story.rejected("c", row.span)) continue;
    const std::int64_t due = day_of(row.deadline_to.empty() ? row.deadline_from : row.deadline_to);
    facts.tellings.push_back({wording_of(story, row, roles_of("c", row.item)), row.item, row.stage, due});
  }
  name_in_full(facts.tellings);

  positions_.bind(1, doc);
  while (positions_.step()) {
    if (story.rejected("p", span_at(positions_, 4))) continue;
    const std::int64_t item = positions_.integer(0);
    const Roles roles = roles_of("p", item);
    std::vector<std::string> holders;
    if (const auto found = roles.find("holder"); found != roles.end())
      for (const Actor* holder : found->second) {
        const std::string party = party_of(*holder);
        add_sorted(holders, party.empty() ? holder->ref : party);
      }
    const std::string issue = positions_.is_null(2) ? issue_key(positions_.text(1)) : std::string(positions_.text(2));
    for (const std::string& holder : holders) facts.cells.push_back({holder, issue, item, std::string(positions_.text(3))});
  }

  for (const StoryRows::Place& mention : story.mentions) {
    const auto actor = story.actors.find(mention.entity);
    static const std::set<std::string_view> bodies = {"intergovernmental_body", "government_body", "organisation"};
    if (actor == story.actors.end() || !bodies.contains(actor->second.kind) || mention.form == "pronoun") continue;
    if (const auto session = session_at(story.text, mention.span))
      facts.sessions.push_back({actor->second.key, session->ordinal, session->words});
  }
  make_unique(facts.concerns);
  return facts;
}

}  // namespace dragoman
