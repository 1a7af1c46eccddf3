// Who the parties are is hidden ("#S", "#T"), other names are told by their kind only: the head is to learn what verbs do, not what states
// do. Word classes and kin from data/events/ stand beside words, so that a verb never seen in training still counts with its like.
#include "dragoman/relations/event_features.h"

#include <array>
#include <initializer_list>

namespace dragoman {
namespace {

class Features {
 public:
  Features(const Document& document, const EventLexicon& lexicon, std::vector<std::uint32_t>& out, std::vector<std::string>* names)
      : document_(document), lexicon_(lexicon), out_(out), names_(names) {}

  void pair(TokenSpan source, TokenSpan target);

 private:
  /// A part of a feature's name. A word of the sentence may have kin; any other part is its own.
  struct Part {
    std::string_view word, kin = {};
    Part(std::string_view text) : word(text) {}  // NOLINT: parts are given as they are
    Part(const char* text) : Part(std::string_view(text)) {}  // NOLINT
    Part(const std::string& text) : Part(std::string_view(text)) {}  // NOLINT
    Part(std::string_view text, std::string_view of) : word(text), kin(of) {}
    [[nodiscard]] std::string_view told(bool as_kin) const { return as_kin && !kin.empty() ? kin : word; }
  };
  using Parts = std::initializer_list<Part>;

  /// Adds the feature, and beside it the same of the words' kin where one has any.
  void add(Parts parts) {
    put(parts, false);
    for (const Part& part : parts)
      if (!part.kin.empty()) return put(parts, true);
  }

  void put(Parts parts, bool kin) {
    std::uint64_t hash = kin ? 0x84222325cbf29ce4ull : 0xcbf29ce484222325ull;
    for (const Part& part : parts) {
      for (const char c : part.told(kin)) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
      hash = (hash ^ 0x1f) * 0x100000001b3ull;
    }
    hash ^= hash >> 29;
    hash *= 0xbf58476d1ce4e5b9ull;
    out_.push_back(static_cast<std::uint32_t>(hash >> 32));
    if (!names_) return;
    std::string& name = names_->emplace_back(kin ? "kin:" : "");
    bool first = true;
    for (const Part& part : parts) {
      if (!first) name += '|';
      name.append(part.told(kin));
      first = false;
    }
  }

  std::string_view word(TokenIndex token) const;
  /// The word with its kin.
  Part part(TokenIndex token) const;
  Part part(TokenIndex token, std::string_view text) const;
  void classes(TokenIndex token, std::vector<std::string_view>& found);
  void path(const PairPath& path);
  void around(TokenIndex verb, std::string_view place);
  void manner(TokenIndex verb, std::string_view place);
  void verdict(const PairPath& path);
  void words(TokenSpan source, TokenSpan target);

