#include "dragoman/store/dossier.h"

#include <algorithm>
#include <map>
#include <set>

#include "dragoman/store/days.h"
#include "dragoman/store/findings.h"
#include "dragoman/store/items.h"
#include "dragoman/store/mentions.h"
#include "dragoman/store/sources.h"
#include "dragoman/store/walk.h"

namespace dragoman {
namespace {

class Compiler {
 public:
  Compiler(Database& database, const Selection& selection, std::int64_t on, const DossierOptions& options)
      : database_(database), selection_(selection), options_(options), sources_(database) {
    dossier_.one = selection.between[0];
    dossier_.other = selection.between[1];
    dossier_.one_name = name_of(dossier_.one);
    dossier_.other_name = name_of(dossier_.other);
    dossier_.since = selection.since;
    dossier_.until = selection.until;
    dossier_.on = on;
  }

  Dossier compile() {
    stories();
    meetings();
    bodies();
    undertakings();
    dossier_.stances = find_stances(database_, selection_, StanceSources::newest);
    dossier_.positions = compare_stances(dossier_.stances, dossier_.one, dossier_.other);
    third_parties();
    obstacles();
    dossier_.months = list_months(database_, selection_);
    return std::move(dossier_);
  }

 private:
  /// completed first, what is called off last
  static int rank_of(std::string_view stage) {
    constexpr std::string_view order[] = {"completed", "underway", "agreed", "pledged", "offered", "discussed", "stalled", "cancelled", "broken"};
    return static_cast<int>(std::find(std::begin(order), std::end(order), stage) - std::begin(order));
  }

  std::string name_of(const std::string& ref) {
    std::string name = ref;
    Query query = database_.prepare("SELECT name FROM actors WHERE ref=?");
    if (query.bind(1, ref).step()) name = query.text(0);
    return name;
  }

  void undertakings() {
    const auto order = order_undertakings(database_, selection_);
    dossier_.undertakings = newest_undertakings(database_, order, selection_, dossier_.on, options_.undertakings, LedgerSources::recent);
    const auto in_time = std::count_if(order.begin(), order.end(), [&](const LedgerPlace& it) { return it.day >= selection_.since; });
    const bool is_cut = dossier_.undertakings.size() >= options_.undertakings;  // else some are left out for their outlet, not for want of room
    dossier_.all_undertakings = is_cut ? static_cast<std::int64_t>(in_time) : std::ssize(dossier_.undertakings);
    std::stable_sort(dossier_.undertakings.begin(), dossier_.undertakings.end(), [](const LedgerEntry& a, const LedgerEntry& b) {
      return std::pair(a.sector, rank_of(a.stage)) < std::pair(b.sector, rank_of(b.stage));
    });
  }

