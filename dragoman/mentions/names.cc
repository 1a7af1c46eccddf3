// Names: what the knowledge base knows, what the recogniser saw, and what is left in capitals; and which of them are one person.
#include <algorithm>
#include <numeric>

#include "dragoman/mentions/finder.h"

namespace dragoman {
namespace {

bool is_of_interest(EntityLabel label) {
  switch (label) {
    case EntityLabel::person: case EntityLabel::org: case EntityLabel::gpe: case EntityLabel::loc: case EntityLabel::fac:
    case EntityLabel::norp: case EntityLabel::event: case EntityLabel::law: case EntityLabel::work_of_art: case EntityLabel::product:
      return true;
    default: return false;
  }
}

bool is_place_label(EntityLabel label) {
  return label == EntityLabel::gpe || label == EntityLabel::loc || label == EntityLabel::fac;
}

bool is_capital(Case written) { return written == Case::capital || written == Case::upper || written == Case::mixed; }

// Few enough letters apart to be spellings of one name: Sergei and Sergey, Abdollahian and Abdullahian.
bool alike(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (a.size() < 4 || b.size() < 4 || a[0] != b[0]) return false;
  const std::size_t allowed = std::min(a.size(), b.size()) >= 7 ? 2 : 1;
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > allowed) return false;
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1])});
      corner = above;
    }
  }
  return row[b.size()] <= allowed;
}

}  // namespace

void Finder::find_names() {
  known_names();
  quoted_names();
  recognised_names();
  remaining_names();
  branch_names();
  nested_names();
  find_rows();
  make_persons();
  make_others();
  join_short_names();
  make_mentions();
  recalled_names();
  fused_names();
}

// Adds a name unless its tokens are taken; longer names take over shorter ones inside them.
bool Finder::add_name(Name name) {
  if (name.tokens.empty() || name.words == 0) return false;
  for (TokenIndex i = name.tokens.begin; i < name.tokens.end; ++i)
    if (name_at_[i] != none && !names_[name_at_[i]].nested && !name.tokens.contains(names_[name_at_[i]].tokens)) return false;
  for (TokenIndex i = name.tokens.begin; i < name.tokens.end; ++i) {
    if (name_at_[i] != none && !name.nested) names_[name_at_[i]].nested = true;
    name_at_[i] = static_cast<std::uint32_t>(names_.size());
  }
  if (name.known != not_known) {
    told_.insert(name.known);
    told_in_.insert(knowledge_[name.known].country);
  }
  names_.push_back(std::move(name));
  return true;
}

// ---- known names ---------------------------------------------------------------------------------------------------------------------

bool Finder::only_offices(const NameMatch& match, std::span<const Word> words) const {
  for (std::uint32_t a = 0; a < match.count; ++a)
    if (const std::optional<KnownAlias> alias = knowledge_.alias(match, a, words); alias && knowledge_[alias->entity].kind != "office") return false;
  return true;
}

// "Joana Cabinda", "Michael Jordan": the last word of what the recogniser takes for a person's name, behind nothing that is known. A given name
// must stand before what looks like a state.
bool Finder::is_surname_of(const Name& name) const {
  const TokenIndex last = name.tokens.begin;
  if (name.words != 1 || last == 0 || at(last).entity != EntityLabel::person || at(last).entity_begins) return false;
  const bool goes_on = last + 1 < document_.size() && at(last + 1).entity == EntityLabel::person && !at(last + 1).entity_begins;
  if (goes_on && document_.text(last + 1) != "-") return false;  // "Kwame Asante-Boadu"
  TokenIndex first = last;
  while (first > 0 && !at(first).entity_begins) --first;
  for (TokenIndex i = first; i < last; ++i)
    if (at(i).pos != Pos::propn || name_at_[i] != none || title_at_[i] != none || lexicon_.is_title(at(i).lower)) return false;
  bool state = false;
  for (const KnownAlias& alias : knowledge_.aliases_of_text(document_.text(last))) {
    const std::string_view kind = knowledge_[alias.entity].kind;
    if (kind == "person" || alias.kind == AliasKind::demonym) return false;
    state |= kind == "state";
  }
  return !state || lexicon_.given_gender(fold(document_.text(last - 1))) != Gender::unknown;
}

void Finder::known_names() {
  for (const NamedSpan& span : document_.names())
    if (span.label == EntityLabel::person && span.tokens.size() > 1) surnames_.insert(at(span.tokens.end - 1).lower);
  // Those that decide by themselves first; then those that need the others around them ("Congo", "Korean", a city's name).
  std::vector<std::pair<Name, NameMatch>> unsure;
  for (std::uint32_t i = 0; i < words_.size();) {
    const std::span<const Word> words = words_from(i);
    NameMatch match = knowledge_.longest(words);
    // an office's name is no name, but one may begin it: "U.N. Secretary-General"
    while (match.words && only_offices(match, words)) match = knowledge_.longest(words.subspan(0, match.words - 1));
    if (!match.words) {
      ++i;
      continue;
    }
    // "The Gulf Cooperation Council": a longer name that begins after the article goes before "The Gulf"
    if (match.words > 1 && at(tokens_of(i, 1).begin).lower == "the" && knowledge_.longest(words_from(i + 1)).words >= match.words) {
      ++i;
      continue;
    }
    Name name;
    name.word = i;
    name.words = match.words;
    name.tokens = tokens_of(i, match.words);
    name.label = at(head_of(name.tokens)).entity;
    if (is_surname_of(name)) {
      ++i;
      continue;
    }
    bool sure = false;
    const auto has_several_meanings = [&] {
      std::uint32_t meanings = 0;
      for (std::uint32_t a = 0; a < match.count && meanings < 2; ++a) meanings += knowledge_.alias(match, a, words).has_value();
      return meanings > 1;
    };
    for (std::uint32_t a = 0; a < match.count && !sure; ++a) {
      const std::optional<KnownAlias> alias = knowledge_.alias(match, a, words);
      if (!alias || alias->ambiguous || alias->kind == AliasKind::surname || knowledge_[alias->entity].kind == "office") continue;
      const bool is_city = alias->implied && knowledge_.place(alias->entity).has_value();
      if (is_city && (name.words < 2 || has_several_meanings())) continue;  // seven towns are called La Paz
      if (is_city && (!has_place_context(name) || is_common_noun(name))) continue;
      name.known = alias->entity;
      name.alias = alias->kind;
      name.origin = alias->origin;
      name.is_place_only = is_city;
      sure = true;
    }
    if (!sure)
      if (const KnownId leader = leader_called(name); leader != not_known) {
        name.known = leader;
        name.alias = AliasKind::surname;
        name.label = EntityLabel::person;
        name.origin = knowledge_[leader].origin;
        sure = true;
      }
    // a later alias may be the authored one: a state's name goes before a town's of the same name
    if (sure) {
      for (std::uint32_t a = 0; a < match.count && name.is_place_only; ++a) {
        const std::optional<KnownAlias> alias = knowledge_.alias(match, a, words);
        if (!alias || alias->ambiguous || alias->implied) continue;
        name.known = alias->entity;
        name.alias = alias->kind;
        name.origin = alias->origin;
        name.is_place_only = false;
      }
      add_name(std::move(name));
      i += match.words;
      continue;
    }
    unsure.emplace_back(std::move(name), match);
    ++i;  // a shorter name may begin inside
  }
  for (auto& [name, match] : unsure)
    if (settle_known(name, match)) add_name(std::move(name));
}

