// Finder: the work in progress of finding one document's entities. Private to mentions/; its parts stand in files by idea:
//
//   names.cc      what is named: known names, recognised names, surnames          -> entities, mentions of form name, demonym, metonym
//   places.cc     is "Tehran" the government or the city; which Santa Cruz
//   offices.cc    titles and appositions: who holds which office, learned from the text
//   nominals.cc   "the Turkish minister", "the navy", "a senior official", "the accord"
//   plurals.cc    "both sides", "the two ministers"
//   pronouns.cc   "he", "its", "their", "which"
//   codes.cc      actor codes, where the knowledge has any
//
// Names are found first, over the whole text; then the text is walked in order, headline last, as a reader would recall it.
#pragma once

#include <deque>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "dragoman/knowledge/knowledge.h"
#include "dragoman/mentions/entities.h"
#include "dragoman/mentions/lexicon.h"

namespace dragoman {

/// What is known of an entity beyond what the reading shows.
struct Profile {
  KnownId known = not_known;
  std::string organisation;          ///< of a person: ref of the organisation it speaks for
  std::vector<std::uint64_t> words;  ///< of its fullest name, folded
  std::vector<ClassId> offices;
  Gender gender = Gender::unknown;
  bool office_said = false;  ///< its office is in the words of the text
  bool many = false;       ///< "officials", "envoys": a group spoken of as one
  bool definite = false;   ///< brought in by name, or as "the ..."
  double salience = 0;     ///< as of `sentence`
  std::uint32_t sentence = 0;
  TokenIndex last = no_token;  ///< head of its last mention so far
  unsigned mentions = 0;       ///< so far
  double focus = 0;            ///< of a state: as salience, but counting its people and places too; as of `focus_sentence`
  double public_focus = 0;     ///< the same, but for its companies and the like
  std::uint32_t focus_sentence = 0;
  double weight = 0;           ///< over the whole text, for the principal parties
  NounKind noun = NounKind::org;  ///< what a nominal entity was called
  bool nominal = false;        ///< it has no name
  std::vector<std::uint64_t> noun_words;  ///< words of the phrase that brought it in
};

/// Several entities that the text put together: "Iran and Turkey", "the ministers".
struct Group {
  std::vector<EntityId> members;
  std::uint32_t sentence = 0;
  TokenIndex last = no_token;
  double salience = 0;
  bool subject = false;
  bool opening = false;  ///< it acts in the story's first sentences: whom the story is about
  bool joint = false;    ///< it was last spoken of as doing something among its members: "agreed", "met"
};

/// A word for an office or a government body, found in the text.
struct Title {
  TokenSpan tokens;
  TokenIndex head;
  std::uint32_t word, words;
  std::vector<ClassMeaning> meanings;
  KnownId office = not_known;  ///< where the words name one office of the base: "UN secretary-general"
  bool is_body, plural;
  EntityId person = no_entity;  ///< whom it stands beside
  bool apposed = false;         ///< set off by a comma: a phrase of its own
  /// "the presidents of Ghana and Togo, X and Y": the names of a plural, in order, and the state of each.
  std::vector<std::uint32_t> row;
  std::vector<std::string> row_states;
};

struct NounHit {
  TokenSpan tokens;
  TokenIndex head;
  std::uint32_t word, words;
  const Noun* noun;
};

class Finder {
 public:
  Finder(const Document& document, const Knowledge& knowledge);
  [[nodiscard]] Entities run();

 private:
  static constexpr std::uint32_t none = 0xffffffffu;