  void stories() {
    walk_items(database_, selection_, 'd', "", [&](std::int64_t doc) {
      docs_.push_back(doc);
      return true;
    });
    dossier_.stories = static_cast<std::int64_t>(docs_.size());
    Query query = database_.prepare("SELECT cluster,published FROM documents WHERE doc=?");
    Query tellers = database_.prepare("SELECT DISTINCT outlet FROM documents WHERE cluster=?");
    std::map<std::string, std::int64_t> outlets;
    for (std::size_t i = 0; i < docs_.size(); ++i) {
      const bool counted = i < options_.stories_for_context;
      if (!counted && i + 1 < docs_.size()) continue;  // the oldest one gives the first day
      if (!query.bind(1, docs_[i]).step()) continue;
      const std::string day(query.text(1).substr(0, 10));
      tellers.bind(1, query.integer(0));
      while (counted && tellers.step()) ++outlets[std::string(tellers.text(0))];
      if (!day.empty() && (dossier_.first.empty() || day < dossier_.first)) dossier_.first = day;
      dossier_.last = std::max(dossier_.last, day);
      query.run();
    }
    outlets.erase("");
    dossier_.outlets.assign(outlets.begin(), outlets.end());
    std::stable_sort(dossier_.outlets.begin(), dossier_.outlets.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  }

  void meetings() {
    std::map<std::string_view, Channel> channels;
    std::map<std::pair<std::string, std::string>, Contact> contacts;
    Findings findings(database_);
    walk_items(database_, selection_, 'v', "CONSULT", [&](std::int64_t item) {
      ++dossier_.all_meetings;
      // All are counted; only the newest are read, and counted by channel.
      if (dossier_.meetings.size() >= options_.stories_for_context) return true;
      EventReport meeting = findings.event(item);
      Channel& channel = channels[channel_of(meeting)];
      channel.name = channel_of(meeting);
      ++(meeting.actuality == "did_not_happen"                                      ? channel.failed
         : meeting.actuality == "happened" || meeting.actuality == "ongoing" ? channel.happened
                                                                                    : channel.planned);
      channel.last = std::max(channel.last, meeting.source.date);
      if (meeting.actuality == "happened" || meeting.actuality == "ongoing") count_contacts(meeting, contacts);
      dossier_.meetings.push_back(std::move(meeting));
      return true;
    });
    if (dossier_.meetings.size() > options_.meetings) dossier_.meetings.resize(options_.meetings);
    for (auto& [name, channel] : channels) dossier_.channels.push_back(std::move(channel));
    std::stable_sort(dossier_.channels.begin(), dossier_.channels.end(), [](const Channel& a, const Channel& b) { return a.happened > b.happened; });
    for (auto& [refs, contact] : contacts) dossier_.contacts.push_back(std::move(contact));
    std::stable_sort(dossier_.contacts.begin(), dossier_.contacts.end(), [](const Contact& a, const Contact& b) { return a.meetings > b.meetings; });
    if (dossier_.contacts.size() > options_.contacts) dossier_.contacts.resize(options_.contacts);
  }

  void count_contacts(const EventReport& meeting, std::map<std::pair<std::string, std::string>, Contact>& contacts) const {
    std::map<std::string, const Participant*> ones, others;  // each person once, whatever the role
    for (const auto* side : {&meeting.actors, &meeting.recipients})
      for (const Participant& person : *side) {
        if (person.kind != "person") continue;
        if (person.party == dossier_.one) ones[person.ref] = &person;
        if (person.party == dossier_.other) others[person.ref] = &person;
      }
    for (const auto& [one_ref, one] : ones)
      for (const auto& [other_ref, other] : others) {
        Contact& contact = contacts[{one_ref, other_ref}];
        if (contact.meetings++ == 0) contact.one = *one, contact.other = *other;  // newest first: the latest office
        contact.last = std::max(contact.last, meeting.source.date);
      }
  }

  /// Bodies that stories about both tell of sessions of.
  void bodies() {
    const std::set<std::int64_t> about_both(docs_.begin(), docs_.end());
    std::map<std::int64_t, StandingBody> bodies;
    Query sessions = database_.prepare("SELECT body,ordinal,day,doc,begin FROM sessions ORDER BY body,ordinal,day,doc,begin");
    Query actor = database_.prepare("SELECT ref,name FROM actors WHERE actor=?");
    struct Row {
      std::int64_t body, doc;
      int ordinal;
      std::int64_t day;
      std::uint32_t begin;
    };
    std::vector<Row> rows;
    while (sessions.step()) {
      if (!about_both.contains(sessions.integer(3))) continue;
      rows.push_back({sessions.integer(0), sessions.integer(3), static_cast<int>(sessions.integer(1)), sessions.integer(2), static_cast<std::uint32_t>(sessions.integer(4))});
      const auto [body, fresh] = bodies.try_emplace(rows.back().body);
      if (fresh && actor.bind(1, rows.back().body).step()) body->second.ref = actor.text(0), body->second.name = actor.text(1);
      actor.run();
    }
    std::map<std::int64_t, std::set<std::int64_t>> stories;
    for (const Row& row : rows) {
      stories[row.body].insert(row.doc);
      StandingBody& body = bodies[row.body];
      if (!body.sessions.empty() && body.sessions.back().ordinal == row.ordinal) continue;  // told before
      body.sessions.push_back({row.ordinal, to_date(row.day), source_at(row.doc, row.begin)});
    }
    for (auto& [key, body] : bodies) {
      body.stories = static_cast<std::int64_t>(stories[key].size());
      dossier_.bodies.push_back(std::move(body));
    }
    std::stable_sort(dossier_.bodies.begin(), dossier_.bodies.end(), [](const StandingBody& a, const StandingBody& b) {
      return std::pair(-a.stories, a.name) < std::pair(-b.stories, b.name);
    });
  }

  /// The sentence around that byte.
  Source source_at(std::int64_t doc, std::uint32_t byte) {
    Query text = database_.prepare("SELECT text FROM documents WHERE doc=?");
    ByteSpan sentence;
    if (text.bind(1, doc).step()) sentence = sentence_around(text.text(0), byte);
    text.run();
    return sources_.of(doc, "", 0, sentence);
  }

  void third_parties() {
    struct Third {
      std::string ref, name, kind;
      std::int64_t stories = 0, newest = 0, entity = 0;
    };
    std::map<std::int64_t, Third> thirds;
    Query entities = database_.prepare("SELECT actor,entity,ref,actors.name,kind FROM entities JOIN actors USING (actor) WHERE doc=? AND "
                                       "kind IN ('state','intergovernmental_body','armed_group','people')");
    for (std::size_t i = 0; i < std::min(docs_.size(), options_.stories_for_context); ++i) {
      entities.bind(1, docs_[i]);
      while (entities.step()) {
        if (entities.text(2) == dossier_.one || entities.text(2) == dossier_.other) continue;
        Third& third = thirds[entities.integer(0)];
        if (third.stories++ > 0) continue;
        third.ref = entities.text(2);
        third.name = entities.text(3);
        third.kind = entities.text(4);
        third.newest = docs_[i];
        third.entity = entities.integer(1);
      }
    }
    std::set<std::string> bodies;  // the two's own standing bodies are no third parties
    for (const StandingBody& body : dossier_.bodies) bodies.insert(body.ref);
    std::vector<Third> ranked;
    for (auto& [actor, third] : thirds)
      if (!bodies.contains(third.ref)) ranked.push_back(std::move(third));
    std::sort(ranked.begin(), ranked.end(), [](const Third& a, const Third& b) { return std::pair(-a.stories, a.ref) < std::pair(-b.stories, b.ref); });
    if (ranked.size() > options_.third_parties) ranked.resize(options_.third_parties);
    Query mentions = database_.prepare("SELECT mentions FROM documents WHERE doc=?");
    for (const Third& third : ranked) {
      std::int64_t begin = -1;
      if (mentions.bind(1, third.newest).step())
        for (const StoredMention& mention : unpack_mentions(mentions.text(0)))
          if (mention.entity == third.entity && mention.form != MentionForm::pronoun && begin < 0) begin = mention.span.begin;
      mentions.run();
      ThirdParty party{.ref = third.ref, .name = third.name, .kind = third.kind, .stories = third.stories, .source = {}};
      if (begin >= 0) party.source = source_at(third.newest, static_cast<std::uint32_t>(begin));
      dossier_.third_parties.push_back(std::move(party));
    }
  }

  void obstacles() {
    std::vector<Obstacle>& list = dossier_.obstacles;
    for (const LedgerEntry& entry : dossier_.undertakings) {
      const bool down = entry.stage == "stalled" || entry.stage == "cancelled" || entry.stage == "broken";
      if (!down && !entry.overdue && !entry.contradicted) continue;
      std::string what = entry.title + ": " + entry.stage;
      if (entry.overdue) what += ", overdue since " + entry.deadline;
      if (entry.contradicted) what += ", disputed";
      const auto told = std::find_if(entry.history.rbegin(), entry.history.rend(), [&](const LedgerStep& step) { return step.stage == entry.stage; });
      list.push_back({Obstacle::Kind::undertaking, std::move(what), told == entry.history.rend() ? entry.history.back().source : told->source});
    }
    conditions();
    for (const MatrixCell& cell : dossier_.stances) {
      const StanceReport& report = cell.history.back();
      const std::string& rival = cell.holder == dossier_.one ? dossier_.other : dossier_.one;
      const bool at_other = std::find(report.target.begin(), report.target.end(), rival) != report.target.end();
      if (cell.polarity != "against" || !at_other) continue;
      list.push_back({Obstacle::Kind::complaint, cell.name + " is against " + cell.issue, report.source});
    }
    conflicts();
  }

  /// What an undertaking that is still open was made to hang on.
  void conditions() {
    Query query = database_.prepare("SELECT doc,n,voice,sentence_begin,sentence_end,substr(CAST((SELECT text FROM documents d WHERE d.doc=c.doc) AS BLOB),"
                                    "condition_begin+1,condition_end-condition_begin),title FROM commitments c WHERE commitment=? AND condition_begin IS NOT NULL");
    for (const LedgerEntry& entry : dossier_.undertakings) {
      if (entry.stage == "completed" || entry.stage == "cancelled" || entry.stage == "broken") continue;
      for (const LedgerStep& step : entry.history) {
        query.bind(1, item_of(step.source.doc, std::atoll(step.source.finding.c_str() + 1)));
        const bool found = query.step();
        std::string condition;
        if (found) condition = query.text(5);
        query.run();
        if (!found) continue;
        dossier_.obstacles.push_back({Obstacle::Kind::condition, entry.title + ", " + condition, step.source});
        break;
      }
    }
  }

  void conflicts() {
    constexpr std::string_view types[] = {"ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"};
    std::vector<std::int64_t> newest[std::size(types)];
    for (ItemWalk walk(database_, selection_, 'v'); walk.next();) {
      const auto type = static_cast<std::size_t>(std::find(std::begin(types), std::end(types), walk.kind()) - std::begin(types));
      if (type < std::size(types) && newest[type].size() < options_.obstacles) newest[type].push_back(walk.item());
    }
    Findings findings(database_);
    std::vector<Obstacle> found;
    for (const auto& items : newest)
      for (const std::int64_t item : items) {
        EventReport event = findings.event(item);
        std::string what = names(event.actors) + " → " + names(event.recipients) + ": " + event.type + (event.mode.empty() ? "" : "/" + event.mode);
        if (event.actuality != "happened") what += ", " + event.actuality;
        found.push_back({Obstacle::Kind::conflict, std::move(what), std::move(event.source)});
      }
    std::stable_sort(found.begin(), found.end(), [](const Obstacle& a, const Obstacle& b) { return a.source.date > b.source.date; });
    if (found.size() > options_.obstacles) found.resize(options_.obstacles);
    for (Obstacle& obstacle : found) dossier_.obstacles.push_back(std::move(obstacle));
  }

  static std::string names(const std::vector<Participant>& participants) {
    std::string list;
    for (const Participant& it : participants) list.append(list.empty() ? "" : ", ").append(it.name);
    return list.empty() ? "(nobody named)" : list;
  }

  Database& database_;
  const Selection& selection_;
  const DossierOptions& options_;
  Sources sources_;
  Dossier dossier_;
  std::vector<std::int64_t> docs_;  ///< stories about both, newest first
};

}  // namespace

Dossier compile_dossier(Database& database, const Selection& selection, std::int64_t on, const DossierOptions& options) {
  return Compiler(database, selection, on, options).compile();
}

}  // namespace dragoman