// "Trump", alone and by itself: whoever leads a state on the day, if nobody else in the base bears that surname and no person of the story is
// called so in full. The recogniser takes such names for organisations as often as for persons.
KnownId Finder::leader_called(const Name& name) const {
  if (name.words != 1 || at(name.tokens.begin).pos != Pos::propn || words_[name.word].written != Case::capital) return not_known;
  const auto is_name = [&](std::uint32_t word) { return word < words_.size() && words_[word].span.size() > 1 && is_capital(words_[word].written) && at(tokens_of(word, 1).begin).pos == Pos::propn; };
  const TokenIndex before = name.tokens.begin, after = name.tokens.end;
  if (before > 0 && at(before - 1).pos == Pos::propn && is_name(name.word - 1)) return not_known;
  if (after < document_.size() && at(after).pos == Pos::propn && is_name(name.word + 1)) return not_known;
  KnownId leader = not_known;
  for (const KnownAlias& alias : knowledge_.aliases_of_text(document_.text(document_.bytes(name.tokens)))) {
    if (alias.implied && knowledge_.place(alias.entity) && !has_place_context(name)) continue;  // a town somewhere has the name too
    if (leader != not_known && alias.entity != leader) return not_known;
    if (alias.kind != AliasKind::surname && alias.kind != AliasKind::short_name) return not_known;
    leader = alias.entity;
  }
  if (leader == not_known || knowledge_[leader].kind != "person") return not_known;
  if (surnames_.contains(at(name.tokens.begin).lower)) return not_known;
  const std::vector<Term> terms = knowledge_.offices_of(leader, day_);
  const bool leads = std::any_of(terms.begin(), terms.end(), [&](const Term& term) {
    const ClassId office_class = knowledge_.class_of(term.office);
    return office_class != no_class && (knowledge_.class_name(office_class) == "head_of_state" || knowledge_.class_name(office_class) == "head_of_government");
  });
  return leads ? leader : not_known;
}

// A state itself, else the one that the known thing belongs to; "" if it belongs to none.
std::string_view Finder::state_of_known(KnownId id) const { return knowledge_[id].kind == "state" ? knowledge_[id].id : knowledge_[id].country; }

// "University", "Summit": towns of the United States, but for what such words say of a longer name.
bool Finder::is_common_noun(const Name& name) const {
  const NameWord* word = name.words == 1 ? lexicon_.name_word(words_[name.word].hash) : nullptr;
  return word && word->kind != EntityKind::place;
}

// A name that could be more than one thing: the one that the story speaks of anyway, else none.
bool Finder::settle_known(Name& name, const NameMatch& match) const {
  const std::span<const Word> words = words_from(name.word);
  std::vector<KnownAlias> weak;
  std::vector<KnownId> cities;
  for (std::uint32_t a = 0; a < match.count; ++a) {
    const std::optional<KnownAlias> alias = knowledge_.alias(match, a, words);
    if (!alias || alias->kind == AliasKind::surname || knowledge_[alias->entity].kind == "office") continue;
    if (alias->implied && knowledge_.place(alias->entity)) {
      cities.push_back(alias->entity);
    } else {
      weak.push_back(*alias);
    }
  }
  const auto told_of = [&](KnownId id) {
    const std::string_view state = state_of_known(id);
    return told_.contains(id) || (!state.empty() && told_in_.contains(state));
  };
  std::vector<KnownAlias> fitting;
  for (const KnownAlias& alias : weak)
    if (told_of(alias.entity)) fitting.push_back(alias);
  // a state's name is a town's only where the story speaks of the town's own state ("Jordan" in a story about Hong Kong)
  const bool over_towns = weak.size() == 1 && knowledge_[weak[0].entity].kind == "state" && std::none_of(cities.begin(), cities.end(), told_of);
  const bool lone = weak.size() == 1 && (cities.empty() || over_towns);
  if (fitting.empty() && lone) {
    const KnownEntity only = knowledge_[weak[0].entity];
    // "the Foreign Office" in a story that does not speak of Britain is another state's
    // "Chad promised": alone, and nobody of the story bears the name, it is the state, whatever the recogniser takes it for
    const bool stands_alone = only.kind == "state" && name.words == 1 && !surnames_.contains(at(name.tokens.begin).lower) &&
                              (name.tokens.begin == 0 || at(name.tokens.begin - 1).pos != Pos::propn) &&
                              (name.tokens.end >= document_.size() || at(name.tokens.end).pos != Pos::propn);
    const bool named = is_of_interest(name.label) && (name.label != EntityLabel::person || stands_alone) && only.kind != "government_body";
    if (named || (only.kind == "person" && name.words > 1)) fitting = weak;
  }
  if (fitting.size() > 1) {
    const KnownId first = fitting[0].entity;
    if (std::any_of(fitting.begin(), fitting.end(), [&](const KnownAlias& a) { return a.entity != first; })) fitting.clear();
  }
  if (!fitting.empty()) {
    name.known = fitting[0].entity;
    name.alias = fitting[0].kind;
    name.origin = fitting[0].origin;
    return true;
  }
  if (!cities.empty() && has_place_context(name) && !is_common_noun(name)) {
    name.known = choose_place(cities);
    name.is_place_only = true;
    if (name.known != not_known) name.origin = knowledge_[name.known].origin;
    return true;
  }
  return false;
}

// ---- recognised names ----------------------------------------------------------------------------------------------------------------

// "H.E. Mr.": forms of address and no name.
bool Finder::is_address(TokenSpan tokens) const {
  for (TokenIndex i = tokens.begin; i < tokens.end; ++i) {
    std::string_view lower = at(i).lower;
    if (lower.ends_with('.')) lower.remove_suffix(1);
    if (at(i).pos != Pos::punct && !lexicon_.is_title(lower) && lower != "h.e" && lower != "dr" && lower != "prof" && lower != "hon") return false;
  }
  return true;
}

