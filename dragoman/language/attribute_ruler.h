// Attribute ruler: parts of speech, morphology and some lemmas, by rules over tag, word and dependency label.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "dragoman/base/result.h"
#include "dragoman/language/lexemes.h"
#include "dragoman/language/model_file.h"

namespace dragoman {

/// What the rules say of a token. Strings live in the model.
struct RulerVerdict {
  Pos pos = Pos::none;
  Tag tag = Tag::none;   ///< the token's tag, perhaps replaced
  Dep dep = Dep::none;   ///< likewise
  std::string_view morph;
  std::string_view lemma;
  bool has_lemma = false;
};

/// A token as the rules see it.
struct RulerToken {
  std::uint16_t word_class;
  Tag tag;
  Dep dep;
};

class AttributeRuler {
 public:
  /// Verdicts by word class, tag and label, filled as they are asked for; one per thread.
  struct Scratch {
    std::vector<std::uint16_t> known;  ///< verdict + 1
    std::vector<RulerVerdict> verdicts;
  };

  /// Tells `lexicon` the words that rules speak of.
  [[nodiscard]] static Result<AttributeRuler> make(const ModelFile& model, Lexicon& lexicon);

  /// The verdicts on a text's tokens, in order.
  void judge(std::span<const RulerToken> tokens, Scratch& scratch, std::vector<RulerVerdict>& verdicts) const;

 private:
  static constexpr std::size_t tag_count = static_cast<std::size_t>(Tag::quote_open) + 1;
  static constexpr std::size_t dep_count = static_cast<std::size_t>(Dep::xcomp) + 1;

  struct Test {
    std::uint64_t tags, deps;
    std::vector<bool> classes;  ///< of words
  };
  struct Alternative {
    std::uint32_t rule;
    std::vector<Test> tests;
  };
  [[nodiscard]] bool passes(const Test& test, RulerToken token) const {
    return test.tags >> static_cast<unsigned>(token.tag) & 1 && test.deps >> static_cast<unsigned>(token.dep) & 1 &&
           test.classes[token.word_class];
  }
  void apply(std::uint32_t rule, RulerVerdict& verdict) const;
  [[nodiscard]] RulerVerdict verdict_alone(RulerToken token) const;

  const ModelFile* model_ = nullptr;
  std::span<const RulerRule> rules_;
  std::vector<Alternative> single_, paired_;      ///< alternatives of one and of two tokens, by rule
  std::vector<bool> may_begin_pair_;              ///< by word class: could be the first of two, whatever its tag and label
  std::uint64_t pair_deps_ = 0;                   ///< labels that make any word a possible first of two
  std::size_t class_count_ = 0;
};

}  // namespace dragoman