  // -- finder.cc: words, tokens, entities, mentions -------------------------------------------------------------------------------
  void read_words();
  void mark_quotations();
  void mark_headings();
  [[nodiscard]] TokenSpan spelt_elsewhere(TokenSpan tokens) const;
  [[nodiscard]] TokenSpan tokens_of(std::uint32_t word, std::uint32_t words) const;
  [[nodiscard]] std::span<const Word> words_from(std::uint32_t word) const;  ///< to the paragraph's end, a dozen at most
  [[nodiscard]] std::span<const Word> words_of(TokenSpan tokens) const;
  [[nodiscard]] TokenIndex head_of(TokenSpan tokens) const;
  [[nodiscard]] bool is_verb(TokenIndex token) const;
  [[nodiscard]] TokenIndex governor(TokenIndex token) const;  ///< the nearest verb above; no_token
  [[nodiscard]] TokenIndex subject_of(TokenIndex verb) const;  ///< also of the verb that it shares it with
  [[nodiscard]] const Token& at(TokenIndex token) const { return document_[token]; }
  [[nodiscard]] bool in_headline(TokenIndex token) const { return token < headline_end_; }
  [[nodiscard]] std::string slug_of(std::string_view text) const;
  [[nodiscard]] std::string adjective_of(std::string_view state) const;  ///< "turkish"
  [[nodiscard]] std::string reference(std::string_view prefix, std::string_view text);  ///< free of others: "local:x", "local:x-2"
  EntityId add_entity(Entity entity, Profile profile);
  void drop_last_nominal();  ///< what nominal_entity() has just made
  void merge(EntityId from, EntityId into);  ///< every mention of `from` becomes one of `into`
  [[nodiscard]] std::string organisation_of(KnownId office) const;
  EntityId known_entity(KnownId known, std::string basis);
  EntityId state_entity(std::string_view iso, TokenIndex because);
  [[nodiscard]] EntityId find_ref(std::string_view ref) const;
  std::uint32_t add_mention(TokenSpan tokens, TokenIndex head, MentionForm form, std::vector<EntityId> entities,
                            std::vector<EntityId> candidates = {});
  [[nodiscard]] const Mention* mention_headed(TokenIndex token) const;
  [[nodiscard]] const Mention* mention_over(TokenIndex token) const;  ///< name mention that covers it
  [[nodiscard]] bool is_person(EntityId id) const { return result_.entities[id].kind == EntityKind::person; }
  [[nodiscard]] bool is_state(EntityId id) const { return result_.entities[id].kind == EntityKind::state; }
  [[nodiscard]] bool is_actor(EntityId id) const;  ///< may be "it" and have a stance
  [[nodiscard]] EntityId state_of(EntityId id);    ///< itself, or the state it belongs to, made if it must be
  [[nodiscard]] std::string text_basis(TokenSpan tokens) const;
  [[nodiscard]] Date day() const { return day_; }

  // -- names.cc ---------------------------------------------------------------------------------------------------------------------
  struct Name {
    TokenSpan tokens;
    std::uint32_t word, words;
    EntityLabel label = EntityLabel::none;  ///< of the recogniser, if it saw it
    KnownId known = not_known;
    AliasKind alias = AliasKind::name;
    Origin origin;
    EntityId entity = no_entity;
    bool is_place_only = false;  ///< a city of the gazetteer
    bool nested = false;
  };
  void find_names();
  void known_names();
  [[nodiscard]] bool is_surname_of(const Name& name) const;
  [[nodiscard]] bool is_common_noun(const Name& name) const;
  [[nodiscard]] bool stands_by_title(TokenSpan tokens) const;
  [[nodiscard]] bool is_address(TokenSpan tokens) const;
  void recognised_names();
  [[nodiscard]] bool only_offices(const NameMatch& match, std::span<const Word> words) const;
  void remaining_names();
  void quoted_names();
  void nested_names();
  void branch_names();
  [[nodiscard]] TokenSpan with_hyphens(TokenSpan tokens) const;
  [[nodiscard]] TokenIndex with_hyphens_before(TokenIndex begin) const;
  [[nodiscard]] TokenIndex extended(TokenSpan tokens) const;
  [[nodiscard]] bool is_short_name(const Name& name) const;
  bool settle_known(Name& name, const NameMatch& match) const;
  [[nodiscard]] TokenSpan trimmed(TokenSpan tokens) const;
  bool add_name(Name name);
  void join_persons();
  void make_persons();
  void make_others();
  void make_mentions();
  [[nodiscard]] bool looks_like_person(const Name& name) const;
  [[nodiscard]] std::span<const EntityId> persons_with_word_of(std::span<const Word> words) const;
  [[nodiscard]] std::vector<EntityId> persons_called(std::span<const Word> words) const;
  [[nodiscard]] EntityId known_by_surname(const Name& name);
  EntityId make_person(const Name& name);
  EntityId make_local(const Name& name, EntityKind kind, std::string sector);
  void lengthen(EntityId id, std::span<const Word> words);
  [[nodiscard]] std::optional<NameWord> kind_by_words(const Name& name) const;
  [[nodiscard]] bool is_surnamed(const Name& name) const;
  void join_short_names();
  void recalled_names();
  void fused_names();
  [[nodiscard]] KnownId leader_called(const Name& name) const;
  EntityId told_later(const Title& title, ClassId office_class, std::string_view state);
  [[nodiscard]] std::vector<EntityId> named_later(ClassId office_class, const std::vector<EntityId>& pair) const;

  // -- places.cc ----------------------------------------------------------------------------------------------------------------------
  [[nodiscard]] bool in_dateline(TokenIndex token) const;
  [[nodiscard]] bool in_agency(TokenIndex token) const;
  [[nodiscard]] bool is_place_here(const Name& name) const;
  [[nodiscard]] bool has_place_context(const Name& name) const;
  [[nodiscard]] std::string_view state_of_known(KnownId id) const;
  TokenIndex with_given_name(TokenSpan tokens) const;
  TokenIndex with_surname(TokenSpan tokens, EntityLabel label) const;
  KnownId choose_place(const std::vector<KnownId>& places) const;