// Without "the", quotation marks, a genitive, forms of address and office words at the edges.
TokenSpan Finder::trimmed(TokenSpan tokens) const {
  bool again = true;
  while (again && !tokens.empty()) {
    again = false;
    const Token& first = at(tokens.begin);
    const Token& last = at(tokens.end - 1);
    const std::string_view lower = first.lower;
    const bool address = lexicon_.is_title(lower.ends_with('.') ? lower.substr(0, lower.size() - 1) : lower) || lower == "h.e." ||
                         lower == "dr." || lower == "dr" || lower == "prof." || lower == "hon.";
    if (first.pos == Pos::det || first.pos == Pos::punct || first.pos == Pos::adp || first.pos == Pos::cconj ||
        (address && tokens.size() > 1) || first.pos == Pos::num) {
      ++tokens.begin;
      again = true;
      continue;
    }
    if (last.tag == Tag::pos || last.pos == Pos::punct || last.pos == Pos::adp || last.pos == Pos::cconj) {
      --tokens.end;
      again = true;
      continue;
    }
    // "PM Modi", "Minister Wijayakusuma", "Foreign Minister X": the office is no part of the name
    for (const Title& title : titles_beginning_at(tokens.begin)) {
      if (!title.is_body && title.tokens.end < tokens.end) {
        tokens.begin = title.tokens.end;
        again = true;
        break;
      }
    }
  }
  return tokens;
}

// "Cultural Year of Iran and Turkey" in quotation marks, all its weighty words in capitals: one name.
void Finder::quoted_names() {
  for (TokenIndex i = 0; i + 3 < document_.size(); ++i) {
    const std::string_view mark = document_.text(i);
    if ((mark != "“" && mark != "\"" && mark != "‘") || !quoted_[i]) continue;
    TokenIndex end = i + 1;
    unsigned capitals = 0, others = 0;
    for (; end < document_.size() && end < i + 12 && at(end).sentence == at(i).sentence; ++end) {
      const std::string_view text = document_.text(end);
      if (text == "”" || text == "\"" || text == "’" || text == ",") break;
      if (is_verb(end) || at(end).pos == Pos::pron) others += 5;
      const std::span<const Word> words = words_of({end, end + 1});
      if (words.empty()) continue;
      if (is_capital(words[0].written) || words[0].written == Case::digits) {
        ++capitals;
      } else if (words[0].span.size() > 3) {
        ++others;
      }
    }
    if (end >= document_.size() || capitals < 2 || others) continue;
    const std::string_view close = document_.text(end);
    const bool closes = close == "”" || close == "\"" || close == "’" ||
                        (close == "," && end + 1 < document_.size() && (document_.text(end + 1) == "”" || document_.text(end + 1) == "\""));
    if (!closes) continue;
    Name name;
    name.tokens = {i + 1, end};
    name.word = first_word_[name.tokens.begin];
    name.words = first_word_[name.tokens.end] - name.word;
    if (!name.words || name_at_[i + 1] != none) {
      bool one_known = name.words != 0;
      for (TokenIndex t = name.tokens.begin; t < end && one_known; ++t) one_known = name_at_[t] == name_at_[i + 1];
      if (one_known || !name.words) continue;  // a known name in quotation marks
    }
    if (!is_capital(words_[name.word].written)) continue;
    name.label = at(i + 1).entity == EntityLabel::none ? EntityLabel::work_of_art : at(i + 1).entity;
    if (name.label == EntityLabel::gpe || name.label == EntityLabel::norp || name.label == EntityLabel::person) name.label = EntityLabel::work_of_art;
    add_name(std::move(name));
  }
}

// "Treaty on the Joint Use of the Zarafshan", "Memorandum of Understanding on Disaster Risk Reduction": a word that says what the
// thing is takes the prepositional phrases in capitals after it into the name.
TokenIndex Finder::extended(TokenSpan tokens) const {
  const Word* last = nullptr;
  for (const Word& word : words_of(tokens)) last = &word;
  const NameWord* kind = nullptr;
  for (const Word& word : words_of(tokens))
    if (const NameWord* found = lexicon_.name_word(word.hash); found && is_capital(word.written)) kind = found;
  if (!last || !kind || kind->rank < 2) return tokens.end;
  if (kind->kind == EntityKind::place || kind->kind == EntityKind::government_body || kind->kind == EntityKind::company) return tokens.end;
  TokenIndex end = tokens.end;
  const std::uint32_t sentence = at(tokens.begin).sentence;
  while (end + 1 < document_.size() && at(end).sentence == sentence) {
    const std::string_view word = at(end).lower;
    if (word != "of" && word != "on" && word != "for" && word != "against" && word != "and" && word != "&") break;
    TokenIndex next = end + 1;
    if (at(next).lower == "the") ++next;
    TokenIndex stop = next;
    while (stop < document_.size() && at(stop).sentence == sentence && (at(stop).pos == Pos::propn || at(stop).tag == Tag::hyph ||
           (at(stop).pos != Pos::verb && !words_of({stop, stop + 1}).empty() && is_capital(words_of({stop, stop + 1})[0].written))))
      ++stop;
    if (stop == next) break;
    // "and" goes on only inside such a phrase ("Foreign Affairs and Security Policy"), not to another party ("the Treaty and Iran")
    if ((word == "and" || word == "&") && (end == tokens.end || name_at_[next] != none)) break;
    end = stop;
  }
  return end;
}

// "Its executive secretary, Mamman Bello of Nigeria": in apposition to an office.
bool Finder::stands_by_title(TokenSpan tokens) const {
  const TokenIndex head = head_of(tokens);
  const std::uint32_t of = at(head).dep == Dep::appos ? title_at_[at(head).head] : none;
  return of != none && !titles_[of].is_body;
}

// "the foreign minister, Isabel Fuentes", where the recogniser sees "Fuentes" alone: what is written before it as part of the name, where an
// office tells of a person.
TokenIndex Finder::with_given_name(TokenSpan tokens) const {
  const TokenIndex head = head_of(tokens);
  // "General Mahamat Idriss Saleh", where it sees "General Mahamat" and "Idriss Saleh": all between the office and the name
  TokenIndex first = tokens.begin;
  const auto given = [&](TokenIndex i) {
    const bool free = name_at_[i] == none || (names_[name_at_[i]].known == not_known && names_[name_at_[i]].tokens.size() == 1);
    return at(i).pos == Pos::propn && at(i).dep == Dep::compound && at(i).head == head && title_at_[i] == none && free;
  };
  while (first > 0 && at(tokens.begin).entity == EntityLabel::person && given(first - 1) && titles_ending_at(first).empty()) --first;
  if (first < tokens.begin && std::ranges::any_of(titles_ending_at(first), [](const Title& title) { return !title.is_body && !title.plural; })) return first;
  if (at(head).dep != Dep::appos || document_.is_root(head)) return tokens.begin;
  const std::uint32_t of = title_at_[at(head).head];
  if (of == none || titles_[of].is_body || titles_[of].plural) return tokens.begin;
  TokenIndex begin = tokens.begin;
  while (begin > 0 && at(begin - 1).pos == Pos::propn && at(begin - 1).dep == Dep::compound && at(begin - 1).head == head && at(begin - 1).entity == EntityLabel::none &&
         name_at_[begin - 1] == none && title_at_[begin - 1] == none)
    --begin;
  return begin;
}

