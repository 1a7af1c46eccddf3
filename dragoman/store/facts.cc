#include "dragoman/store/facts.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "dragoman/base/sorted.h"
#include "dragoman/base/span.h"
#include "dragoman/knowledge/words.h"
#include "dragoman/store/days.h"
#include "dragoman/store/sessions.h"
#include "dragoman/store/sources.h"

namespace dragoman {
namespace {

constexpr std::size_t most_parties_of_a_story = 5;  ///< those most spoken of: pairs of others are chance

using Actor = StoryActor;

/// Parties, sorted, each once.
using Parties = std::vector<PartyId>;

void add_party(Parties& parties, PartyId party) {
  if (party != nobody) add_sorted(parties, party);
}

/// A reading with its actors, while its facts are worked out.
struct StoryFacts {
  const Reading& reading;
  const std::vector<Actor>& actors;  ///< by EntityId
  const std::vector<Correction>& corrections;
  std::int64_t day = 0;
  struct Place {
    ByteSpan span;
    EntityId entity;
    MentionForm form;
    auto operator<=>(const Place&) const = default;
  };
  std::vector<Place> mentions = {};
  PartyNames names = {};
  std::vector<std::string> parties = {};       ///< by PartyId, sorted
  Parties party = {}, state = {}, own = {};    ///< by EntityId: who it speaks for, its state, itself if it is one; else nobody

