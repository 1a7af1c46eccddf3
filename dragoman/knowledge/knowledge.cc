#include "dragoman/knowledge/knowledge.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "dragoman/knowledge/compile.h"

namespace dragoman {

// The bytes: a mapped file, or memory of ours.
struct Knowledge::Mapping {
  void* mapped = nullptr;
  std::size_t size = 0;
  std::string owned;
  ~Mapping() {
    if (mapped) munmap(mapped, size);
  }
};

Knowledge::Knowledge(Knowledge&&) noexcept = default;
Knowledge& Knowledge::operator=(Knowledge&&) noexcept = default;
Knowledge::~Knowledge() = default;

namespace {

template <class Record>
bool take(std::string_view bytes, const image::Header& header, image::Section section, std::span<const Record>& records) {
  const image::Range range = header.ranges[section];
  if (range.offset > bytes.size() || range.count > (bytes.size() - range.offset) / sizeof(Record) || range.offset % 16) return false;
  records = {reinterpret_cast<const Record*>(bytes.data() + range.offset), static_cast<std::size_t>(range.count)};
  return true;
}

constexpr std::string_view remedy = "; `dragoman compile-knowledge` (or ./run build) makes it anew";

}  // namespace

Result<void> Knowledge::use(std::string_view bytes, const std::string& name) {
  image::Header header;
  if (bytes.size() < sizeof header) return fail(ErrorCode::malformed, name, ": too short for a knowledge file", remedy);
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != image::magic) return fail(ErrorCode::malformed, name, ": is no dragoman knowledge file", remedy);
  if (header.version != image::version)
    return fail(ErrorCode::unsupported_version, name, ": knowledge format ", header.version, "; this build reads ", image::version, remedy);
  if (header.sections != image::section_count || header.size != bytes.size())
    return fail(ErrorCode::malformed, name, ": ", bytes.size(), " bytes, ", header.size, " expected", remedy);
  if (image::checksum_of(bytes.substr(sizeof header)) != header.checksum)
    return fail(ErrorCode::checksum_mismatch, name, ": is damaged", remedy);
  std::span<const char> text;
  const bool whole = take(bytes, header, image::text, text) && take(bytes, header, image::files, files_) &&
                     take(bytes, header, image::entities, entities_) && take(bytes, header, image::aliases, aliases_) &&
                     take(bytes, header, image::slots, slots_) && take(bytes, header, image::aliases_of, aliases_of_) &&
                     take(bytes, header, image::holders, holders_) && take(bytes, header, image::terms_of, terms_of_) &&
                     take(bytes, header, image::members, members_) && take(bytes, header, image::members_in, members_in_) &&
                     take(bytes, header, image::class_words, class_words_) &&
                     take(bytes, header, image::class_slots, class_slots_) && take(bytes, header, image::classes, classes_) &&
                     take(bytes, header, image::posts, posts_) && take(bytes, header, image::codes, codes_) &&
                     take(bytes, header, image::agents, agents_) && take(bytes, header, image::agent_slots, agent_slots_);
  if (!whole) return fail(ErrorCode::malformed, name, ": its sections don't lie inside it", remedy);
  text_ = {text.data(), text.size()};
  return {};
}

Result<Knowledge> Knowledge::open(const std::filesystem::path& path, const std::vector<std::filesystem::path>& overlays) {
  Knowledge knowledge;
  knowledge.mapping_ = std::make_unique<Mapping>();
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return fail(errno == ENOENT ? ErrorCode::not_found : ErrorCode::unreadable, path.string(), ": ", std::strerror(errno), remedy);
  struct stat status{};
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0) {
    ::close(file);
    return fail(ErrorCode::unreadable, path.string(), ": is no knowledge file (a folder, or empty)", remedy);
  }
  knowledge.mapping_->size = static_cast<std::size_t>(status.st_size);
  void* mapped = mmap(nullptr, knowledge.mapping_->size, PROT_READ, MAP_SHARED, file, 0);
  ::close(file);
  if (mapped == MAP_FAILED) return fail(ErrorCode::unreadable, path.string(), ": ", std::strerror(errno));
  knowledge.mapping_->mapped = mapped;
  const std::string_view bytes(static_cast<const char*>(mapped), knowledge.mapping_->size);
  if (Result<void> used = knowledge.use(bytes, path.string()); !used) return tl::unexpected(used.error());
  if (overlays.empty()) return knowledge;

  KnowledgeRows rows = knowledge.rows();
  for (const std::filesystem::path& folder : overlays) {
    KnowledgeRows overlay;
    if (Result<void> added = add_folder(overlay, folder.string()); !added) return tl::unexpected(added.error());
    for (std::string& name : overlay.files) name = (folder / name).string();
    rows = overlaid(std::move(rows), overlay);
  }
  if (const std::vector<std::string> wrong = validate(rows); !wrong.empty()) {
    std::string all;
    for (const std::string& line : wrong) all += (all.empty() ? "" : "\n") + line;
    return fail(ErrorCode::malformed, all);
  }
  return from_rows(rows);
}

