#include "dragoman/mentions/finder.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "dragoman/base/utf8.h"

namespace dragoman {
namespace {

std::optional<EntityKind> kind_of(std::string_view kind) {
  if (kind == "facility" || kind == "project") return EntityKind::place;  // crossings, plants, pipelines: where something is
  if (kind == "igo") return EntityKind::intergovernmental_body;
  if (kind == "org") return EntityKind::organisation;
  if (kind == "body") return EntityKind::government_body;
  if (kind == "armed-group") return EntityKind::armed_group;
  for (int i = 0; i <= static_cast<int>(EntityKind::document); ++i)
    if (to_string(static_cast<EntityKind>(i)) == kind) return static_cast<EntityKind>(i);
  return std::nullopt;
}

}  // namespace

Finder::Finder(const Document& document, const Knowledge& knowledge)
    : document_(document), knowledge_(knowledge), lexicon_(EntityLexicon::instance()) {
  const std::string& published = document.info().published;
  if (const Result<Date> date = parse_date(std::string_view(published).substr(0, 10))) day_ = *date;
  const std::size_t n = document.size();
  name_at_.assign(n, none);
  title_at_.assign(n, none);
  noun_at_.assign(n, none);
  headed_.assign(n, none);
  over_.assign(n, none);
  // A headline: a first paragraph that is one short line without a stop, while there are others.
  if (const TokenSpan first = document.opening(); !first.empty()) {
    const std::string_view last = document.text(first.end - 1);
    const std::string_view closing = first.size() > 1 && (last == "”" || last == "\"" || last == "’") ? document.text(first.end - 2) : last;
    if (first.size() <= 40 && closing != "." && closing != "," && closing != "!") headline_end_ = first.end;
  }
  read_words();
  mark_quotations();
  mark_headings();
}

// ---- words and tokens --------------------------------------------------------------------------------------------------------------

void Finder::read_words() {
  words_.reserve(document_.text().size() / 5);
  for (const TokenSpan paragraph : document_.paragraphs()) {
    const ByteSpan bytes = document_.bytes(paragraph);
    find_words(document_.text(bytes), bytes.begin, words_);
    paragraph_end_.resize(words_.size(), static_cast<std::uint32_t>(words_.size()));
  }
  token_of_.resize(words_.size());
  first_word_.assign(document_.size() + 1, static_cast<std::uint32_t>(words_.size()));
  std::uint32_t word = 0;
  for (TokenIndex token = 0; token < document_.size(); ++token) {
    while (word < words_.size() && words_[word].span.begin < at(token).span.begin) token_of_[word++] = token ? token - 1 : 0;
    first_word_[token] = word;
    while (word < words_.size() && words_[word].span.begin < at(token).span.end) token_of_[word++] = token;
  }
  for (; word < words_.size(); ++word) token_of_[word] = document_.size() - 1;
}

// Inside quotation marks: curly ones say which way they turn, straight ones alternate; a paragraph's end closes all.
void Finder::mark_quotations() {
  quoted_.assign(document_.size(), 0);
  for (const TokenSpan paragraph : document_.paragraphs()) {
    bool inside = false;
    for (TokenIndex i = paragraph.begin; i < paragraph.end; ++i) {
      const std::string_view text = document_.text(i);
      if (text == "“" || text == "„" || text == "«") {
        inside = true;
      } else if (text == "”" || text == "»") {
        inside = false;
      } else if (text == "\"") {
        inside = !inside;
      }
      quoted_[i] = inside;
    }
  }
}

// "Ferry Talks Drag On": a line without a stop whose words of four letters and more are in capitals, but for those that tie them. There capitals
// tell of no name; `spelt_` has the words that the rest of the story writes so.
void Finder::mark_headings() {
  heading_.assign(document_.size(), 0);
  const auto capital = [](const Word& word) { return word.written != Case::lower && word.written != Case::digits; };
  bool any = false;
  for (const TokenSpan paragraph : document_.paragraphs()) {
    const std::string_view last = document_.text(paragraph.end - 1);
    if (paragraph.size() > 20 || last == "." || last == "!" || last == "”" || last == "\"" || paragraph == document_.dateline()) continue;
    std::size_t capitals = 0, others = 0;
    for (const Word& word : words_of(paragraph)) {
      if (word.span.size() < 4 || word.written == Case::digits) continue;
      const Pos pos = at(token_of_[static_cast<std::size_t>(&word - words_.data())]).pos;
      if (capital(word)) ++capitals;
      else if (pos != Pos::adp && pos != Pos::sconj && pos != Pos::cconj && pos != Pos::pron && pos != Pos::det) ++others;
    }
    if (capitals < 3 || others) continue;
    any = true;
    std::fill(heading_.begin() + paragraph.begin, heading_.begin() + paragraph.end, char{1});
  }
  for (std::size_t i = 0; any && i < words_.size(); ++i) {
    const Token& token = at(token_of_[i]);
    if (!heading_[token_of_[i]] && capital(words_[i]) && (!token.sentence_begins || token.pos == Pos::propn)) spelt_.insert(words_[i].hash);
  }
}

// In a heading the longest run of a name's words that are spelt so elsewhere, too; elsewhere all of it.
TokenSpan Finder::spelt_elsewhere(TokenSpan tokens) const {
  if (tokens.empty() || !heading_[tokens.begin] || spelt_.empty()) return tokens;
  TokenSpan best{tokens.begin, tokens.begin}, run = best;
  for (TokenIndex i = tokens.begin; i < tokens.end; ++i) {
    const std::span<const Word> words = words_of({i, i + 1});
    const bool told = std::ranges::all_of(words, [&](const Word& word) { return spelt_.contains(word.hash); });
    run = told ? TokenSpan{run.begin, i + 1} : TokenSpan{i + 1, i + 1};
    if (run.size() > best.size()) best = run;
  }
  return best;
}

TokenSpan Finder::tokens_of(std::uint32_t word, std::uint32_t words) const {
  return {token_of_[word], token_of_[word + words - 1] + 1};
}

std::span<const Word> Finder::words_from(std::uint32_t word) const {
  const std::uint32_t end = std::min(paragraph_end_[word], word + 14);
  return std::span(words_).subspan(word, end - word);
}

std::span<const Word> Finder::words_of(TokenSpan tokens) const {
  const std::uint32_t begin = first_word_[tokens.begin];
  const std::uint32_t end = first_word_[tokens.end];
  return std::span(words_).subspan(begin, end > begin ? end - begin : 0);
}

TokenIndex Finder::head_of(TokenSpan tokens) const {
  TokenIndex best = tokens.end - 1;
  for (TokenIndex i = tokens.begin; i < tokens.end; ++i) {
    const TokenIndex head = at(i).head;
    if (tokens.contains(head) && head != i) continue;
    if (at(i).pos == Pos::punct || at(i).pos == Pos::adp || at(i).pos == Pos::part) continue;
    best = i;  // the last one that hangs outside: in a broken parse "Akosua | Boatemaa" the surname
  }
  return best;
}

bool Finder::is_verb(TokenIndex token) const { return at(token).pos == Pos::verb || at(token).pos == Pos::aux; }

TokenIndex Finder::governor(TokenIndex token) const {
  TokenIndex i = token;
  while (!document_.is_root(i)) {
    i = at(i).head;
    if (is_verb(i)) return i;
  }
  return is_verb(i) && i != token ? i : no_token;
}

TokenIndex Finder::subject_of(TokenIndex verb) const {
  for (int steps = 0; verb != no_token && steps < 6; ++steps) {
    for (const TokenIndex child : document_.children(verb))
      if (at(child).dep == Dep::nsubj || at(child).dep == Dep::nsubjpass) return child;
    const Dep dep = at(verb).dep;
    // "urged Iran to honour", "supports Kazakhstan in safeguarding": whom the verb above takes as its object
    if ((dep == Dep::xcomp || dep == Dep::pcomp) && !document_.is_root(verb)) {
      TokenIndex above = at(verb).head;
      bool controls = dep == Dep::xcomp && is_verb(above) && at(above).lemma != "promise";
      if (dep == Dep::pcomp && !document_.is_root(above)) {
        const std::string_view word = at(above).lower;
        controls = word == "in" || word == "from" || word == "of" || word == "for" || word == "on" || word == "into";
        above = at(above).head;
      }
      if (controls && is_verb(above))
        for (const TokenIndex child : document_.children(above))
          if ((at(child).dep == Dep::dobj || at(child).dep == Dep::dative) && child < verb) return child;
    }
    if (dep != Dep::conj && dep != Dep::xcomp && dep != Dep::advcl && dep != Dep::pcomp && dep != Dep::acl && dep != Dep::prep)
      return no_token;
    if (document_.is_root(verb)) return no_token;
    verb = at(verb).head;
    while (!is_verb(verb) && !document_.is_root(verb)) verb = at(verb).head;
    if (!is_verb(verb)) return no_token;
  }
  return no_token;
}

// ---- entities ----------------------------------------------------------------------------------------------------------------------

std::string Finder::slug_of(std::string_view text) const {
  const std::string folded = fold(text);
  std::string slug;
  for (std::size_t at = 0; at < folded.size();) {
    const Utf8Character character = decode_utf8(folded, at);
    at += character.size;
    const char32_t c = character.code_point;
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      slug += static_cast<char>(c);
    } else if (c < 0x80) {
      if (!slug.empty()) slug += '-';
    } else {  // a letter of another script: its number, so that refs are ASCII and two names don't become one
      char number[16];
      std::snprintf(number, sizeof number, "u%x", static_cast<unsigned>(c));
      slug += number;
    }
  }
  return slug.empty() ? "unnamed" : slug;
}

