// All rules look at the tokens as the parser left them and are applied in the order of their numbers, field by field, so that later
// rules win. What the rules of one token say depends on its word class (a number for each word that any rule names), its tag and its
// label only: that is a table, filled on demand. The few rules over two neighbours are looked for only where their first word stands.
#include "dragoman/language/attribute_ruler.h"

#include <algorithm>

namespace dragoman {

Result<AttributeRuler> AttributeRuler::make(const ModelFile& model, Lexicon& lexicon) {
  AttributeRuler ruler;
  ruler.model_ = &model;
  ruler.rules_ = model.section<RulerRule>("ruler.rules");
  const auto alternatives = model.section<RulerAlternative>("ruler.alternatives");
  const auto tests = model.section<RulerTest>("ruler.tests");
  const auto words = model.section<PooledText>("ruler.words");
  if (ruler.rules_.empty() || alternatives.empty()) return fail(ErrorCode::malformed, "the model has no attribute rules");
  for (const PooledText& word : words)
    lexicon.word_classes.try_emplace(model.text(word), static_cast<std::uint16_t>(lexicon.word_classes.size() + 1));
  lexicon.space_class = static_cast<std::uint16_t>(lexicon.word_classes.size() + 1);
  ruler.class_count_ = lexicon.space_class + 1u;
  ruler.may_begin_pair_.resize(ruler.class_count_);

  for (const RulerAlternative& packed : alternatives) {
    Alternative alternative{packed.rule, {}};
    for (const RulerTest& test : tests.subspan(packed.tests.begin, packed.tests.end - packed.tests.begin)) {
      Test made{test.tags, test.deps, std::vector<bool>(ruler.class_count_, test.words.begin == test.words.end)};
      for (const PooledText& word : words.subspan(test.words.begin, test.words.end - test.words.begin))
        made.classes[lexicon.word_classes.at(model.text(word))] = true;
      if (test.space == 1)
        for (std::size_t c = 0; c + 1 < ruler.class_count_; ++c) made.classes[c] = false;
      if (test.space == 2) made.classes[lexicon.space_class] = false;
      alternative.tests.push_back(std::move(made));
    }
    if (alternative.tests.size() == 2) {
      const Test& first = alternative.tests.front();
      if (first.classes[0]) {
        ruler.pair_deps_ |= first.deps;
      } else {
        for (std::size_t c = 0; c < ruler.class_count_; ++c) ruler.may_begin_pair_[c] = ruler.may_begin_pair_[c] || first.classes[c];
      }
    }
    (alternative.tests.size() == 2 ? ruler.paired_ : ruler.single_).push_back(std::move(alternative));
  }
  return ruler;
}

void AttributeRuler::apply(std::uint32_t number, RulerVerdict& verdict) const {
  const RulerRule& rule = rules_[number];
  if (rule.fields & RulerRule::sets_pos) verdict.pos = rule.pos;
  if (rule.fields & RulerRule::sets_tag) verdict.tag = rule.tag;
  if (rule.fields & RulerRule::sets_dep) verdict.dep = rule.dep;
  if (rule.fields & RulerRule::sets_morph) verdict.morph = model_->text(rule.morph);
  if (rule.fields & RulerRule::sets_lemma) {
    verdict.lemma = model_->text(rule.lemma);
    verdict.has_lemma = true;
  }
}

RulerVerdict AttributeRuler::verdict_alone(RulerToken token) const {
  RulerVerdict verdict{.pos = Pos::none, .tag = token.tag, .dep = token.dep, .morph = {}, .lemma = {}};
  for (const Alternative& alternative : single_)
    if (passes(alternative.tests.front(), token)) apply(alternative.rule, verdict);
  return verdict;
}

void AttributeRuler::judge(std::span<const RulerToken> tokens, Scratch& scratch, std::vector<RulerVerdict>& verdicts) const {
  if (scratch.known.empty()) scratch.known.resize(class_count_ * tag_count * dep_count);
  struct Match {
    std::size_t token;
    std::uint32_t rule;
  };
  std::vector<Match> paired;
  const std::size_t first = verdicts.size();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const RulerToken token = tokens[i];
    std::uint16_t& known =
        scratch.known[(token.word_class * tag_count + static_cast<std::size_t>(token.tag)) * dep_count + static_cast<std::size_t>(token.dep)];
    if (!known) {
      scratch.verdicts.push_back(verdict_alone(token));
      known = static_cast<std::uint16_t>(scratch.verdicts.size());
    }
    verdicts.push_back(scratch.verdicts[known - 1u]);
    if (i + 1 == tokens.size()) break;
    if (!may_begin_pair_[token.word_class] && !(pair_deps_ >> static_cast<unsigned>(token.dep) & 1)) continue;
    for (const Alternative& alternative : paired_)
      if (passes(alternative.tests[0], token) && passes(alternative.tests[1], tokens[i + 1]))
        paired.push_back({i + rules_[alternative.rule].index, alternative.rule});
  }
  // Tokens that a rule over two matched: all their rules once more, in order.
  for (const Match& match : paired) {
    const RulerToken token = tokens[match.token];
    RulerVerdict verdict{.pos = Pos::none, .tag = token.tag, .dep = token.dep, .morph = {}, .lemma = {}};
    std::vector<std::uint32_t> rules;
    for (const Alternative& alternative : single_)
      if (passes(alternative.tests.front(), token)) rules.push_back(alternative.rule);
    for (const Match& other : paired)
      if (other.token == match.token) rules.push_back(other.rule);
    std::sort(rules.begin(), rules.end());
    for (const std::uint32_t rule : rules) apply(rule, verdict);
    verdicts[first + match.token] = verdict;
  }
}

}  // namespace dragoman