// "Hiroshi Tanabe", where the recogniser sees an organisation in "Hiroshi" and nothing in "Tanabe".
TokenIndex Finder::with_surname(TokenSpan tokens, EntityLabel label) const {
  const TokenIndex next = tokens.end;
  const bool half = (label == EntityLabel::org || label == EntityLabel::person) && tokens.size() == 1 && next < document_.size() && at(tokens.begin).dep == Dep::compound &&
                    at(tokens.begin).head == next;
  return half && at(next).pos == Pos::propn && at(next).entity == EntityLabel::none && name_at_[next] == none && title_at_[next] == none ? next + 1 : tokens.end;
}

// "Kang Min" is half of "Kang Min-seok", "Jelena Vulin" of "Jelena Vulin-Petrovic": a hyphen without blanks joins what follows.
TokenSpan Finder::with_hyphens(TokenSpan tokens) const {
  while (tokens.end + 1 < document_.size() && document_.text(tokens.end) == "-" && !at(tokens.end - 1).space_after &&
         !at(tokens.end).space_after && at(tokens.end).sentence == at(tokens.begin).sentence && name_at_[tokens.end + 1] == none &&
         !words_of({tokens.end + 1, tokens.end + 2}).empty())
    tokens.end += 2;
  return tokens;
}

// "Level Dialogue" is half of "High-Level Dialogue".
TokenIndex Finder::with_hyphens_before(TokenIndex begin) const {
  while (begin > 1 && document_.text(begin - 1) == "-" && !at(begin - 1).space_after && !at(begin - 2).space_after && name_at_[begin - 2] == none &&
         title_at_[begin - 2] == none && at(begin - 2).sentence == at(begin).sentence && words_of({begin - 2, begin - 1}).size() == 1 &&
         is_capital(words_of({begin - 2, begin - 1})[0].written))
    begin -= 2;
  return begin;
}

// Inside a body's, region's or project's name stand states and places that the sentence speaks of, too: "Turkey's defence ministry".
void Finder::nested_names() {
  const std::size_t count = names_.size();
  for (std::size_t n = 0; n < count; ++n) {
    const Name outer = names_[n];
    if (outer.nested || outer.known == not_known || outer.words < 2) continue;
    const std::string_view kind = knowledge_[outer.known].kind;
    if (kind != "government_body" && kind != "region" && kind != "project" && kind != "facility") continue;
    for (std::uint32_t i = outer.word; i < outer.word + outer.words;) {
      const std::uint32_t left = outer.word + outer.words - i;
      const NameMatch match = knowledge_.longest(std::span(words_).subspan(i, std::min(left, i == outer.word ? left - 1 : left)));
      std::uint32_t step = 1;
      for (std::uint32_t a = 0; a < match.count && match.words; ++a) {
        const std::optional<KnownAlias> alias = knowledge_.alias(match, a, words_from(i));
        if (!alias || alias->ambiguous || alias->kind == AliasKind::surname) continue;
        const KnownEntity inner = knowledge_[alias->entity];
        if (inner.kind != "state" && inner.kind != "place") continue;
        if (kind == "region" && alias->implied) continue;  // "Asia" of "Southeast Asia" is no town of the Philippines
        if (inner.kind == "state" && kind == "government_body" && inner.id != knowledge_[outer.known].country) continue;
        Name name;
        name.word = i;
        name.words = match.words;
        name.tokens = tokens_of(i, match.words);
        name.known = alias->entity;
        name.alias = alias->kind;
        name.origin = alias->origin;
        name.nested = true;
        names_.push_back(name);
        step = match.words;
        break;
      }
      i += step;
    }
  }
}

// "Greenpeace Norway", "Google Kenya": the branch in that state, not the state.
void Finder::branch_names() {
  const std::size_t count = names_.size();
  for (std::size_t n = 0; n < count; ++n) {
    const Name first = names_[n];
    const TokenIndex next = first.tokens.end;
    if (first.nested || first.known == not_known || next >= document_.size() || name_at_[next] == none) continue;
    const std::string_view kind = knowledge_[first.known].kind;
    if (kind != "organisation" && kind != "company" && kind != "party") continue;
    const Name second = names_[name_at_[next]];
    if (second.nested || second.known == not_known || second.alias != AliasKind::name || (knowledge_[second.known].kind != "state" && knowledge_[second.known].kind != "region")) continue;
    const TokenIndex modifier = head_of(first.tokens);
    if (second.tokens.begin != next || at(modifier).dep != Dep::compound || at(modifier).head != head_of(second.tokens)) continue;
    Name branch;
    branch.tokens = {first.tokens.begin, second.tokens.end};
    branch.word = first.word;
    branch.words = first.words + second.words;
    branch.label = EntityLabel::org;
    add_name(std::move(branch));
  }
}

// "the Council", "the Commission": short for an organisation that the story names in full; the noun is looked at in its turn.
bool Finder::is_short_name(const Name& name) const {
  if (name.words != 1 || name.known != not_known) return false;
  const NameWord* word = lexicon_.name_word(words_[name.word].hash);
  return word && word->rank >= 2;
}

