#include "dragoman/store/who.h"

#include <algorithm>
#include <map>
#include <set>

#include "dragoman/mentions/lexicon.h"
#include "dragoman/store/days.h"

namespace dragoman {
namespace {

constexpr std::size_t quotes_shown = 3;

std::string joined(std::string_view text) {
  std::string out(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

// What a story says of a person's office.
struct Told {
  std::string ref, kind, name, state, party, office;
  WhoReason reason;
  std::int64_t day = 0;
};

class Asking {
 public:
  Asking(const Knowledge& knowledge, Database* stories, std::optional<Date> day) : knowledge_(knowledge), stories_(stories), day_(day) {}

  WhoAnswer run(std::string_view words) {
    words_ = words;
    read_stories();
    by_description(fold(words));
    if (found_.empty()) by_name(words);
    return answer();
  }

 private:
  [[nodiscard]] Date day() const { return day_.value_or(latest - 1); }

  WhoCandidate& candidate(std::string_view ref, std::string_view kind, std::string_view name, std::string_view state) {
    for (WhoCandidate& other : found_)
      if (other.ref == ref) return other;
    found_.push_back({std::string(ref), std::string(kind), std::string(name), std::string(state), {}});
    return found_.back();
  }
  WhoCandidate& candidate(KnownId id) {
    const KnownEntity it = knowledge_[id];
    return candidate(it.id, it.kind, it.name, it.kind == "state" ? it.id : it.country);
  }
  void because(WhoCandidate& of, std::string says, Origin origin) {
    const std::string line = knowledge_.place_of(origin);
    for (const WhoReason& reason : of.reasons)
      if (reason.says == says && reason.line == line) return;
    WhoReason reason;
    reason.says = std::move(says);
    reason.line = line;
    of.reasons.push_back(std::move(reason));
  }

  static std::string term_of(const Term& term) {
    std::string text;
    if (term.from != earliest) text += " from " + to_string_date(term.from).substr(0, term.from_precision == "year" ? 4 : term.from_precision == "month" ? 7 : 10);
    if (term.to != latest) text += " until " + to_string_date(term.to).substr(0, term.to_precision == "year" ? 4 : term.to_precision == "month" ? 7 : 10);
    return (term.acting ? " (acting)" : "") + text;
  }

  // -- stories -------------------------------------------------------------------------------------------------------------------------------

  void read_stories() {
    if (!stories_) return;
    Query query = stories_->prepare(
        "SELECT ref, kind, actors.name, coalesce(actors.state, ''), party, offices_said.office, doc, source, coalesce(published, ''), begin, end, "
        "substr(CAST(text AS BLOB), begin + 1, end - begin) FROM offices_said JOIN entities USING (doc, entity) JOIN actors USING (actor) "
        "JOIN documents USING (doc) ORDER BY published DESC, doc DESC, entity");
    while (query.step()) {
      Told told;
      told.ref = query.text(0);
      told.kind = query.text(1);
      told.name = query.text(2);
      told.state = query.text(3);
      told.party = query.text(4);
      told.office = query.text(5);
      told.reason.document = query.integer(6);
      told.reason.source = query.text(7);
      told.reason.published = query.text(8);
      told.reason.span = {static_cast<std::uint32_t>(query.integer(9)), static_cast<std::uint32_t>(query.integer(10))};
      told.reason.quote = joined(query.text(11));
      told.day = day_of(told.reason.published);
      told.reason.says = told.office + (told.party.empty() ? "" : " of " + name_of(told.party));
      if (day_ && (told.day == 0 || told.day > *day_)) continue;  // told later, or nobody knows when
      told_.push_back(std::move(told));
    }
  }

  [[nodiscard]] std::string name_of(const std::string& ref) const {
    const KnownId known = knowledge_.find(ref);
    return known == not_known ? ref : std::string(knowledge_[known].name);
  }

  void add_stories(WhoCandidate& of, const std::string& party = {}, const std::set<std::string>& offices = {}) {
    std::size_t shown = 0;
    for (const Told& told : told_) {
      if (told.ref != of.ref || shown == quotes_shown) continue;
      if (!offices.empty() && (told.party != party || !offices.contains(told.office))) continue;
      of.reasons.push_back(told.reason);
      ++shown;
    }
  }

  // -- "Turkish foreign minister", "president of Ghana", "the Turkish foreign ministry" ---------------------------------------------------

  struct Owner {
    KnownId id;
    Origin origin;
  };

  // The states and organisations that words mean.
  [[nodiscard]] std::vector<Owner> owners_of(const std::string& words) const {
    std::vector<Owner> owners;
    for (const KnownAlias& alias : knowledge_.aliases_of_text(words)) {
      const std::string_view kind = knowledge_[alias.entity].kind;
      if (kind != "state" && kind != "intergovernmental_body") continue;
      if (std::none_of(owners.begin(), owners.end(), [&](const Owner& other) { return other.id == alias.entity; }))
        owners.push_back({alias.entity, alias.origin});
    }
    return owners;
  }

  void by_description(std::string words) {
    if (words.starts_with("the ")) words.erase(0, 4);
    for (const KnownAlias& alias : knowledge_.aliases_of_text(words))  // an office by its own name
      if (knowledge_[alias.entity].kind == "office") {
        for (const Term& term : knowledge_.holders(alias.entity, day()))
          because(candidate(term.person), std::string(knowledge_[term.office].name) + term_of(term), term.origin);
        described_ = true;
      }
    if (!found_.empty()) return;
    for (const std::string_view joint : {" of the ", " for the ", " of ", " for "})
      if (const std::size_t at = words.find(joint); at != std::string::npos && try_office(words.substr(at + joint.size()), words.substr(0, at))) return;
    for (std::size_t at = words.find(' '); at != std::string::npos; at = words.find(' ', at + 1)) {
      std::string rest = words.substr(at + 1);
      if (rest.starts_with("s ")) rest.erase(0, 2);  // "Turkey's"
      if (try_office(words.substr(0, at), rest)) return;
    }
  }

  // True if these are words for an owner and for an office or body of it.
  bool try_office(const std::string& owner_words, const std::string& office_words) {
    const std::vector<ClassMeaning> meanings = knowledge_.class_meanings(office_words);
    if (meanings.empty()) return false;
    const std::vector<Owner> owners = owners_of(owner_words);
    for (const Owner& owner : owners) {
      const std::string state(knowledge_[owner.id].kind == "state" ? knowledge_[owner.id].id : "");
      // what the words mean in that state goes before what they mean anywhere
      ClassMeaning meaning = meanings[0];
      bool fits = false;
      for (const ClassMeaning& one : meanings)
        if (one.state.empty() ? !fits : one.state == state) meaning = one, fits = true;
      if (!fits) continue;
      described_ = true;
      if (meaning.is_body)
        body(owner, state, meaning, office_words);
      else
        office(owner, state, meaning, office_words);
    }
    return described_;
  }

  void body(const Owner& owner, const std::string& state, const ClassMeaning& meaning, const std::string& words) {
    if (state.empty()) return;
    std::string id = state;
    std::transform(id.begin(), id.end(), id.begin(), [](unsigned char c) { return std::tolower(c); });
    id = "body:" + id + "-" + std::string(knowledge_.class_name(meaning.id));
    const KnownId known = knowledge_.find(id);
    WhoCandidate& it = known == not_known ? candidate(id, "government_body", words + " of " + std::string(knowledge_[owner.id].name), state)
                                          : candidate(known);
    because(it, "a body of " + std::string(knowledge_[owner.id].name), owner.origin);
    because(it, "\"" + words + "\" names that body", meaning.origin);
  }

  [[nodiscard]] bool covers(ClassId general, ClassId special) const {
    if (general == special) return true;
    const OfficeClass* office = EntityLexicon::instance().office_class(knowledge_.class_name(general));
    if (!office) return false;
    const std::string_view name = knowledge_.class_name(special);
    return office->covers_all || std::find(office->covers.begin(), office->covers.end(), name) != office->covers.end();
  }

  void office(const Owner& owner, const std::string& state, const ClassMeaning& meaning, const std::string& words) {
    const KnownEntity it = knowledge_[owner.id];
    const std::string party(it.id);
    const std::string posts_of = state.empty() ? "office:" + party.substr(party.find(':') + 1) + "-" : "";
    std::vector<Term> terms;
    const auto add = [&](ClassId office_class) {
      for (const KnownId post : knowledge_.offices(state, office_class)) {
        if (!posts_of.empty() && !knowledge_[post].id.starts_with(posts_of)) continue;
        for (const Term& term : knowledge_.holders(post, day())) terms.push_back(term);
      }
    };
    add(meaning.id);
    if (terms.empty())
      for (ClassId other = 0; other < knowledge_.class_count(); ++other)
        if (other != meaning.id && covers(meaning.id, other)) add(other);
    for (const Term& term : terms) {
      WhoCandidate& person = candidate(term.person);
      because(person, std::string(knowledge_[term.office].name) + term_of(term), term.origin);
      because(person, "\"" + words + "\" names that office", meaning.origin);
    }
    // What stories say of the same office: who was told last.
    std::set<std::string> offices;
    for (const Told& told : told_) {
      if (told.party != party || offices.contains(told.office)) continue;
      for (const ClassMeaning& one : knowledge_.class_meanings(told.office))
        if (!one.is_body && (one.state.empty() || one.state == state) && covers(meaning.id, one.id)) offices.insert(told.office);
    }
    std::int64_t newest = 0;
    for (const Told& told : told_)
      if (told.party == party && offices.contains(told.office)) newest = std::max(newest, told.day);
    for (const Told& told : told_) {
      if (told.party != party || !offices.contains(told.office) || told.day != newest) continue;
      // of a time before the one whom the knowledge has: he came after
      const bool before = std::any_of(terms.begin(), terms.end(), [&](const Term& term) { return told.day < term.from; });
      const bool is_new = std::none_of(found_.begin(), found_.end(), [&](const WhoCandidate& other) { return other.ref == told.ref; });
      if (is_new && before) continue;
      if (is_new) candidate(told.ref, told.kind, told.name, told.state);
    }
    for (WhoCandidate& person : found_) add_stories(person, party, offices);
  }

  // -- "Fidan", "the Kremlin", "NATO" -------------------------------------------------------------------------------------------------------

  void by_name(std::string_view words) {
    std::string folded = fold(words);
    if (folded.starts_with("the ") && knowledge_.aliases_of_text(folded).empty()) folded.erase(0, 4);
    const std::vector<KnownAlias> aliases = knowledge_.aliases_of_text(folded);
    // Authored names go before what is only the name of a city somewhere, as in a story.
    const bool authored = std::any_of(aliases.begin(), aliases.end(), [&](const KnownAlias& a) { return !is_city(a) && a.kind != AliasKind::surname; });
    for (const KnownAlias& alias : aliases) {
      if (knowledge_[alias.entity].kind == "office" || (authored && is_city(alias))) continue;
      because(candidate(alias.entity), "called \"" + std::string(words) + "\" (" + (is_city(alias) ? "a city" : std::string(to_string(alias.kind))) + (alias.ambiguous ? ", ambiguous" : "") + ")",
              alias.origin);
    }
    for (WhoCandidate& it : found_) {
      if (it.kind != "person") continue;
      for (const Term& term : knowledge_.offices_of(knowledge_.find(it.ref), day_ ? day_ : std::optional<Date>()))
        because(it, std::string(knowledge_[term.office].name) + term_of(term), term.origin);
    }
    // Whom stories call so: the whole name, or how it ends.
    for (const Told& told : told_) {
      const std::string name = fold(told.name);
      if (name != folded && !name.ends_with(" " + folded)) continue;
      candidate(told.ref, told.kind, told.name, told.state);
    }
    for (WhoCandidate& it : found_)
      if (it.kind == "person") add_stories(it);
    // One of several namesakes who holds an office that day, or of whom the stories say so, is the one.
    if (!day_ || found_.size() < 2) return;
    const auto in_office = [&](const WhoCandidate& it) {
      const KnownId known = knowledge_.find(it.ref);
      if (known == not_known) return !it.reasons.empty();
      return it.kind != "person" || !knowledge_.offices_of(known, day()).empty() ||
             std::any_of(it.reasons.begin(), it.reasons.end(), [](const WhoReason& reason) { return reason.document != 0; });
    };
    if (std::count_if(found_.begin(), found_.end(), in_office) == 1) std::erase_if(found_, [&](const WhoCandidate& it) { return !in_office(it); });
  }

  [[nodiscard]] bool is_city(const KnownAlias& alias) const { return alias.implied && knowledge_.place(alias.entity).has_value(); }

  // -- the answer --------------------------------------------------------------------------------------------------------------------------

  WhoAnswer answer() {
    WhoAnswer answer;
    if (found_.size() == 1) {
      answer.meant = std::move(found_[0]);
      return answer;
    }
    answer.candidates = std::move(found_);
    const std::string quoted = "\"" + std::string(words_) + "\"";
    if (answer.candidates.size() > 1) {
      answer.reason = std::to_string(answer.candidates.size()) + " would do, and nothing decides between them";
      if (!day_) answer.reason += "; a day (--on 2025-11-30) may";
      else answer.reason += "; say more of whom you mean (a full name, a state, an office)";
    } else if (described_) {
      answer.reason = "nobody is known who held that office" + (day_ ? " on " + to_string_date(*day_) : std::string()) +
                      "; a line in holders.tsv of an overlay folder (--knowledge DIR), or a story in the store (--store DB) that names the holder, would tell";
    } else if (stands_for_another(words_)) {
      answer.reason = quoted + " stands for whom a story named before; alone it means nobody. Ask for the name, or read the story";
    } else {
      answer.reason = "nobody called " + quoted + " is known; a line in aliases.tsv of an overlay folder (--knowledge DIR), or a story in the store (--store DB) "
                      "that says who that is, would tell";
    }
    return answer;
  }

  // "the bloc", "the minister", "both sides"
  [[nodiscard]] bool stands_for_another(std::string_view words) const {
    std::string folded = fold(words);
    if (folded.starts_with("the ")) folded.erase(0, 4);
    std::vector<Word> found;
    find_words(folded, 0, found);
    const Noun* noun = nullptr;
    return EntityLexicon::instance().longest_noun(found, noun) == found.size() || !knowledge_.class_meanings(folded).empty();
  }

  const Knowledge& knowledge_;
  Database* stories_;
  std::optional<Date> day_;
  std::string_view words_;
  std::vector<Told> told_;
  std::vector<WhoCandidate> found_;
  bool described_ = false;
};

}  // namespace

WhoAnswer who(const Knowledge& knowledge, Database* stories, std::string_view words, std::optional<Date> day) {
  return Asking(knowledge, stories, day).run(words);
}

}  // namespace dragoman