  [[nodiscard]] std::string_view text() const { return reading.document.text(); }
  [[nodiscard]] const Correction* correction(char layer, ByteSpan span, std::string_view verdict) const {
    for (const Correction& it : corrections)
      if (it.layer == layer && it.verdict == verdict && (it.span == span || it.span.overlaps(span))) return &it;
    return nullptr;
  }
  [[nodiscard]] bool rejected(char layer, ByteSpan span) const { return correction(layer, span, "reject") != nullptr; }
  [[nodiscard]] Parties parties_of(const std::vector<EntityId>& entities) const {
    Parties found;
    for (const EntityId entity : entities) add_party(found, party[entity]);
    return found;
  }
  [[nodiscard]] std::vector<std::string> names_of(const Parties& some) const {
    std::vector<std::string> named;
    for (const PartyId one : some) named.push_back(parties[static_cast<std::size_t>(one)]);
    return named;
  }
};

void number_parties(StoryFacts& story) {
  std::vector<std::string> speaks_for;  // by EntityId
  for (const Actor& actor : story.actors) speaks_for.push_back(party_of(actor.ref, actor.kind, actor.state));
  story.parties = speaks_for;
  for (const Actor& actor : story.actors) {
    story.parties.push_back(actor.state);
    if (actor.kind == "state") story.parties.push_back(actor.ref);
  }
  std::sort(story.parties.begin(), story.parties.end());
  story.parties.erase(std::unique(story.parties.begin(), story.parties.end()), story.parties.end());
  std::erase(story.parties, "");
  const auto number = [&](const std::string& name) {
    return name.empty() ? nobody : static_cast<PartyId>(std::lower_bound(story.parties.begin(), story.parties.end(), name) - story.parties.begin());
  };
  for (std::size_t i = 0; i < story.actors.size(); ++i) {
    const Actor& actor = story.actors[i];
    story.party.push_back(number(speaks_for[i]));
    story.state.push_back(number(actor.state));
    story.own.push_back(actor.kind == "state" ? number(actor.ref) : nobody);
  }
}

ByteSpan words_of(const Evidence& evidence) { return evidence.trigger.value_or(evidence.sentence); }

void add_singles(std::vector<Concern>& concerns, const Parties& parties, char layer, std::int64_t n, std::optional<EventType> type = {}) {
  for (const PartyId party : parties) concerns.push_back({party, nobody, layer, n, type});
}

void add_pair(std::vector<Concern>& concerns, PartyId one, PartyId other, char layer, std::int64_t n, std::optional<EventType> type = {}) {
  if (one != other) concerns.push_back({std::min(one, other), std::max(one, other), layer, n, type});
}

void add_pairs(std::vector<Concern>& concerns, const Parties& parties, char layer, std::int64_t n, std::optional<EventType> type = {}) {
  for (std::size_t i = 0; i < parties.size(); ++i)
    for (std::size_t j = i + 1; j < parties.size(); ++j) add_pair(concerns, parties[i], parties[j], layer, n, type);
}

Parties united(Parties one, const Parties& other) {
  for (const PartyId party : other) add_party(one, party);
  return one;
}

void make_unique(std::vector<Concern>& concerns) {
  const auto order = [](const Concern& x, const Concern& y) { return std::tie(x.a, x.b, x.layer, x.n) < std::tie(y.a, y.b, y.layer, y.n); };
  std::sort(concerns.begin(), concerns.end(), order);
  concerns.erase(std::unique(concerns.begin(), concerns.end(), [&](const Concern& x, const Concern& y) { return !order(x, y) && !order(y, x); }),
                 concerns.end());
}

/// Where entities are spoken of, in the order of the text.
void place_mentions(StoryFacts& story) {
  for (const Mention& mention : story.reading.entities.mentions)
    for (const EntityId entity : mention.entities)
      if (mention.span.end <= story.text().size()) story.mentions.push_back({mention.span, entity, mention.form});
  std::sort(story.mentions.begin(), story.mentions.end());
  story.mentions.erase(std::unique(story.mentions.begin(), story.mentions.end()), story.mentions.end());
}

/// What the story calls its states, folded: "ghana", "ghanaian", "accra" for the government there.
void name_parties(StoryFacts& story) {
  for (const Actor& actor : story.actors)
    if (actor.kind == "state") story.names.emplace(fold(actor.name), actor.ref);
  for (const StoryFacts::Place& mention : story.mentions) {
    const Actor& actor = story.actors[mention.entity];
    if (actor.kind != "state" || mention.form == MentionForm::pronoun || mention.form == MentionForm::nominal) continue;
    std::string name = fold(story.text().substr(mention.span.begin, mention.span.size()));
    if (name.ends_with(" s")) name.resize(name.size() - 2);
    story.names.emplace(std::move(name), actor.ref);
  }
}

/// The parties most spoken of, at most five, sorted.
Parties main_parties(const StoryFacts& story) {
  std::vector<int> counts(story.parties.size());
  for (const StoryFacts::Place& mention : story.mentions)
    if (const PartyId party = story.party[mention.entity]; party != nobody) ++counts[static_cast<std::size_t>(party)];
  std::vector<std::pair<int, PartyId>> ranked;
  for (std::size_t party = 0; party < counts.size(); ++party)
    if (counts[party] > 0) ranked.emplace_back(-counts[party], static_cast<PartyId>(party));
  std::sort(ranked.begin(), ranked.end());
  Parties parties;
  for (std::size_t i = 0; i < std::min(ranked.size(), most_parties_of_a_story); ++i) add_party(parties, ranked[i].second);
  return parties;
}

/// The other states that a sentence speaks of.
Parties states_in(const StoryFacts& story, ByteSpan sentence) {
  Parties states;
  auto at = std::partition_point(story.mentions.begin(), story.mentions.end(), [&](const auto& it) { return it.span.begin < sentence.begin; });
  for (; at != story.mentions.end() && at->span.begin < sentence.end; ++at)
    if (sentence.contains(at->span)) add_party(states, story.own[at->entity]);
  return states;
}

std::string place_name(const Actor& actor) {
  std::string name = fold(actor.name);
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

Wording wording_of(const StoryFacts& story, const Commitment& it) {
  Wording wording;
  const Parties undertakers = story.parties_of(it.undertakers), parties = united(undertakers, story.parties_of(it.counterparties));
  wording.undertakers = story.names_of(undertakers);
  wording.parties = story.names_of(parties);
  wording.sector = to_string(it.sector);
  wording.act = act_of_verb(it.action, to_string(it.stage));
  if (const auto* apart = story.correction('c', words_of(it.evidence), "apart")) wording.apart = apart->tag;
  reduce_phrase(it.object, story.names, wording.parties, wording);

  Parties place_states;
  for (const EntityId entity : it.places) {
    const Actor& place = story.actors[entity];
    add_party(place_states, story.state[entity]);
    if (place.kind == "state") continue;
    if (std::string folded = place_name(place); !folded.empty()) add_sorted(wording.places, std::move(folded));
    const std::string name = fold(place.name);
    for (std::size_t at = 0; at < name.size();) {
      const std::size_t end = std::min(name.find(' ', at), name.size());
      if (end > at) add_sorted(wording.words, name.substr(at, end - at));
      at = end + 1;
    }
  }
  if (parties.size() < 2) {
    for (Parties others : {place_states, states_in(story, it.evidence.sentence)}) {
      for (const PartyId party : parties) std::erase(others, party);
      if (wording.context.empty() && others.size() == 1) wording.context = story.names_of(others);
    }
  }
  const bool occasion = wording.act == ActKind::attend || wording.act == ActKind::hold;
  if (occasion)
    for (const EntityId undertaker : it.undertakers)
      if (story.actors[undertaker].kind == "person") add_sorted(wording.persons, story.actors[undertaker].ref);
  if (occasion || wording.bare) {
    const bool near = it.deadline && (it.deadline->precision == TimePrecision::day || it.deadline->precision == TimePrecision::week ||
                                      it.deadline->precision == TimePrecision::month);
    const std::int64_t set = near ? day_of(it.deadline->to) : 0;
    wording.month = month_of(set != 0 ? set : story.day);
  }
  return wording;
}

/// "the patrols" means the patrols that the same story has called by their full name.
void name_in_full(std::vector<Telling>& tellings) {
  std::vector<bool> is_full;
  for (const Telling& telling : tellings) is_full.push_back(!telling.wording.weak());
  for (std::size_t i = 0; i < tellings.size(); ++i) {
    Wording& wording = tellings[i].wording;
    if (is_full[i] || !wording.apart.empty()) continue;
    std::size_t best = i;
    int best_score = 0;
    for (std::size_t j = 0; j < tellings.size(); ++j) {
      if (!is_full[j]) continue;
      const Kinship kin = kinship_of(wording, tellings[j].wording);
      const int score = kin.kind == Kinship::Kind::none ? 0 : 10 * kin.score + (j < i ? 1 : 0);  // better one told before
      if (score > best_score) best = j, best_score = score;
    }
    if (best != i) wording = tellings[best].wording;
  }
}

}  // namespace

Facts find_facts(const Reading& reading, const std::vector<StoryActor>& actors, const std::vector<Correction>& corrections) {
  Facts facts;
  facts.day = day_of(reading.document.info().published);
  StoryFacts story{.reading = reading, .actors = actors, .corrections = corrections, .day = facts.day};
  number_parties(story);
  place_mentions(story);
  name_parties(story);

  const Parties main = main_parties(story);
  add_singles(facts.concerns, main, 'd', 0);
  add_pairs(facts.concerns, main, 'd', 0);

  std::int64_t n = 0;
  for (const Statement& it : reading.statements) {
    ++n;
    if (!it.content.empty() && story.rejected('s', it.content.front())) continue;
    add_singles(facts.concerns, story.parties_of(it.speakers), 's', n);
  }

  n = 0;
  for (const Event& it : reading.events) {
    ++n;
    if (story.rejected('v', words_of(it.evidence))) continue;
    const Parties doers = story.parties_of(it.actors), recipients = story.parties_of(it.recipients);
    std::vector<Concern> concerns;
    Parties sides = united(doers, recipients);
    if (it.type == EventType::consult && sides.size() < 2) {
      // "She visited Lisbon": the host is the state of the place. "The ministers of both met": the two that the sentence names.
      for (const EventPlace& place : it.where)
        if (place.role != PlaceRole::subject) add_party(sides, story.state[place.entity]);
      if (sides.size() < 2) {
        const Parties named = united(sides, states_in(story, it.evidence.sentence));
        if (named.size() == 2) sides = named;
      }
      add_pairs(concerns, sides, 'v', n, it.type);
    }
    add_singles(concerns, sides, 'v', n, it.type);
    for (const PartyId doer : doers)
      for (const PartyId recipient : recipients) add_pair(concerns, doer, recipient, 'v', n, it.type);
    if (it.type == EventType::consult || it.type == EventType::agree || it.type == EventType::cooperate || it.type == EventType::support)
      add_pairs(concerns, doers, 'v', n, it.type);
    make_unique(concerns);
    if (it.actuality == Actuality::happened || it.actuality == Actuality::ongoing) {
      const std::int64_t month = it.when ? month_of(it.when->from, to_string(it.when->precision), facts.day) : facts.day / 100;
      concerns.push_back({nobody, nobody, 'v', n, {}});  // the month as a whole
      for (const Concern& concern : concerns)
        facts.months.push_back({concern.a, concern.b, month, to_string(quad_of(it.type)), it.voice.statement != no_statement, it.goldstein.has_value(),
                                std::lround(it.goldstein.value_or(0) * 10)});
      concerns.pop_back();
    }
    facts.concerns.insert(facts.concerns.end(), concerns.begin(), concerns.end());
  }

  n = 0;
  for (const Commitment& it : reading.commitments) {
    ++n;
    if (story.rejected('c', words_of(it.evidence))) continue;
    const std::int64_t due = it.deadline ? day_of(it.deadline->to.empty() ? it.deadline->from : it.deadline->to) : 0;
    facts.tellings.push_back({wording_of(story, it), n, to_string(it.stage), due});
  }
  name_in_full(facts.tellings);
  // What nobody who is known undertakes ("fishermen will return to port") would be one entry of all stories.
  std::erase_if(facts.tellings, [](const Telling& it) { return it.wording.parties.empty(); });

  n = 0;
  for (const Position& it : reading.positions) {
    ++n;
    if (story.rejected('p', words_of(it.evidence))) continue;
    std::vector<std::string> holders;
    for (const EntityId holder : it.holders) {
      const PartyId party = story.party[holder];
      add_sorted(holders, party == nobody ? actors[holder].ref : story.parties[static_cast<std::size_t>(party)]);
    }
    const std::string issue = it.issue_id.empty() ? issue_key(it.issue) : it.issue_id;
    for (const std::string& holder : holders) facts.cells.push_back({holder, issue, n, to_string(it.polarity)});
  }

  for (const StoryFacts::Place& mention : story.mentions) {
    const Actor& actor = actors[mention.entity];
    static const std::set<std::string_view> bodies = {"intergovernmental_body", "government_body", "organisation"};
    if (!bodies.contains(actor.kind) || mention.form == MentionForm::pronoun) continue;
    if (const auto session = session_at(story.text(), mention.span)) facts.sessions.push_back({actor.ref, session->ordinal, session->words});
  }
  make_unique(facts.concerns);
  facts.parties = std::move(story.parties);
  return facts;
}

std::vector<std::pair<std::string, std::string>> pairs_of(const Wording& wording) {
  std::vector<std::string> parties = wording.parties;
  for (const std::string& party : wording.context) add_sorted(parties, party);
  std::vector<std::pair<std::string, std::string>> pairs;
  for (std::size_t i = 0; i < parties.size(); ++i) {
    pairs.emplace_back(parties[i], "");
    for (std::size_t j = i + 1; j < parties.size(); ++j) pairs.emplace_back(parties[i], parties[j]);
  }
  return pairs;
}

}  // namespace dragoman