void Finder::recognised_names() {
  std::vector<NamedSpan> spans;  // no name goes over a dash: "Vanuatu — Siaosi Vea"
  for (NamedSpan span : document_.names()) {
    for (TokenIndex i = span.tokens.begin; i < span.tokens.end; ++i)
      if (document_.text(i) == "—" || document_.text(i) == "–") {
        spans.push_back({{span.tokens.begin, i}, span.label});
        span.tokens.begin = i + 1;
      }
    spans.push_back(span);
  }
  for (const NamedSpan& span : spans) {
    if (!is_of_interest(span.label) || span.tokens.empty()) continue;
    TokenSpan tokens = trimmed(spelt_elsewhere(span.tokens));
    if (tokens.empty() || is_address(tokens)) continue;
    // All of it office words: a title, no name ("Foreign Minister")
    if (is_in_title(tokens)) continue;
    // What is known inside it.
    std::vector<std::uint32_t> inside;
    for (TokenIndex i = tokens.begin; i < tokens.end; ++i)
      if (name_at_[i] != none && (inside.empty() || inside.back() != name_at_[i])) inside.push_back(name_at_[i]);
    unsigned rest_words = 0, rest_capitals = 0;
    bool has_office = false;
    for (TokenIndex i = tokens.begin; i < tokens.end; ++i) {
      if (title_at_[i] != none && !titles_[title_at_[i]].is_body) has_office = true;
      if (name_at_[i] != none || at(i).pos == Pos::punct || at(i).pos == Pos::cconj || at(i).pos == Pos::det) continue;
      const std::span<const Word> words = words_of({i, i + 1});
      if (words.empty()) continue;
      ++rest_words;
      rest_capitals += is_capital(words[0].written);
    }
    if (!inside.empty()) {
      for (const std::uint32_t index : inside) {
        if (names_[index].tokens == tokens) names_[index].label = span.label;
      }
      if (!rest_capitals || has_office) continue;  // "southern Libya"; "Thai Foreign Minister X"
      if (names_[inside.front()].tokens.begin < tokens.begin || names_[inside.back()].tokens.end > tokens.end) continue;
      const bool known_person = std::any_of(inside.begin(), inside.end(), [&](std::uint32_t n) {
        return names_[n].known != not_known && knowledge_[names_[n].known].kind == "person";
      });
      if (known_person) continue;
      // "Minister of Foreign Affairs of Mongolia | Batmunkhiin Battsetseg"
      const Name& lead = names_[inside.front()];
      if (lead.tokens.begin == tokens.begin && lead.alias != AliasKind::demonym && tokens.begin > 0 && (at(tokens.begin - 1).lower == "of" || at(tokens.begin - 1).lower == "to") &&
          knowledge_[lead.known].kind == "state" && rest_capitals >= 2 &&
          !titles_ending_at(lead.tokens.begin - 1).empty()) {
        tokens = trimmed({lead.tokens.end, tokens.end});
      } else if (span.label == EntityLabel::person) {
        const Name& first = names_[inside.front()];
        const bool leads = first.tokens.begin == tokens.begin;
        if (inside.size() > 1) continue;
        // "Israel Katz" is one name, "Turkish Hakan Fidan" two
        const bool part_of_it = leads && rest_capitals == 1 && first.alias != AliasKind::demonym;
        if (!part_of_it) {
          tokens = leads ? TokenSpan{first.tokens.end, tokens.end} : TokenSpan{tokens.begin, first.tokens.begin};
          tokens = trimmed(tokens);
        }
      } else if (is_place_label(span.label) && rest_words == 0) {
        continue;
      } else if (inside.size() > 1 && rest_capitals < 1) {
        continue;
      }
    }
    if (tokens.empty() || is_in_title(tokens)) continue;  // "Moldovan Infrastructure" of "Moldovan Infrastructure Minister"
    if (span.label == EntityLabel::person || stands_by_title(tokens))  // "Mamman Bello of Nigeria"
      for (TokenIndex i = tokens.begin + 1; i + 1 < tokens.end; ++i)
        if (at(i).lower == "of" && !state_named_at(i + 1).empty()) tokens.end = i;
    tokens.begin = with_given_name(tokens);
    tokens.end = with_surname(tokens, span.label);
    Name name;
    if (span.label == EntityLabel::person) tokens = with_hyphens(tokens);
    tokens.begin = with_hyphens_before(tokens.begin);
    tokens.end = extended(tokens);
    name.tokens = tokens;
    name.word = first_word_[tokens.begin];
    name.words = first_word_[tokens.end] - name.word;
    name.label = span.label;
    if (name.words && is_capital(words_[name.word].written) && document_.bytes(name.tokens).size() > 1) add_name(std::move(name));
  }
}

// Runs of proper nouns that nobody claimed.
void Finder::remaining_names() {
  for (const TokenSpan sentence : document_.sentences()) {
    for (TokenIndex i = sentence.begin; i < sentence.end;) {
      // "Peru President Ticona", where the recogniser takes all of it for one organisation: the office tells of a person
      const auto before = titles_ending_at(i);
      const bool titled = std::any_of(before.begin(), before.end(), [&](const Title& title) {
        return !title.is_body && !title.plural && at(title.head).sentence == at(i).sentence && at(title.head).pos == Pos::propn;
      });
      if (at(i).pos != Pos::propn || name_at_[i] != none || (at(i).entity != EntityLabel::none && !titled)) {
        ++i;
        continue;
      }
      TokenIndex end = i;
      while (end < sentence.end && name_at_[end] == none &&
             (at(end).pos == Pos::propn || (at(end).tag == Tag::hyph && end + 1 < sentence.end && at(end + 1).pos == Pos::propn &&
                                            !at(end - 1).space_after && !at(end).space_after)))
        ++end;
      TokenSpan run = trimmed({i, end});
      i = end;
      if (run.empty() || in_headline(run.begin) || heading_[run.begin] || is_in_title(run)) continue;
      run.end = extended(run);
      run.begin = with_hyphens_before(run.begin);
      i = std::max(i, run.end);
      Name name;
      name.tokens = run;
      name.word = first_word_[run.begin];
      name.words = first_word_[run.end] - name.word;
      if (name.words && is_capital(words_[name.word].written) && document_.bytes(name.tokens).size() > 1) add_name(std::move(name));
    }
  }
}

// ---- persons -------------------------------------------------------------------------------------------------------------------------

bool Finder::looks_like_person(const Name& name) const {
  if (name.known != not_known) return knowledge_[name.known].kind == "person";
  // Beside a title: "Foreign Minister Azlan Zulkifli", "Azlan Zulkifli, the minister", "Ms. Prado"
  if (name.tokens.begin > 0) {
    const Token& before = at(name.tokens.begin - 1);
    std::string_view lower = before.lower;
    if (lower.ends_with('.')) lower.remove_suffix(1);
    if (lexicon_.is_title(lower) && (before.pos == Pos::propn || before.tag == Tag::nnp)) return true;
    for (const Title& title : titles_ending_at(name.tokens.begin)) {
      const bool first_of_row = title.plural && document_.child(head_of(name.tokens), Dep::conj) != no_token;  // "Prime Ministers X and Y"
      const bool otherwise = name.label != EntityLabel::person && kind_by_words(name);  // "Park Ji-won" is no park
      if (!title.is_body && (!title.plural || first_of_row) && at(title.head).sentence == at(name.tokens.begin).sentence && !otherwise) return true;
    }
  }
  if (is_in_row(name)) return true;
  // "Indian ambassador to Norway Pradeep Nair"
  if (name.tokens.begin > 1 && name.words > 1 && !kind_by_words(name) && !state_named_at(name.tokens.begin - 1).empty()) {
    const TokenIndex state = names_[name_at_[name.tokens.begin - 1]].tokens.begin;
    const auto before = state > 0 && (at(state - 1).lower == "to" || at(state - 1).lower == "of") ? titles_ending_at(state - 1) : std::span<const Title>();
    if (std::ranges::any_of(before, [](const Title& title) { return !title.is_body && !title.plural; })) return true;
  }
  const TokenIndex head = head_of(name.tokens);
  // "... Y"
  if (at(head).dep == Dep::conj && !document_.is_root(head) && name.words > 1 && !kind_by_words(name))
    if (const std::uint32_t first = name_at_[at(head).head]; first != none)
      for (const Title& title : titles_ending_at(names_[first].tokens.begin))
        if (!title.is_body && title.plural && at(title.head).sentence == at(head).sentence) return true;
  for (const TokenIndex child : document_.children(head))
    if (at(child).dep == Dep::appos && title_at_[child] != none && !titles_[title_at_[child]].is_body && name.words > 1 &&
        !kind_by_words(name))
      return true;
  if (at(head).dep == Dep::appos && !document_.is_root(head) && title_at_[at(head).head] != none &&
      !titles_[title_at_[at(head).head]].is_body && !titles_[title_at_[at(head).head]].plural && name.words > 1 && !kind_by_words(name))
    return true;  // "the visiting Vice President, Helena Prado"
  if (at(head).dep == Dep::appos && !document_.is_root(head) && noun_at_[at(head).head] != none) {
    const NounKind kind = nouns_[noun_at_[at(head).head]].noun->kind;
    const TokenIndex noun = at(head).head, of = at(noun).head;  // "the leader of a Spanish party, Ana Ruiz"
    const bool led = at(noun).dep == Dep::pobj && title_at_[at(of).head] != none && name.label == EntityLabel::person;
    if (!led && (kind == NounKind::group || kind == NounKind::org || kind == NounKind::bloc)) return false;  // "a Spanish firm, Puentes del Norte"
  }
  if (in_dateline(name.tokens.begin) && name.tokens.begin > 0 && document_.text(name.tokens.begin - 1) == "(") return false;  // an agency
  if (is_surnamed(name)) return true;
  if (name.label == EntityLabel::person) {
    if (const std::optional<NameWord> word = kind_by_words(name)) return word->rank < 2;
    return true;
  }
  return false;
}

