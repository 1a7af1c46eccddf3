// Lemmatizer: the dictionary form of a token, from its text, part of speech and morphology.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "dragoman/base/result.h"
#include "dragoman/language/model_file.h"

namespace dragoman {

class Lemmatizer {
 public:
  [[nodiscard]] static Result<Lemmatizer> make(const ModelFile& model);

  /// `lower` is the lower-cased `text`. Pure: the same arguments always give the same lemma.
  [[nodiscard]] std::string lemma(std::string_view text, std::string_view lower, Pos pos, std::string_view morph) const;

 private:
  const ModelFile* model_ = nullptr;
  std::span<const std::uint32_t> kinds_;
  std::span<const LemmaRule> rules_;
  std::span<const TextSlot> exceptions_, index_;
  std::span<const Range32> exception_ranges_;
  std::span<const PooledText> exception_texts_;
};

}  // namespace dragoman