Knowledge Knowledge::from_rows(const KnowledgeRows& rows) {
  Knowledge knowledge;
  knowledge.mapping_ = std::make_unique<Mapping>();
  knowledge.mapping_->owned = compile(rows);
  (void)knowledge.use(knowledge.mapping_->owned, "compiled rows");  // what compile() makes is whole
  return knowledge;
}

KnowledgeRows Knowledge::rows() const {
  KnowledgeRows rows;
  const auto string = [&](image::Text piece) { return std::string(text(piece)); };
  const auto id_of = [&](std::uint32_t index) { return string(entities_[index].id); };
  for (const image::Text file : files_) rows.files.push_back(string(file));
  for (const image::Entity& e : entities_) {
    if (e.has_row) rows.entities.push_back({string(e.id), string(e.kind), string(e.name), string(e.country), string(e.sector), e.from, e.to, e.origin});
    if (e.has_place)
      rows.places.push_back({string(e.id), string(e.place_name), string(e.place_country), e.latitude, e.longitude, string(e.feature),
                             e.population, e.place_origin});
  }
  for (const image::Alias& a : aliases_)
    if (!a.implied)
      rows.aliases.push_back({id_of(a.entity), string(a.text), static_cast<AliasKind>(a.kind), a.from, a.to, a.ambiguous != 0, a.origin});
  for (const image::Holder& h : holders_)
    rows.holders.push_back({id_of(h.office), id_of(h.person), h.from, h.to, string(h.from_precision), string(h.to_precision),
                            h.acting != 0, string(h.basis), h.origin});
  for (const image::Member& m : members_)
    rows.members.push_back({id_of(m.organisation), id_of(m.member), string(m.status), m.from, m.to, string(m.basis), m.origin});
  for (const image::ClassWord& w : class_words_)
    if (!w.implied)
      rows.class_words.push_back({string(classes_[w.word_class]), string(w.word), string(w.state), string(w.note), w.is_body != 0, w.origin});
  for (const image::Code& c : codes_)
    rows.codes.push_back({id_of(c.entity), string(c.name), string(c.code), c.from, c.to, string(c.basis), c.origin});
  for (const image::Agent& a : agents_)
    if (!a.is_plural) rows.agents.push_back({string(a.word), string(a.code), string(a.plural), string(a.basis), a.origin});
  return rows;
}

KnownEntity Knowledge::operator[](KnownId id) const {
  const image::Entity& e = entities_[id];
  return {id, text(e.id), text(e.kind), text(e.name), text(e.country), text(e.sector), e.from, e.to, e.origin};
}

KnownId Knowledge::find(std::string_view id) const {
  const auto found = std::lower_bound(entities_.begin(), entities_.end(), id,
                                      [&](const image::Entity& e, std::string_view wanted) { return text(e.id) < wanted; });
  return found != entities_.end() && text(found->id) == id ? static_cast<KnownId>(found - entities_.begin()) : not_known;
}

std::string Knowledge::place_of(Origin origin) const {
  return (origin.file < files_.size() ? std::string(text(files_[origin.file])) : "?") + ":" + std::to_string(origin.line);
}

// ---- names -----------------------------------------------------------------------------------------------------------------------

const image::Slot* Knowledge::slot(std::span<const image::Slot> slots, std::uint64_t key) const {
  std::size_t at = key & (slots.size() - 1);
  while (slots[at].key) {
    if (slots[at].key == key) return &slots[at];
    at = (at + 1) & (slots.size() - 1);
  }
  return nullptr;
}

namespace {

// A name in capitals stays one; a capital that the alias has must be there: "turkey" is no state, "us" is not "US".
bool written_so(Case alias, Case text, bool may_be_capital) {
  switch (alias) {
    case Case::lower: case Case::digits: return true;
    case Case::capital: return text == Case::capital || text == Case::upper || text == Case::mixed;
    case Case::upper: return text == Case::upper || (may_be_capital && text == Case::capital);
    case Case::mixed: return text == Case::mixed || text == Case::upper || text == Case::capital;
  }
  return false;
}

// "Loc" is a name, "LoC" the Line of Control.
bool is_short_mixed(const image::Alias& alias, std::span<const Word> words) {
  return static_cast<AliasKind>(alias.kind) == AliasKind::acronym && alias.words == 1 && static_cast<Case>(alias.cases & 15) == Case::mixed && words[0].span.size() < 4;
}

}  // namespace

