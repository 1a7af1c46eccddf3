#include "dragoman/view/dossier_page.h"

#include <algorithm>

#include "dragoman/store/days.h"
#include "dragoman/view/matrix_table.h"

namespace dragoman {
namespace {

std::string spaced(std::string text) {
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string names(const std::vector<Participant>& participants) {
  // The persons among them, or else all: "Fidan" says more than "Fidan, Turkey".
  const bool persons = std::any_of(participants.begin(), participants.end(), [](const Participant& it) { return it.kind == "person"; });
  std::string list;
  for (const Participant& it : participants)
    if (!persons || it.kind == "person") list.append(list.empty() ? "" : ", ").append(it.name);
  return list;
}

std::string person(const Participant& it) {
  std::string text = it.name;
  if (!it.office.empty()) text += ", " + it.office;
  if (!it.party.empty()) text += " (" + it.party + ")";
  return text;
}

Style style_of(std::string_view stage) {
  if (stage == "completed" || stage == "underway" || stage == "agreed") return Style::good;
  if (stage == "stalled" || stage == "cancelled" || stage == "broken") return Style::bad;
  return Style::open;
}

/// Who makes the visit and who has the visitor (CAMEO 042, 043).
std::string visiting_words(const EventReport& visit) {
  const std::string verb = visit.cameo.starts_with("043") ? "receive" : "visit";
  const bool several = names(visit.actors).find(", ") != std::string::npos;
  return " " + verb + (several ? " " : "s ");
}

PageSection meetings(const Dossier& dossier) {
  PageSection section{.title = "Meetings and channels", .note = {}, .lines = {}, .months = {}};
  if (dossier.meetings.empty()) section.note = "No story in the store tells of a meeting.";
  for (const Channel& channel : dossier.channels) {
    std::string text = channel.name + ": " + counted(channel.happened, "report", "reports");
    if (channel.planned > 0) text += ", " + std::to_string(channel.planned) + " planned, proposed or possible";
    if (channel.failed > 0) text += ", " + std::to_string(channel.failed) + " that did not come about";
    section.lines.push_back({.text = text + ", last " + channel.last, .sources = {}});
  }
  if (!dossier.contacts.empty()) section.lines.push_back({.text = "Who meets whom", .sources = {}, .heading = true});
  for (const Contact& contact : dossier.contacts)
    section.lines.push_back({.text = person(contact.one) + " – " + person(contact.other) + ": " + counted(contact.meetings, "report", "reports") + ", last " + contact.last, .sources = {}});
  if (!dossier.meetings.empty()) {
    const bool all = static_cast<std::int64_t>(dossier.meetings.size()) == dossier.all_meetings;
    section.lines.push_back({.text = all ? "The meetings" : "The newest of " + std::to_string(dossier.all_meetings) + " reports", .sources = {}, .heading = true});
  }
  for (const EventReport& meeting : dossier.meetings) {
    std::string text = meeting.from.empty() ? meeting.source.date : meeting.from;
    if (!meeting.to.empty() && meeting.to != meeting.from) text += " to " + meeting.to;
    if (meeting.from.empty()) text += " (reported)";
    text += ": " + names(meeting.actors);
    const std::string recipients = names(meeting.recipients);
    if (meeting.mode == "visit" && !recipients.empty())
      text += visiting_words(meeting) + recipients;
    else if (!meeting.mode.empty())
      text += ", " + meeting.mode;
    if (meeting.actuality != "happened") text += ", " + spaced(meeting.actuality);
    for (const std::string& place : meeting.places) text += ", " + place;
    section.lines.push_back({.text = text, .style = meeting.actuality == "did_not_happen" ? Style::bad : Style::plain, .sources = {meeting.source}});
  }
  return section;
}

PageSection bodies(const Dossier& dossier) {
  PageSection section{.title = "Standing bodies and their sessions", .note = {}, .lines = {}, .months = {}};
  if (dossier.bodies.empty()) section.note = "No story tells of a numbered session of a standing body.";
  for (const StandingBody& body : dossier.bodies) {
    section.lines.push_back({.text = body.name + " (" + counted(body.stories, "story", "stories") + ")", .sources = {}, .heading = true});
    for (const BodySession& session : body.sessions)
      section.lines.push_back({.text = "session " + std::to_string(session.ordinal) + (session.date.empty() ? "" : ", first told of on " + session.date), .sources = {session.source}});
  }
  return section;
}

PageSection commitments(const Dossier& dossier) {
  PageSection section{.title = "Commitments", .note = {}, .lines = {}, .months = {}};
  if (dossier.undertakings.empty()) section.note = "Nothing was undertaken, offered or put on the table.";
  if (dossier.all_undertakings > static_cast<std::int64_t>(dossier.undertakings.size()))
    section.note = "The newest " + std::to_string(dossier.undertakings.size()) + " of " + std::to_string(dossier.all_undertakings) + "; the ledger has them all.";
  std::string sector;
  for (const LedgerEntry& entry : dossier.undertakings) {
    if (entry.sector != sector) section.lines.push_back({.text = spaced(sector = entry.sector), .sources = {}, .heading = true});
    std::string text = entry.title + " (";
    for (std::size_t i = 0; i < entry.undertakers.size(); ++i) text += (i > 0 ? ", " : "") + entry.undertakers[i];
    text += ")";
    if (!entry.deadline.empty()) text += ", due " + entry.deadline;
    if (entry.overdue) text += ", overdue";
    if (entry.contradicted) text += ", disputed";
    if (entry.history.size() > 1) {
      text += "; ";
      for (std::size_t i = 0; i < entry.history.size(); ++i)
        text += (i > 0 ? " → " : "") + entry.history[i].stage + (entry.history[i].source.date.empty() ? "" : " " + entry.history[i].source.date);
    }
    // The words that the stage rests on; both sides where it is in dispute.
    PageLine line{.text = std::move(text), .style = entry.overdue ? Style::open : style_of(entry.stage), .sources = {}, .lead = entry.stage};
    for (auto step = entry.history.rbegin(); step != entry.history.rend() && line.sources.size() < 2; ++step)
      if ((step->stage == entry.stage && line.sources.empty()) || (entry.contradicted && step->contradicted)) line.sources.push_back(step->source);
    section.lines.push_back(std::move(line));
  }
  return section;
}

PageSection positions(const Dossier& dossier) {
  PageSection section{.title = "Shared and differing positions", .note = {}, .lines = {}, .months = {}};
  if (dossier.positions.empty()) section.note = "Neither has taken a position in these stories.";
  const auto stance = [](const MatrixCell& cell) {
    const std::string course = course_of(cell);
    return course.empty() ? cell.polarity : course;
  };
  constexpr std::pair<StancePair::Kind, std::string_view> groups[] = {
      {StancePair::Kind::agree, "They agree"}, {StancePair::Kind::differ, "They differ"}, {StancePair::Kind::one_is_silent, "One of them is silent"}};
  for (const auto& [kind, title] : groups) {
    bool any = false;
    for (const StancePair& pair : dossier.positions) {
      if (pair.kind != kind) continue;
      if (!any) section.lines.push_back({.text = std::string(title), .sources = {}, .heading = true});
      any = true;
      PageLine line{.text = pair.issue + ": ", .sources = {}};
      bool named = false;
      for (const MatrixCell* cell : {pair.one, pair.other}) {
        if (!cell) continue;
        line.text += (named ? "; " : "") + cell->name + " " + stance(*cell);
        const Source& source = cell->history.back().source;
        const bool shown = !line.sources.empty() && line.sources[0].doc == source.doc && line.sources[0].span == source.span;
        named = true;
        if (!shown) line.sources.push_back(source);
      }
      line.style = kind == StancePair::Kind::agree ? Style::good : kind == StancePair::Kind::differ ? Style::bad : Style::plain;
      section.lines.push_back(std::move(line));
    }
  }
  return section;
}

PageSection third_parties(const Dossier& dossier) {
  PageSection section{.title = "Third parties", .note = {}, .lines = {}, .months = {}};
  if (dossier.third_parties.empty()) section.note = "These stories speak of no other state or organisation.";
  for (const ThirdParty& third : dossier.third_parties)
    section.lines.push_back({.text = third.name + ": in " + counted(third.stories, "story", "stories"), .sources = {third.source}});
  return section;
}

PageSection obstacles(const Dossier& dossier) {
  PageSection section{.title = "Obstacles", .note = {}, .lines = {}, .months = {}};
  if (dossier.obstacles.empty()) section.note = "These stories name none.";
  constexpr std::pair<Obstacle::Kind, std::string_view> groups[] = {{Obstacle::Kind::undertaking, "Undertakings that do not move"},
                                                                    {Obstacle::Kind::condition, "Conditions"},
                                                                    {Obstacle::Kind::complaint, "Complaints about the other"},
                                                                    {Obstacle::Kind::conflict, "Conflict between them"}};
  for (const auto& [kind, title] : groups) {
    bool any = false;
    for (const Obstacle& obstacle : dossier.obstacles) {
      if (obstacle.kind != kind) continue;
      if (!any) section.lines.push_back({.text = std::string(title), .sources = {}, .heading = true});
      any = true;
      section.lines.push_back({.text = obstacle.what, .sources = {obstacle.source}});
    }
  }
  return section;
}

PageSection timeline(const Dossier& dossier) {
  PageSection section{.title = "Cooperation and conflict", .note = {}, .lines = {}, .months = dossier.months};
  section.note = dossier.months.empty() ? "No event between them is told of."
                                        : "Events between them that happened or go on, by month: cooperation (+), conflict (-), mean Goldstein score.";
  return section;
}

}  // namespace

Page dossier_page(const Dossier& dossier) {
  Page page{.title = dossier.one_name + " and " + dossier.other_name, .subtitle = {}, .sections = {}};
  page.subtitle = counted(dossier.stories, "story", "stories") + " about both";
  if (!dossier.first.empty()) page.subtitle += ", " + dossier.first + " to " + dossier.last;
  for (std::size_t i = 0; i < std::min<std::size_t>(dossier.outlets.size(), 5); ++i)
    page.subtitle += (i == 0 ? "; " : ", ") + dossier.outlets[i].first + " " + std::to_string(dossier.outlets[i].second);
  if (dossier.on != 0) page.subtitle += "; deadlines as of " + to_date(dossier.on);
  for (PageSection (*make)(const Dossier&) : {meetings, bodies, commitments, positions, third_parties, obstacles, timeline}) page.sections.push_back(make(dossier));
  return page;
}

}  // namespace dragoman