  // -- offices.cc -----------------------------------------------------------------------------------------------------------------------
  void find_titles();
  [[nodiscard]] std::span<const Title> titles_beginning_at(TokenIndex token) const;
  [[nodiscard]] std::span<const Title> titles_ending_at(TokenIndex token) const;
  [[nodiscard]] bool is_in_title(TokenSpan tokens) const;
  [[nodiscard]] std::vector<std::string> states_told_before(TokenIndex token, std::size_t wanted) const;
  [[nodiscard]] std::string_view state_named_at(TokenIndex token) const;
  void find_rows();
  [[nodiscard]] bool is_in_row(const Name& name) const;
  [[nodiscard]] std::string state_after_name(const Title& title) const;
  void with_portfolio(Title& title) const;
  [[nodiscard]] std::string_view state_beside(const Mention& name) const;
  [[nodiscard]] std::string_view state_of_peer(const Title& title) const;
  [[nodiscard]] std::string_view state_of_dateline() const;
  [[nodiscard]] std::string_view state_of_caller(const Title& title) const;
  [[nodiscard]] EntityId state_meant(const Title& title) const;
  EntityId state_of_doer(TokenIndex head);
  [[nodiscard]] std::string ministry_of(EntityId person) const;
  EntityId office_of(EntityId person);
  [[nodiscard]] EntityId ministry_spoken_of(const Title& title, const std::vector<EntityId>& owners) const;
  [[nodiscard]] const Noun* led_by(const Title& title) const;
  void bind_plural_title(const Title& title);
  void bind_titles();
  [[nodiscard]] EntityId person_beside(Title& title);
  [[nodiscard]] std::vector<EntityId> states_of_phrase(TokenIndex head, TokenSpan words, bool with_pronouns);
  [[nodiscard]] ClassId class_of(const Title& title, std::string_view state) const;
  [[nodiscard]] std::string implied_state(const Title& title) const;
  void learn_office(EntityId person, const Title& title, ClassId office_class, std::string_view state);
  [[nodiscard]] ByteSpan words_of_office(EntityId person, const Title& title) const;  ///< with the name; empty of a former office
  [[nodiscard]] bool covers(ClassId general, ClassId special) const;
  [[nodiscard]] bool holds(EntityId person, ClassId office_class) const;
  [[nodiscard]] std::string sector_of(ClassId office_class) const;

  // -- walking the text: entities.cc ------------------------------------------------------------------------------------------------------
  void find_nouns();
  void walk();
  void walk_sentence(TokenSpan sentence);
  void forget();
  void touch(const Mention& mention);
  void announce(const Mention& mention);
  void prune();
  void touch_group(const std::vector<EntityId>& members, TokenIndex token, double weight);
  [[nodiscard]] double role_weight(TokenIndex token) const;
  [[nodiscard]] double salience(EntityId id) const;
  void note_coordination(TokenIndex head);
  void weigh_parties();

  // -- nominals.cc -----------------------------------------------------------------------------------------------------------------------
  [[nodiscard]] TokenSpan phrase_of(TokenIndex head, TokenSpan core, bool with_complement = true) const;
  void resolve_title(Title& title);
  [[nodiscard]] std::vector<EntityId> states_it_is_in(TokenIndex head);  ///< "lawmakers in Togo and Ghana"
  [[nodiscard]] EntityId state_it_is_in(TokenIndex head);  ///< "police in Lagos"; no_entity if none or several
  void resolve_body(Title& title);
  void resolve_noun(const NounHit& hit);
  [[nodiscard]] bool is_definite(TokenIndex head, TokenSpan phrase) const;
  [[nodiscard]] bool is_indefinite(TokenIndex head) const;
  [[nodiscard]] bool is_mere_modifier(TokenIndex head) const;
  EntityId nominal_entity(EntityKind kind, TokenSpan phrase, std::string sector, std::string state, bool many, NounKind noun);
  [[nodiscard]] EntityId same_nominal(TokenSpan phrase, EntityKind kind, std::string_view state, bool many) const;
  [[nodiscard]] std::vector<EntityId> persons_with(ClassId office_class, std::string_view state) const;
  [[nodiscard]] bool may_take_office(EntityId id, std::string_view state) const;
  [[nodiscard]] std::vector<EntityId> may_hold(ClassId office_class, std::string_view state) const;
  [[nodiscard]] EntityId state_in_focus(std::string_view other_than = {}, bool by_public = false) const;
  [[nodiscard]] EntityId or_home(EntityId focus) const;
  [[nodiscard]] TokenIndex verb_of_holder(const Title& title) const;
  [[nodiscard]] std::string_view parliament_spoken_of() const;
  [[nodiscard]] std::string state_at_home(const Title& title) const;
  [[nodiscard]] std::string_view state_done_to(const Title& title) const;
  [[nodiscard]] bool beside(TokenIndex head, EntityId id) const;
  [[nodiscard]] EntityId possessor(TokenIndex head) const;  ///< whom "his", "Iran's" before the noun names