// "Carlota Mendes", whatever the recogniser took it for: a given name before a word by which alone the story calls it elsewhere
// ("Mendes said"). Places keep their names: "Victoria Falls", "the Falls".
bool Finder::is_surnamed(const Name& name) const {
  if (name.words < 2 || name.words > 3 || is_place_label(name.label) || name.label == EntityLabel::norp || kind_by_words(name)) return false;
  for (std::uint32_t i = name.word; i < name.word + name.words; ++i)
    if (words_[i].written != Case::capital) return false;
  if (lexicon_.given_gender(fold(document_.text(words_[name.word].span))) == Gender::unknown) return false;
  const std::uint64_t surname = words_[name.word + name.words - 1].hash;
  const auto lone = lone_names_.find(surname);
  return lone != lone_names_.end() && std::ranges::any_of(lone->second, [&](std::uint32_t n) {
    const Name& other = names_[n];
    return !other.nested && other.known == not_known && !is_place_label(other.label);
  });
}

// Persons of this story whose name has the rarest of these words in it.
std::span<const EntityId> Finder::persons_with_word_of(std::span<const Word> words) const {
  std::span<const EntityId> fewest;
  for (const Word& word : words) {
    const auto found = persons_by_word_.find(word.hash);
    if (found == persons_by_word_.end()) return {};
    if (fewest.empty() || found->second.size() < fewest.size()) fewest = found->second;
  }
  return fewest;
}

// Persons of this story whose name ends (or, for a lone given name, begins) with these words.
std::vector<EntityId> Finder::persons_called(std::span<const Word> words) const {
  std::vector<EntityId> by_end, by_any;
  for (const EntityId id : persons_with_word_of(words)) {
    const std::vector<std::uint64_t>& full = profiles_[id].words;
    if (full.size() < words.size()) continue;
    for (std::size_t from = 0; from + words.size() <= full.size(); ++from) {
      bool same = true;
      for (std::size_t k = 0; k < words.size() && same; ++k) same = full[from + k] == words[k].hash;
      if (!same) continue;
      if (from + words.size() == full.size()) {
        by_end.push_back(id);
      } else {
        by_any.push_back(id);
      }
      break;
    }
  }
  return by_end.empty() ? by_any : by_end;
}

// A person of the base by surname: "Lavrov", or another spelling of the given name; only if just one fits the day and the story.
EntityId Finder::known_by_surname(const Name& name) {
  const std::span<const Word> words = std::span(words_).subspan(name.word, name.words);
  std::vector<std::pair<KnownId, Origin>> fitting;
  for (std::size_t from = words.size() > 1 ? 1 : 0; from < words.size(); ++from) {
    const ByteSpan span{words[from].span.begin, words.back().span.end};
    for (const KnownAlias& alias : knowledge_.aliases_of_text(document_.text(span))) {
      if (alias.kind != AliasKind::surname && !(words.size() == 1 && alias.kind == AliasKind::short_name)) continue;
      const KnownEntity person = knowledge_[alias.entity];
      if (person.kind != "person") continue;
      if (words.size() > 1) {
        const std::string full = fold(person.name);
        const std::string first = fold(document_.text(words[0].span));
        if (!alike(full.substr(0, full.find(' ')), first)) continue;
      } else {
        // a bare surname: the one who holds an office now, of a state or body that the story names
        const std::vector<Term> terms = knowledge_.offices_of(alias.entity, day_);
        if (terms.empty()) continue;
        const bool told = std::any_of(names_.begin(), names_.end(), [&](const Name& other) {
          if (other.known == not_known) return false;
          const KnownEntity it = knowledge_[other.known];
          return !person.country.empty() && (it.id == person.country || it.country == person.country);
        });
        if (!told) continue;
      }
      if (std::none_of(fitting.begin(), fitting.end(), [&](const auto& other) { return other.first == alias.entity; }))
        fitting.emplace_back(alias.entity, alias.origin);
    }
  }
  if (fitting.size() != 1) return no_entity;
  return known_entity(fitting[0].first, "knowledge " + knowledge_.place_of(fitting[0].second) + " by " + text_basis(name.tokens));
}

EntityId Finder::make_person(const Name& name) {
  const std::span<const Word> words = std::span(words_).subspan(name.word, name.words);
  EntityId id = no_entity;
  if (name.known != not_known) {
    id = known_entity(name.known, "knowledge " + knowledge_.place_of(name.origin));
  } else {
    id = known_by_surname(name);
  }
  const std::string text(document_.text(document_.bytes(name.tokens)));
  if (id == no_entity) {
    Entity entity;
    entity.kind = EntityKind::person;
    entity.name = text;
    entity.ref = reference("local:", text);
    entity.basis = text_basis(name.tokens);
    Profile profile;
    profile.definite = true;
    id = add_entity(std::move(entity), std::move(profile));
  }
  lengthen(id, words);
  Profile& profile = profiles_[id];
  if (profile.gender == Gender::unknown && words.size() > 1)
    profile.gender = lexicon_.given_gender(fold(document_.text(words[0].span)));
  return id;
}

// The fullest name so far, if it is fuller than the one before.
void Finder::lengthen(EntityId id, std::span<const Word> words) {
  std::vector<std::uint64_t>& full = profiles_[id].words;
  if (words.size() <= full.size()) return;
  full.clear();
  for (const Word& word : words) {
    full.push_back(word.hash);
    if (!is_person(id)) continue;
    std::vector<EntityId>& persons = persons_by_word_[word.hash];
    const auto place = std::ranges::lower_bound(persons, id);
    if (place == persons.end() || *place != id) persons.insert(place, id);
  }
}