std::string Finder::adjective_of(std::string_view state) const {
  const KnownId known = knowledge_.find(state);
  if (known == not_known) return slug_of(state);
  for (const std::string_view name : knowledge_.names_of(known))
    for (const KnownAlias& alias : knowledge_.aliases_of_text(name))
      if (alias.entity == known && alias.kind == AliasKind::demonym && !alias.ambiguous) return slug_of(name);
  return slug_of(knowledge_[known].name);
}

std::string Finder::reference(std::string_view prefix, std::string_view text) {
  const std::string plain = std::string(prefix) + slug_of(text);
  if (!by_ref_.contains(plain)) return plain;
  int& number = numbers_.try_emplace(plain, 2).first->second;  // those below are taken
  for (;; ++number)
    if (std::string ref = plain + "-" + std::to_string(number); !by_ref_.contains(ref)) return ref;
}

EntityId Finder::add_entity(Entity entity, Profile profile) {
  const auto id = static_cast<EntityId>(result_.entities.size());
  by_ref_.emplace(entity.ref, id);
  result_.entities.push_back(std::move(entity));
  profiles_.push_back(std::move(profile));
  return id;
}

void Finder::drop_last_nominal() {
  nominals_.pop_back();
  for (const std::uint64_t word : profiles_.back().noun_words) nominals_by_word_[word].pop_back();
  by_ref_.erase(result_.entities.back().ref);
  result_.entities.pop_back();
  profiles_.pop_back();
}