  const Document& document_;
  const EventLexicon& lexicon_;
  std::vector<std::uint32_t>& out_;
  std::vector<std::string>* names_;
  TokenSpan source_, target_;
  std::vector<const VerbEntry*> verbs_;
};

std::string_view Features::word(TokenIndex index) const {
  if (source_.contains(index)) return "#S";
  if (target_.contains(index)) return "#T";
  const Token& token = document_[index];
  if (token.pos == Pos::num || token.tag == Tag::cd) return "#D";
  if (token.entity != EntityLabel::none && (token.pos == Pos::propn || token.pos == Pos::num)) return to_string(token.entity);
  if (token.pos == Pos::propn && token.shape.size() > 1 && token.shape[0] == 'X') return "#N";
  if (token.pos == Pos::verb || token.pos == Pos::noun || token.pos == Pos::aux) return token.lemma;
  return token.lower;
}

Features::Part Features::part(TokenIndex token) const { return part(token, word(token)); }

Features::Part Features::part(TokenIndex token, std::string_view text) const {
  if (text.starts_with('#')) return text;
  return {text, lexicon_.kin_at(document_, token)};
}

// Names of the classes that the word may be of: "ASSAULT", "undo".
void Features::classes(TokenIndex token, std::vector<std::string_view>& found) {
  found.clear();
  const Token& here = document_[token];
  const auto put = [&found](std::string_view name) {
    for (const std::string_view other : found)
      if (other == name) return;
    found.push_back(name);
  };
  if (is_verb(here) || here.tag == Tag::vbn || here.tag == Tag::vbg) {
    lexicon_.verbs_at(document_, token, verbs_);
    const std::size_t longest = verbs_.empty() ? 0 : verbs_.front()->verb.size();
    for (const VerbEntry* verb : verbs_) {
      if (verb->verb.size() < longest && !found.empty()) break;
      put(verb->sense == Sense::act && verb->type ? to_string(*verb->type) : to_string(verb->sense));
    }
    const Governor governor = governor_sense(document_, token);
    if (governor.sense != Governance::none) put(to_string(governor.sense));
  } else if (is_noun(here)) {
    if (const NounEntry* noun = lexicon_.noun_at(document_, token)) put(to_string(noun->type));
    const Governor governor = governor_sense(document_, token);
    if (governor.sense != Governance::none) put(to_string(governor.sense));
  } else if (here.pos == Pos::adj) {
    const Governor governor = governor_sense(document_, token);
    if (governor.sense != Governance::none) put(to_string(governor.sense));
  }
}

// How the verb is meant: tense, modal, negation, governors, condition.
void Features::manner(TokenIndex verb, std::string_view place) {
  const Predicate predicate = predicate_at(document_, verb);
  std::array<char, 12> flags{};
  std::size_t n = 0;
  flags[n++] = static_cast<char>('0' + static_cast<int>(predicate.tense));
  if (predicate.negated) flags[n++] = 'n';
  if (predicate.passive) flags[n++] = 'p';
  if (predicate.perfect) flags[n++] = 'h';
  if (predicate.progressive) flags[n++] = 'g';
  if (predicate.infinitive) flags[n++] = 'i';
  if (predicate.conditional) flags[n++] = 'c';
  if (predicate.in_condition) flags[n++] = 'f';
  const std::string_view all(flags.data(), n);
  add({"m", place, all});
  add({"mm", place, predicate.modal, predicate.negated ? "n" : ""});
  if (predicate.conditional) add({"mc", place});
  std::vector<std::string_view> kinds;
  classes(verb, kinds);
  for (const std::string_view kind : kinds) {
    add({"mk", place, kind, predicate.modal, predicate.negated ? "n" : "", predicate.tense == Tense::future ? "f" : ""});
  }
  add({"ml", part(verb, document_[verb].lemma), predicate.modal, predicate.negated ? "n" : "", predicate.tense == Tense::future ? "f" : ""});
}

// The verb with what hangs on it.
void Features::around(TokenIndex verb, std::string_view place) {
  std::vector<std::string_view> own, below;
  classes(verb, own);
  const Part lemma = part(verb);
  add({"w", place, lemma});
  for (const std::string_view kind : own) add({"k", place, kind});
  if (own.empty()) add({"k", place, "none"});
  std::size_t seen = 0;
  for (const TokenIndex child : document_.children(verb)) {
    const Token& token = document_[child];
    if (token.pos == Pos::punct || token.dep == Dep::det || token.dep == Dep::aux || token.dep == Dep::auxpass) continue;
    if (++seen > 14) break;
    const std::string_view dep = to_string(token.dep);
    const Part child_word = part(child);
    add({"c", place, dep, child_word});
    add({"cl", lemma, dep, child_word});
    classes(child, below);
    for (const std::string_view kind : below) {
      add({"ck", place, dep, kind});
      add({"lk", lemma, dep, kind});
      for (const std::string_view mine : own) add({"kk", mine, dep, kind});
    }
    if (token.dep == Dep::prep || token.dep == Dep::agent)
      for (const TokenIndex object : document_.children(child)) {
        const Token& inner = document_[object];
        if (inner.dep != Dep::pobj && inner.dep != Dep::pcomp) continue;
        add({"cp", place, child_word, part(object)});
        add({"pl", lemma, child_word, part(object)});
        classes(object, below);
        for (const std::string_view kind : below) {
          add({"pk", place, child_word, kind});
          for (const std::string_view mine : own) add({"pkk", mine, child_word, kind});
        }
      }
    if (token.dep == Dep::xcomp || token.dep == Dep::ccomp) {
      classes(child, below);
      manner(child, "x");
      for (const TokenIndex object : document_.children(child)) {
        const Token& inner = document_[object];
        if (inner.dep != Dep::dobj && inner.dep != Dep::nsubj && inner.dep != Dep::acomp) continue;
        add({"xo", to_string(inner.dep), part(object)});
        add({"xl", child_word, part(object)});
      }
    }
    if (token.dep == Dep::dobj || token.dep == Dep::nsubjpass)
      for (const TokenIndex inner : document_.children(child)) {
        const Dep inner_dep = document_[inner].dep;
        if (inner_dep == Dep::amod || inner_dep == Dep::compound || inner_dep == Dep::acl) {
          add({"oa", child_word, part(inner)});
          add({"ol", lemma, child_word, part(inner)});
          add({"om", place, part(inner)});
        }
        if (inner_dep == Dep::prep)
          for (const TokenIndex object : document_.children(inner)) {
            add({"op", child_word, part(inner), part(object)});
            classes(object, below);
            for (const std::string_view kind : below) add({"ok", child_word, kind});
          }
      }
  }
}

void Features::path(const PairPath& path) {
  std::string up, down;
  const auto step = [&](std::string& labels, TokenIndex token) {
    labels += to_string(document_[token].dep);
    labels += ' ';
  };
  if (path.source != no_token) step(up, path.source);
  for (const TokenIndex token : path.from_source) step(up, token);
  if (path.target != no_token) step(down, path.target);
  for (const TokenIndex token : path.from_target) step(down, token);
  const Part pivot = part(path.pivot);
  add({"path", up, down});
  add({"up", up});
  add({"down", down});
  add({"upw", up, pivot});
  add({"downw", down, pivot});
  add({"pos", to_string(document_[path.pivot].pos), path.source < path.target ? "<" : ">"});
  if (path.coordinated) add({"both", pivot});
  if (!path.joined) add({"apart"});

  std::vector<std::string_view> own, kinds;
  classes(path.pivot, own);
  for (const std::string_view kind : own) {
    add({"upk", up, kind});
    add({"downk", down, kind});
  }
  Part last = pivot;
  for (std::size_t i = path.from_target.size(); i-- > 0;) {
    const TokenIndex token = path.from_target[i];
    const Part step_word = part(token);
    add({"t", step_word});
    add({"tt", last, step_word});
    add({"pt", pivot, step_word});
    classes(token, kinds);
    for (const std::string_view kind : kinds) {
      add({"tk", kind});
      for (const std::string_view mine : own) add({"ptk", mine, kind});
    }
    last = step_word;
    if (is_verb(document_[token])) manner(token, "t");
  }
  if (path.target != no_token) add({"last", last, to_string(document_[path.target].dep)});
  for (const TokenIndex token : path.from_source) {
    add({"s", part(token)});
    classes(token, kinds);
    for (const std::string_view kind : kinds) add({"sk", kind});
  }
  around(path.pivot, "p");
  if (is_verb(document_[path.pivot])) manner(path.pivot, "p");
  for (std::size_t i = 0; i < path.from_target.size() && i < 4; ++i) {
    const TokenIndex token = path.from_target[i];
    if (document_[token].dep != Dep::prep) around(token, "d");
  }
  // the word above: "said that S attacked T"
  if (!document_.is_root(path.pivot)) {
    const TokenIndex above = document_[path.pivot].head;
    add({"above", part(above), to_string(document_[path.pivot].dep)});
    classes(above, kinds);
    for (const std::string_view kind : kinds) add({"abovek", kind, to_string(document_[path.pivot].dep)});
    if (is_verb(document_[above]) && document_[path.pivot].dep != Dep::advcl) manner(above, "a");
  }
  // who they are
  for (const auto& [token, mark] : {std::pair{path.source, "hs"}, std::pair{path.target, "ht"}}) {
    if (token == no_token) continue;
    const Token& head = document_[token];
    const bool name = head.entity != EntityLabel::none && head.pos == Pos::propn;
    const Part kind = name ? Part(to_string(head.entity)) : part(token, head.lemma);
    add({mark, kind});
    add({mark, kind, pivot});
    for (const std::string_view mine : own) add({mark, kind, mine});
  }
}

void Features::verdict(const PairPath& path) {
  const std::vector<TokenIndex> chain = chain_of(document_, path);
  const ChainVerdict read = read_chain(document_, chain, lexicon_);
  if (!read.coding) {
    add({"r", "none"});
    return;
  }
  const std::string_view type = to_string(read.coding->type);
  add({"r", type});
  add({"rm", type, read.coding->mode});
  add({"rc", type, to_string(read.core->type)});
  add({"rt", type, part(read.trigger, document_[read.trigger].lemma)});
  add({"rd", type, part(read.decider, document_[read.decider].lemma)});
}

// N-grams with the parties hidden: between the marks, and around.
void Features::words(TokenSpan source, TokenSpan target) {
  TokenSpan first = source.begin < target.begin ? source : target;
  TokenSpan second = source.begin < target.begin ? target : source;
  if (first.empty()) first = second;
  if (second.empty()) second = first;
  const TokenSpan sentence = {document_.sentence_of(first.begin).begin, document_.sentence_of(second.end - 1).end};
  std::vector<std::string_view> row;
  std::vector<Part> shown;
  std::vector<char> where;
  std::vector<std::string_view> kinds;
  std::vector<std::string_view> kind_row;
  for (TokenIndex i = sentence.begin; i < sentence.end; ++i) {
    const Token& token = document_[i];
    if (token.pos == Pos::punct || token.pos == Pos::space || token.tag == Tag::dt || token.tag == Tag::pos) continue;
    const bool marked = source.contains(i) || target.contains(i);
    const std::string_view text = word(i);
    // a marked phrase, or a name of several words, is one step
    if (!row.empty() && text == row.back() && (marked || text[0] == '#' || token.entity != EntityLabel::none)) continue;
    if (i + 40 < first.begin || i > second.end + 40) continue;
    row.push_back(text);
    shown.push_back(part(i, text));
    where.push_back(i < first.begin ? 'b' : i < second.begin ? 'm' : 'a');
    classes(i, kinds);
    kind_row.push_back(marked || kinds.empty() ? text : kinds.front());
  }
  for (std::size_t i = 0; i < row.size(); ++i) {
    const std::string_view place(&where[i], 1);
    add({"1", shown[i]});
    add({"1p", place, row[i]});
    if (kind_row[i] != row[i]) add({"1k", place, kind_row[i]});
    if (i + 1 < row.size()) {
      add({"2", row[i], row[i + 1]});
      if (kind_row[i] != row[i] || kind_row[i + 1] != row[i + 1]) add({"2k", kind_row[i], kind_row[i + 1]});
    }
    if (i + 2 < row.size()) {
      add({"3", row[i], row[i + 1], row[i + 2]});
      add({"3s", row[i], row[i + 2]});
    }
  }
}

void Features::pair(TokenSpan source, TokenSpan target) {
  source_ = source;
  target_ = target;
  add({"bias"});
  const PairPath found = path_between(document_, source, target);
  if (found.pivot != no_token) {
    path(found);
    verdict(found);
  }
  words(source, target);
}

}  // namespace

void append_pair_features(const Document& document, TokenSpan source, TokenSpan target, const EventLexicon& lexicon,
                          std::vector<std::uint32_t>& features, std::vector<std::string>* names) {
  if (source.empty() && target.empty()) return;
  Features(document, lexicon, features, names).pair(source, target);
}

}  // namespace dragoman