void Finder::make_persons() {
  for (std::uint32_t n = 0; n < names_.size(); ++n)
    if (names_[n].words == 1) lone_names_[words_[names_[n].word].hash].push_back(n);
  const auto same_words = [&](EntityId id, std::span<const Word> words) {
    const std::vector<std::uint64_t>& full = profiles_[id].words;
    if (full.size() != words.size()) return false;
    for (std::size_t k = 0; k < words.size(); ++k)
      if (full[k] != words[k].hash) return false;
    return true;
  };
  // Full names first, wherever they stand, the fullest before all: a headline's surname waits for the body's full name, "Tan Wei" for
  // "Tan Wei Loong".
  std::vector<std::uint32_t> fullest(names_.size());
  std::iota(fullest.begin(), fullest.end(), 0u);
  std::ranges::stable_sort(fullest, [&](std::uint32_t a, std::uint32_t b) { return std::min(names_[a].words, 3u) > std::min(names_[b].words, 3u); });
  for (const std::uint32_t n : fullest) {
    Name& name = names_[n];
    if (name.nested || name.words < 2 || !looks_like_person(name)) continue;
    const std::span<const Word> words = std::span(words_).subspan(name.word, name.words);
    for (const EntityId id : persons_with_word_of(words))
      if (name.entity == no_entity && same_words(id, words)) name.entity = id;
    if (name.entity != no_entity) continue;
    // "van der Berg" after "Anna van der Berg"; two-word surnames
    if (name.known == not_known) {
      const std::vector<EntityId> called = persons_called(words);
      if (called.size() == 1) {
        name.entity = called[0];
        continue;
      }
    }
    name.entity = make_person(name);
  }
  // "Petrescu-Dinu" after "Ioana Petrescu-Dinu", whatever the recogniser took it for.
  for (Name& name : names_) {
    if (name.nested || name.entity != no_entity || name.words < 2 || name.known != not_known || is_place_label(name.label)) continue;
    const std::span<const Word> words = std::span(words_).subspan(name.word, name.words);
    const std::vector<EntityId> called = persons_called(words);
    if (called.size() == 1 && profiles_[called[0]].words.back() == words.back().hash) name.entity = called[0];
  }
  // Then lone surnames.
  for (Name& name : names_) {
    if (name.nested || name.entity != no_entity || name.words != 1) continue;
    if (name.known != not_known && knowledge_[name.known].kind != "person" && !name.is_place_only) continue;
    const std::span<const Word> words = std::span(words_).subspan(name.word, 1);
    const std::vector<EntityId> called = persons_called(words);
    if (called.size() == 1) {
      name.entity = called[0];
      name.known = not_known;
      continue;
    }
    if (called.size() > 1 || name.is_place_only || in_headline(name.tokens.begin)) continue;
    if (!looks_like_person(name)) continue;
    name.entity = make_person(name);
  }
}

// ---- everything else -------------------------------------------------------------------------------------------------------------------

std::optional<NameWord> Finder::kind_by_words(const Name& name) const {
  const std::span<const Word> words = std::span(words_).subspan(name.word, name.words);
  const NameWord* best = nullptr;
  bool after_of = false;
  for (const Word& word : words) {
    const NameWord* found = lexicon_.name_word(word.hash);
    const std::string_view text = document_.text(word.span);
    // "Treaty on the Joint Use of the Zarafshan River": what stands before the first "of", "on", "for" carries the name
    if (text == "of" || text == "on" || text == "for") after_of |= best != nullptr;
    if (!found || (after_of && best) || !is_capital(word.written)) continue;
    if (!best || found->rank >= best->rank) best = found;
  }
  return best ? std::optional(*best) : std::nullopt;
}

EntityId Finder::make_local(const Name& name, EntityKind kind, std::string sector) {
  const std::string text(document_.text(document_.bytes(name.tokens)));
  const std::string plain = "local:" + slug_of(text);
  if (const EntityId id = find_ref(plain); id != no_entity && result_.entities[id].kind == kind) return id;
  Entity entity;
  entity.kind = kind;
  entity.name = text;
  entity.ref = reference("local:", text);
  entity.sector = std::move(sector);
  entity.basis = text_basis(name.tokens);
  Profile profile;
  profile.definite = true;
  const EntityId id = add_entity(std::move(entity), std::move(profile));
  lengthen(id, std::span(words_).subspan(name.word, name.words));
  return id;
}

void Finder::make_others() {
  const auto begin_of = [&](std::uint32_t n) { return names_[n].tokens.begin; };
  std::vector<std::uint32_t> nested;
  for (std::uint32_t n = 0; n < names_.size(); ++n)
    if (names_[n].nested) nested.push_back(n);
  std::ranges::stable_sort(nested, {}, begin_of);
  for (Name& name : names_) {
    if (name.entity != no_entity) continue;
    if (name.known != not_known) {
      const std::string basis = "knowledge " + knowledge_.place_of(name.origin);
      if (name.alias == AliasKind::metonym && is_place_here(name)) {
        std::vector<KnownId> places;
        for (const KnownAlias& alias : knowledge_.aliases_of_text(document_.text(document_.bytes(name.tokens))))
          if (knowledge_.place(alias.entity) && knowledge_[alias.entity].country == knowledge_[name.known].id) places.push_back(alias.entity);
        const KnownId place = choose_place(places);
        if (place != not_known) {
          name.known = place;
          name.alias = AliasKind::name;
        } else {
          const KnownId state = name.known;
          name.known = not_known;
          name.entity = make_local(name, EntityKind::place, "");
          result_.entities[name.entity].state = knowledge_[state].id;
          continue;
        }
      }
      name.entity = known_entity(name.known, basis);
      lengthen(name.entity, std::span(words_).subspan(name.word, name.words));
      continue;
    }
    if (name.nested || is_short_name(name)) continue;
    if (name.is_place_only) {  // several cities of that name, none of them told apart
      name.entity = make_local(name, EntityKind::place, "");
      continue;
    }
    const std::optional<NameWord> by_words = kind_by_words(name);
    EntityKind kind = EntityKind::place;
    std::string sector;
    if (by_words && (name.words > 1 || name.label == EntityLabel::org)) {
      kind = by_words->kind;
      sector = by_words->sector;
    } else {
      const TokenIndex head = head_of(name.tokens);
      const bool of_noun = at(head).dep == Dep::appos && !document_.is_root(head) && noun_at_[at(head).head] != none;
      const Noun* noun = of_noun ? nouns_[noun_at_[at(head).head]].noun : nullptr;
      const bool agency = in_dateline(name.tokens.begin) && name.tokens.begin > 0 && document_.text(name.tokens.begin - 1) == "(";
      if (noun && noun->kind == NounKind::group) {
        kind = noun->entity;
        sector = noun->sector;
      } else if (agency) {
        kind = EntityKind::organisation;
        sector = "MED";
      } else
      switch (name.label) {
        case EntityLabel::org: kind = EntityKind::organisation; break;
        case EntityLabel::gpe: case EntityLabel::loc: case EntityLabel::fac: kind = EntityKind::place; break;
        case EntityLabel::norp: kind = EntityKind::people; sector = "CVL"; break;
        case EntityLabel::event: kind = EntityKind::occasion; break;
        case EntityLabel::law: kind = EntityKind::agreement; break;
        case EntityLabel::work_of_art: case EntityLabel::product: kind = EntityKind::document; break;
        case EntityLabel::none:
          // unknown, but used as a place; in a dateline only what opens it ("Quito, 9 Sep")
          if (has_place_context(name) && (!in_dateline(name.tokens.begin) || name.tokens.begin == 0 || at(name.tokens.begin).sentence_begins)) break;
          continue;  // some capitals: not enough to make somebody of
        default: continue;
      }
      if (name.label == EntityLabel::org && has_place_context(name) && name.words <= 2) kind = EntityKind::place;
    }
    name.entity = make_local(name, kind, std::move(sector));
    // "Iraqi News Agency" belongs to Iraq
    if (kind == EntityKind::agreement || kind == EntityKind::occasion) continue;
    for (auto n = std::ranges::lower_bound(nested, name.tokens.begin, {}, begin_of); n != nested.end() && begin_of(*n) < name.tokens.end; ++n) {
      const Name& inner = names_[*n];
      if (inner.known == not_known) continue;
      const KnownEntity known = knowledge_[inner.known];
      Entity& entity = result_.entities[name.entity];
      if (known.kind == "state" && entity.state.empty()) entity.state = known.id;
      // "Greenpeace Norway" is what Greenpeace is
      if (inner.tokens.begin == name.tokens.begin && (known.kind == "organisation" || known.kind == "company" || known.kind == "party")) {
        entity.kind = entity_kind_of(known.kind).value_or(entity.kind);
        if (entity.sector.empty()) entity.sector = known.sector;
      }
    }
  }
}