bool Knowledge::fits(const image::Alias& alias, std::span<const Word> words) const {
  if (alias.words > words.size()) return false;
  // British papers write "Nato", "Asean": acronyms that are spoken as words. Short ones would be words ("Who", "Aid").
  const bool spoken = static_cast<AliasKind>(alias.kind) == AliasKind::acronym && words[0].span.size() >= 4 && !alias.ambiguous;
  if (is_short_mixed(alias, words) && words[0].written == Case::capital) return false;
  for (std::uint32_t i = 0; i < alias.words && i < 8; ++i)
    if (!written_so(static_cast<Case>(alias.cases >> (4 * i) & 15), words[i].written, spoken)) return false;
  for (std::uint32_t i = 1; i < alias.words; ++i) {
    if (words[i].gap == Gap::other) return false;
    if (words[i].gap == Gap::comma && !alias.has_comma) return false;
  }
  return true;
}

NameMatch Knowledge::longest(std::span<const Word> words) const {
  NameMatch best;
  std::uint64_t key = word_seed;
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    if (i && words[i].gap == Gap::other) break;
    key = extend(key, words[i].hash);
    const image::Slot* found = slot(slots_, key);
    if (!found) break;
    for (std::uint32_t a = found->first; a < found->first + found->count; ++a) {
      if (!fits(aliases_[a], words)) continue;
      best = {i + 1, found->first, found->count};
      break;
    }
    if (!found->goes_on) break;
  }
  return best;
}

KnownAlias Knowledge::view_of(const image::Alias& a) const {
  return {a.entity, static_cast<AliasKind>(a.kind), a.ambiguous != 0, a.implied != 0, a.origin};
}

std::optional<KnownAlias> Knowledge::alias(const NameMatch& match, std::uint32_t i, std::span<const Word> words) const {
  const image::Alias& alias = aliases_[match.first + i];
  if (!fits(alias, words)) return std::nullopt;
  return view_of(alias);
}

std::vector<KnownAlias> Knowledge::aliases_of_text(std::string_view words) const {
  std::vector<KnownAlias> found;
  if (const image::Slot* here = slot(slots_, hash_of(words)))
    for (std::uint32_t a = here->first; a < here->first + here->count; ++a) found.push_back(view_of(aliases_[a]));
  return found;
}

std::vector<std::string_view> Knowledge::names_of(KnownId id) const {
  std::vector<std::string_view> names;
  const image::Entity& e = entities_[id];
  for (const std::uint32_t alias : aliases_of_.subspan(e.first_alias, e.alias_count)) names.push_back(text(aliases_[alias].text));
  return names;
}

// ---- offices ---------------------------------------------------------------------------------------------------------------------

namespace {

template <class Texts>
ClassMeaning meaning_of(const image::ClassWord& word, const Texts& text) {
  return {word.word_class, word.is_body != 0, word.plural != 0, text(word.state), text(word.note), word.origin};
}

}  // namespace

std::uint32_t Knowledge::longest_class(std::span<const Word> words, std::vector<ClassMeaning>& meanings) const {
  meanings.clear();
  std::uint32_t best = 0;
  const image::Slot* best_slot = nullptr;
  std::uint64_t key = word_seed;
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    if (i && words[i].gap != Gap::blank) break;
    key = extend(key, words[i].hash);
    const image::Slot* found = slot(class_slots_, key);
    if (!found) break;
    if (found->count) best = i + 1, best_slot = found;
    if (!found->goes_on) break;
  }
  if (best_slot)
    for (const image::ClassWord& word : class_words_.subspan(best_slot->first, best_slot->count))
      meanings.push_back(meaning_of(word, [&](image::Text piece) { return text(piece); }));
  return best;
}

std::vector<ClassMeaning> Knowledge::class_meanings(std::string_view words) const {
  std::vector<ClassMeaning> meanings;
  if (const image::Slot* found = slot(class_slots_, hash_of(words)))
    for (const image::ClassWord& word : class_words_.subspan(found->first, found->count))
      meanings.push_back(meaning_of(word, [&](image::Text piece) { return text(piece); }));
  return meanings;
}

std::string_view Knowledge::class_name(ClassId id) const { return id < classes_.size() ? text(classes_[id]) : std::string_view(); }

ClassId Knowledge::find_class(std::string_view name) const {
  for (std::size_t i = 0; i < classes_.size(); ++i)
    if (text(classes_[i]) == name) return static_cast<ClassId>(i);
  return no_class;
}