  // -- plurals.cc -------------------------------------------------------------------------------------------------------------------------
  [[nodiscard]] unsigned count_of(TokenIndex head) const;  ///< 2 for "both", "the two"; 0 if not said
  [[nodiscard]] std::vector<EntityId> joined_just_now(unsigned wanted, bool states_only) const;
  [[nodiscard]] std::vector<EntityId> warring_parties(const std::vector<EntityId>& principal) const;
  [[nodiscard]] std::vector<EntityId> parties(unsigned count, bool states_only, TokenIndex where) const;
  [[nodiscard]] std::vector<EntityId> people_of_class(ClassId office_class, unsigned count, const std::vector<EntityId>& states) const;
  void resolve_plural_title(Title& title);

  // -- pronouns.cc -------------------------------------------------------------------------------------------------------------------------
  void resolve_pronoun(TokenIndex token);
  void personal(TokenIndex token, Gender gender);
  void neuter(TokenIndex token, bool possessive);
  void plural(TokenIndex token, bool possessive);
  void relative(TokenIndex token);
  void one_of_two(TokenIndex token);
  [[nodiscard]] EntityId coming_subject(TokenIndex token);
  [[nodiscard]] bool is_expletive(TokenIndex token) const;
  [[nodiscard]] bool same_clause_rival(TokenIndex pronoun, EntityId id) const;

  // -- codes.cc: with an imported dictionary ------------------------------------------------------------------------------------------------
  void find_agents();
  void assign_codes();
  [[nodiscard]] std::string agent_code(TokenSpan tokens, TokenIndex head) const;  ///< "~GOV" of "Gondor's border police"; "" if none

  const Document& document_;
  const Knowledge& knowledge_;
  const EntityLexicon& lexicon_;
  Date day_ = latest - 1;
  Entities result_;
  std::vector<Profile> profiles_;
  std::vector<Group> groups_;
  std::unordered_map<std::string, EntityId> by_ref_;
  std::unordered_map<std::string, int> numbers_;  ///< by ref without a number: where to look for the next one that is free

  std::vector<Word> words_;
  std::vector<std::uint32_t> first_word_;   ///< by token: the first word that begins in it or after
  std::vector<std::uint32_t> paragraph_end_;  ///< by word: where its paragraph's words end
  std::vector<TokenIndex> token_of_;        ///< by word
  std::vector<std::uint8_t> quoted_;        ///< by token
  std::vector<std::uint8_t> heading_;       ///< by token: in a heading in title case
  std::unordered_set<std::uint64_t> spelt_; ///< words in capitals outside such headings
  TokenIndex headline_end_ = 0;

  std::vector<Name> names_;
  std::vector<std::uint32_t> name_at_;      ///< by token: the name that covers it
  // So that names are found in time linear in their number, however many a document has:
  std::unordered_set<KnownId> told_;               ///< what the names so far are names of
  std::unordered_set<std::string_view> told_in_;   ///< the states that those belong to
  std::unordered_set<std::string_view> surnames_;  ///< last words of the persons that the recogniser saw named in full
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> lone_names_;  ///< by word: names of just that word
  std::unordered_map<std::uint64_t, std::vector<EntityId>> persons_by_word_;  ///< by word of the fullest name; some were since renamed
  std::vector<Title> titles_;
  std::vector<std::uint32_t> title_at_;     ///< by token: the title whose head it is
  std::vector<NounHit> nouns_;
  std::deque<Noun> agent_nouns_;            ///< those that only the imported dictionary has
  std::vector<std::uint32_t> noun_at_;
  std::vector<std::uint32_t> headed_;       ///< by token: the mention whose head it is
  std::vector<std::uint32_t> over_;         ///< by token: the name mention that covers it
  std::vector<EntityId> principals_;        ///< states and organisations by weight
  std::unordered_map<std::string, EntityId> said_;  ///< whom a bare title last meant: "secretary"
  std::uint32_t sentence_now_ = 0;          ///< counted as the text is walked
  std::set<EntityId> in_mind_;              ///< whoever was spoken of in the last sentences: the rest have no salience
  std::set<EntityId> states_in_mind_;       ///< states that they or theirs were spoken of
  std::vector<EntityId> nominals_;          ///< unnamed entities
  std::unordered_map<std::uint64_t, std::vector<EntityId>> nominals_by_word_;  ///< those by word of their phrase
};

}  // namespace dragoman