void Finder::merge(EntityId from, EntityId into) {
  for (Mention& mention : result_.mentions) {
    for (std::vector<EntityId>* list : {&mention.entities, &mention.candidates}) {
      std::replace(list->begin(), list->end(), from, into);
      std::vector<EntityId> once;
      for (const EntityId id : *list)
        if (std::find(once.begin(), once.end(), id) == once.end()) once.push_back(id);
      *list = std::move(once);
    }
  }
  for (Group& group : groups_) std::replace(group.members.begin(), group.members.end(), from, into);
  Profile& gone = profiles_[from];
  profiles_[into].noun_words.insert(profiles_[into].noun_words.end(), gone.noun_words.begin(), gone.noun_words.end());
  gone.last = no_token;
  gone.salience = 0;
}

EntityId Finder::find_ref(std::string_view ref) const {
  const auto found = by_ref_.find(std::string(ref));
  return found == by_ref_.end() ? no_entity : found->second;
}

// "office:un-secretary-general" is an office of org:un: the longest beginning that is an organisation.
std::string Finder::organisation_of(KnownId office) const {
  const std::string_view id = knowledge_[office].id;
  const std::size_t colon = id.find(':');
  for (std::size_t end = id.rfind('-'); end != std::string_view::npos && end > colon; end = id.rfind('-', end - 1)) {
    const std::string ref = "org:" + std::string(id.substr(colon + 1, end - colon - 1));
    if (knowledge_.find(ref) != not_known) return ref;
  }
  return "";
}