// "Puentes", a product to the recogniser, after "Puentes del Norte", a company: one thing, if just one longer name of what the base does
// not know begins or ends so. Places and peoples keep their words: "Norte" may be where the company is.
void Finder::join_short_names() {
  struct Longer {
    EntityId entity;
    bool several = false;
  };
  std::unordered_map<std::uint64_t, Longer> longer;  // by first and by last word
  for (const Name& name : names_) {
    if (name.nested || name.words < 2 || name.known != not_known || name.entity == no_entity) continue;
    const EntityKind kind = result_.entities[name.entity].kind;
    if (kind != EntityKind::organisation && kind != EntityKind::company && kind != EntityKind::party && kind != EntityKind::armed_group) continue;
    for (const std::uint32_t word : {name.word, name.word + name.words - 1}) {
      Longer& it = longer.try_emplace(words_[word].hash, Longer{name.entity}).first->second;
      it.several |= it.entity != name.entity;
    }
  }
  for (Name& name : names_) {
    if (name.nested || name.words != 1 || name.known != not_known || name.entity == no_entity || is_person(name.entity)) continue;
    if (is_place_label(name.label) || name.label == EntityLabel::norp || name.label == EntityLabel::none) continue;
    if (const auto it = longer.find(words_[name.word].hash); it != longer.end() && !it->second.several) name.entity = it->second.entity;
  }
}

void Finder::make_mentions() {
  for (const Name& name : names_) {
    if (name.entity == no_entity) continue;
    MentionForm form = MentionForm::name;
    if (name.known != not_known && name.alias == AliasKind::demonym && is_state(name.entity)) form = MentionForm::demonym;
    if (name.known != not_known && name.alias == AliasKind::metonym) form = MentionForm::metonym;
    if (name.nested) {
      // inside a longer name: no mention of its own, but for the state that leads an organisation's name, and what nested_names() saw
      const std::uint32_t outer = name_at_[name.tokens.begin];
      if (outer == none || names_[outer].entity == no_entity) continue;
      const bool leads = names_[outer].tokens.begin == name.tokens.begin && is_state(name.entity) && form == MentionForm::demonym;
      const bool in_known = names_[outer].known != not_known;
      if (!leads && !in_known) continue;
    }
    const std::uint32_t mention = add_mention(name.tokens, head_of(name.tokens), form, {name.entity});
    if (!name.nested)
      for (TokenIndex i = name.tokens.begin; i < name.tokens.end; ++i) over_[i] = mention;
  }
}

// Persons named in full elsewhere, where the recogniser missed them: headlines, "Ning Rui:" before an answer.
void Finder::recalled_names() {
  std::unordered_map<std::uint64_t, unsigned> surnames;
  for (EntityId id = 0; id < result_.entities.size(); ++id)
    if (is_person(id) && !profiles_[id].words.empty()) ++surnames[profiles_[id].words.back()];
  if (surnames.empty()) return;
  for (std::uint32_t i = 0; i < words_.size(); ++i) {
    const TokenIndex token = token_of_[i];
    if (over_[token] != none || !is_capital(words_[i].written) || !surnames.contains(words_[i].hash)) continue;
    if (at(token).pos != Pos::propn && at(token).pos != Pos::noun && at(token).pos != Pos::adj) continue;
    std::uint32_t first = i;
    while (first > 0 && words_[i].gap != Gap::other && is_capital(words_[first - 1].written) && words_[first].gap == Gap::blank &&
           over_[token_of_[first - 1]] == none && title_at_[token_of_[first - 1]] == none && i - first < 3)
      --first;
    for (; first <= i; ++first) {
      const std::vector<EntityId> called = persons_called(std::span(words_).subspan(first, i - first + 1));
      if (called.size() != 1) continue;
      const TokenSpan tokens = tokens_of(first, i - first + 1);
      const std::uint32_t mention = add_mention(tokens, head_of(tokens), MentionForm::name, {called[0]});
      for (TokenIndex t = tokens.begin; t < tokens.end; ++t) over_[t] = mention;
      break;
    }
  }
}

// "Araghchisaid": a surname of this story fused with the verb after it. The span begins or ends within the token.
void Finder::fused_names() {
  for (TokenIndex i = 0; i < document_.size(); ++i) {
    const std::string_view text = document_.text(i);
    if (text.size() < 8 || text[0] < 'A' || text[0] > 'Z') continue;
    for (const std::string_view verb : {"said", "says", "told", "added", "noted", "stressed"}) {
      if (!text.ends_with(verb)) continue;
      const std::string_view front = text.substr(0, text.size() - verb.size());
      std::vector<Word> words;
      find_words(front, 0, words);
      if (words.size() != 1) continue;
      const std::vector<EntityId> called = persons_called(words);
      if (called.size() != 1) continue;
      if (over_[i] != none) {  // the recogniser took it for a person of its own
        Mention& mention = result_.mentions[over_[i]];
        mention.entities = {called[0]};
        mention.span.end = at(i).span.begin + static_cast<std::uint32_t>(front.size());
      } else {
        const std::uint32_t index = add_mention({i, i + 1}, i, MentionForm::name, {called[0]});
        result_.mentions[index].span.end = at(i).span.begin + static_cast<std::uint32_t>(front.size());
        over_[i] = index;
      }
    }
  }
}

}  // namespace dragoman