std::vector<KnownId> Knowledge::offices(std::string_view state, ClassId office_class) const {
  const auto before = [&](const image::Post& post, std::pair<std::string_view, ClassId> wanted) {
    return text(post.country) != wanted.first ? text(post.country) < wanted.first : post.office_class < wanted.second;
  };
  std::vector<KnownId> offices;
  auto at = std::lower_bound(posts_.begin(), posts_.end(), std::pair{state, office_class}, before);
  for (; at != posts_.end() && text(at->country) == state && at->office_class == office_class; ++at) offices.push_back(at->office);
  // "the Iraqi prime minister" is not the one of a region: office:irq-head-of-government before office:irq-head-of-government-krg
  if (offices.size() > 1) {
    const auto length = [&](KnownId office) { return (*this)[office].id.size(); };
    const KnownId shortest = *std::min_element(offices.begin(), offices.end(), [&](KnownId a, KnownId b) { return length(a) < length(b); });
    if (std::all_of(offices.begin(), offices.end(), [&](KnownId office) { return (*this)[office].id.starts_with((*this)[shortest].id); })) return {shortest};
  }
  return offices;
}

ClassId Knowledge::class_of(KnownId office) const {
  for (const image::Post& post : posts_)
    if (post.office == office) return post.office_class;
  return no_class;
}

Term Knowledge::term_of(const image::Holder& h) const {
  return {h.office, h.person, h.from, h.to, h.acting != 0, text(h.from_precision), text(h.to_precision), text(h.basis), h.origin};
}

std::vector<Term> Knowledge::all_holders(KnownId office) const {
  std::vector<Term> terms;
  auto at = std::lower_bound(holders_.begin(), holders_.end(), office,
                             [](const image::Holder& holder, KnownId wanted) { return holder.office < wanted; });
  for (; at != holders_.end() && at->office == office; ++at) terms.push_back(term_of(*at));
  return terms;
}

std::vector<Term> Knowledge::holders(KnownId office, Date day) const {
  std::vector<Term> terms = all_holders(office);
  std::erase_if(terms, [&](const Term& term) { return day < term.from || day >= term.to; });
  return terms;
}

std::vector<Term> Knowledge::offices_of(KnownId person, std::optional<Date> day) const {
  std::vector<Term> terms;
  const image::Entity& e = entities_[person];
  for (const std::uint32_t index : terms_of_.subspan(e.first_term, e.term_count)) {
    const image::Holder& holder = holders_[index];
    if (!day || (holder.from <= *day && *day < holder.to)) terms.push_back(term_of(holder));
  }
  return terms;
}

// ---- places, organisations ---------------------------------------------------------------------------------------------------------

std::optional<Knowledge::Place> Knowledge::place(KnownId id) const {
  const image::Entity& e = entities_[id];
  if (!e.has_place) return std::nullopt;
  return Place{e.latitude, e.longitude, text(e.place_country), text(e.feature), e.population};
}

std::vector<Knowledge::Membership> Knowledge::members(KnownId organisation, Date day) const {
  std::vector<Membership> found;
  auto at = std::lower_bound(members_.begin(), members_.end(), organisation,
                             [](const image::Member& member, KnownId wanted) { return member.organisation < wanted; });
  for (; at != members_.end() && at->organisation == organisation; ++at)
    if (at->from <= day && day < at->to) found.push_back({at->organisation, at->member, text(at->status), at->from, at->to, at->origin});
  return found;
}

bool Knowledge::is_member(KnownId organisation, KnownId member, Date day) const {
  const image::Entity& e = entities_[member];
  for (const std::uint32_t index : members_in_.subspan(e.first_member, e.member_count)) {
    const image::Member& found = members_[index];
    if (found.organisation == organisation && found.from <= day && day < found.to) return true;
  }
  return false;
}

// ---- actor codes -------------------------------------------------------------------------------------------------------------------

std::optional<Knowledge::ActorCode> Knowledge::code_of(KnownId id, Date day, std::string_view name) const {
  const std::uint64_t key = name.empty() ? 0 : hash_of(name);
  const auto before = [](const image::Code& code, KnownId wanted) { return code.entity < wanted; };
  std::optional<ActorCode> plain;
  for (auto at = std::lower_bound(codes_.begin(), codes_.end(), id, before); at != codes_.end() && at->entity == id; ++at) {
    if (day < at->from || day >= at->to) continue;
    const ActorCode found{text(at->code), text(at->basis), at->origin};
    if (key && at->name_key == key) return found;
    if (!at->name_key && !plain) plain = found;
  }
  return plain;
}

std::uint32_t Knowledge::longest_agent(std::span<const Word> words, AgentWord& agent) const {
  std::uint64_t key = word_seed;
  std::uint32_t best = 0;
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    if (i && words[i].gap != Gap::blank) break;
    key = extend(key, words[i].hash);
    const image::Slot* found = slot(agent_slots_, key);
    if (!found) break;
    if (found->count) {
      const image::Agent& a = agents_[found->first];
      agent = {text(a.word), text(a.code), a.is_plural != 0, a.origin};
      best = i + 1;
    }
    if (!found->goes_on) break;
  }
  return best;
}

}  // namespace dragoman
