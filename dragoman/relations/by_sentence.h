// Findings by the sentence that they stand in: so that one is held against its neighbours and not against all of a book.
#pragma once

#include <cstddef>
#include <vector>

#include "dragoman/document/document.h"

namespace dragoman {

/// Indices into a list that its owner keeps, by the sentence of a token.
class BySentence {
 public:
  explicit BySentence(const Document& document) : document_(document), at_(document.sentences().size()) {}
  void add(TokenIndex token, std::size_t index) { at_[document_[token].sentence].push_back(index); }
  /// Those in the sentence of that token, in the order in which they were added.
  [[nodiscard]] const std::vector<std::size_t>& of(TokenIndex token) const { return at_[document_[token].sentence]; }

 private:
  const Document& document_;
  std::vector<std::vector<std::size_t>> at_;
};

}  // namespace dragoman