EntityId Finder::known_entity(KnownId known, std::string basis) {
  const KnownEntity row = knowledge_[known];
  if (const EntityId id = find_ref(row.id); id != no_entity) return id;
  Entity entity;
  entity.kind = kind_of(row.kind).value_or(EntityKind::organisation);
  entity.ref = row.id;
  entity.name = row.name;
  entity.state = entity.kind == EntityKind::state ? row.id : row.country;
  entity.sector = row.sector;
  entity.basis = std::move(basis);
  if (entity.kind == EntityKind::state) {
    entity.point = lexicon_.state_centre(row.id);
  } else if (const auto place = knowledge_.place(known)) {
    // stored in single precision: four decimals, some ten metres, are all there is to it
    const auto rounded = [](float degrees) { return std::round(static_cast<double>(degrees) * 1e4) / 1e4; };
    entity.point = GeoPoint{rounded(place->latitude), rounded(place->longitude)};
    entity.feature = place->feature;
  }
  Profile profile;
  profile.known = known;
  profile.definite = true;
  if (entity.kind == EntityKind::person) {
    bool first = true;
    for (const Term& term : knowledge_.offices_of(known, day_)) {
      const ClassId office_class = knowledge_.class_of(term.office);
      if (office_class != no_class) profile.offices.push_back(office_class);
      if (entity.office.empty()) {
        entity.office = knowledge_[term.office].name;
        if (const std::string sector = sector_of(office_class); !sector.empty()) entity.sector = sector;
      }
      if (first) entity.state = knowledge_[term.office].country;  // an organisation's official speaks for no state
      if (first && entity.state.empty()) profile.organisation = organisation_of(term.office);
      first = false;
    }
  }
  return add_entity(std::move(entity), std::move(profile));
}

EntityId Finder::state_entity(std::string_view iso, TokenIndex because) {
  if (iso.empty()) return no_entity;
  if (const EntityId id = find_ref(iso); id != no_entity) return id;
  const KnownId known = knowledge_.find(iso);
  if (known == not_known) return no_entity;
  std::string basis = "knowledge " + knowledge_.place_of(knowledge_[known].origin);
  if (because != no_token) basis += " by \"" + std::string(document_.text(because)) + "\"";
  return known_entity(known, std::move(basis));
}

EntityId Finder::state_of(EntityId id) {
  if (is_state(id)) return id;
  return state_entity(result_.entities[id].state, profiles_[id].last);
}

bool Finder::is_actor(EntityId id) const {
  switch (result_.entities[id].kind) {
    case EntityKind::state: case EntityKind::government_body: case EntityKind::intergovernmental_body: case EntityKind::armed_group:
    case EntityKind::party: case EntityKind::company: case EntityKind::organisation:
      return true;
    default: return false;
  }
}

std::string Finder::text_basis(TokenSpan tokens) const { return "text \"" + std::string(document_.text(document_.bytes(tokens))) + "\""; }

// ---- mentions ----------------------------------------------------------------------------------------------------------------------

std::uint32_t Finder::add_mention(TokenSpan tokens, TokenIndex head, MentionForm form, std::vector<EntityId> entities,
                                  std::vector<EntityId> candidates) {
  const auto index = static_cast<std::uint32_t>(result_.mentions.size());
  const ByteSpan bytes = document_.bytes(tokens);
  if (headed_[head] == none || result_.mentions[headed_[head]].span.size() < bytes.size()) headed_[head] = index;
  result_.mentions.push_back({bytes, tokens, head, form, std::move(entities), std::move(candidates)});
  return index;
}

const Mention* Finder::mention_headed(TokenIndex token) const {
  return token == no_token || headed_[token] == none ? nullptr : &result_.mentions[headed_[token]];
}

const Mention* Finder::mention_over(TokenIndex token) const {
  return token == no_token || over_[token] == none ? nullptr : &result_.mentions[over_[token]];
}

}  // namespace dragoman
