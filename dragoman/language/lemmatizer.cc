#include "dragoman/language/lemmatizer.h"

#include <algorithm>
#include <vector>

#include "dragoman/language/unicode.h"

namespace dragoman {
namespace {

bool has(std::string_view morph, std::string_view feature) {
  for (std::size_t at = morph.find(feature); at != std::string_view::npos; at = morph.find(feature, at + 1)) {
    const std::size_t end = at + feature.size();
    if ((at == 0 || morph[at - 1] == '|') && (end == morph.size() || morph[end] == '|')) return true;
  }
  return false;
}

bool has_number(std::string_view morph) { return morph.starts_with("Number=") || morph.find("|Number=") != std::string_view::npos; }

/// A form that is its own lemma, by its morphology.
bool is_base_form(Pos pos, std::string_view morph) {
  if (pos == Pos::noun && has(morph, "Number=Sing")) return true;
  if (pos == Pos::verb && has(morph, "VerbForm=Inf")) return true;
  if (pos == Pos::verb && has(morph, "VerbForm=Fin") && has(morph, "Tense=Pres") && !has_number(morph)) return true;
  return has(morph, "Degree=Pos") || has(morph, "VerbForm=Inf") || has(morph, "VerbForm=None");
}

bool is_all_alpha(std::string_view text) {
  const std::u32string characters = unicode::code_points(text);
  return !characters.empty() && std::all_of(characters.begin(), characters.end(), unicode::is_alpha);
}

}  // namespace

Result<Lemmatizer> Lemmatizer::make(const ModelFile& model) {
  Lemmatizer lemmatizer;
  lemmatizer.model_ = &model;
  lemmatizer.kinds_ = model.section<std::uint32_t>("lemma.kinds");
  lemmatizer.rules_ = model.section<LemmaRule>("lemma.rules");
  lemmatizer.exceptions_ = model.section<TextSlot>("lemma.exceptions");
  lemmatizer.index_ = model.section<TextSlot>("lemma.index");
  lemmatizer.exception_ranges_ = model.section<Range32>("lemma.exception.ranges");
  lemmatizer.exception_texts_ = model.section<PooledText>("lemma.exception.texts");
  if (lemmatizer.kinds_.size() != static_cast<std::size_t>(Pos::space) + 1 || lemmatizer.exceptions_.empty() || lemmatizer.index_.empty())
    return fail(ErrorCode::malformed, "the model has no lemma tables");
  return lemmatizer;
}

std::string Lemmatizer::lemma(std::string_view text, std::string_view lower, Pos pos, std::string_view morph) const {
  if (pos == Pos::none || pos == Pos::space || is_base_form(pos, morph)) return std::string(lower);
  const auto group = static_cast<std::uint32_t>(pos);
  if (!kinds_[group]) return std::string(pos == Pos::propn ? text : lower);

  std::vector<std::string> forms, unknown;
  for (const LemmaRule& rule : rules_) {
    if (rule.group != group) continue;
    const std::string_view ending = model_->text(rule.old_ending);
    if (!lower.ends_with(ending)) continue;
    std::string form(lower.substr(0, lower.size() - ending.size()));
    form += model_->text(rule.new_ending);
    if (form.empty()) continue;
    if (model_->find(index_, group, form) != ModelFile::absent) {
      forms.insert(forms.begin(), std::move(form));
    } else if (!is_all_alpha(form)) {
      forms.push_back(std::move(form));
    } else {
      unknown.push_back(std::move(form));
    }
  }
  // Later duplicates would never come first; only the first form counts in the end.
  const std::uint32_t exception = model_->find(exceptions_, group, lower);
  if (exception != ModelFile::absent) {
    const Range32 range = exception_ranges_[exception];
    for (const PooledText& known : exception_texts_.subspan(range.begin, range.end - range.begin)) {
      const std::string form(model_->text(known));
      if (std::find(forms.begin(), forms.end(), form) == forms.end()) forms.insert(forms.begin(), form);
    }
  }
  if (!forms.empty()) return forms.front();
  if (!unknown.empty()) return unknown.front();
  return std::string(text);
}

}  // namespace dragoman
