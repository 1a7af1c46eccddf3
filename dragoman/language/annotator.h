// Annotator: finds tokens, tags, lemmas, the parse and names in a text. It gives what spaCy 3.8 gives with en_core_web_sm 3.8.0.
//
//   text  ->  tokenizer -> encoder -> tagger, parser -> attribute ruler -> lemmatizer -> entity recogniser  ->  DocumentBuilder
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>

#include "dragoman/base/deadline.h"
#include "dragoman/base/result.h"
#include "dragoman/document/document.h"
#include "dragoman/document/surface.h"

namespace dragoman {

struct AnnotateOptions {
  bool names = true;   ///< find names; without them the work is 40 % less
  bool lemmas = true;  ///< otherwise the lemma is the lower-cased text
  Deadline deadline = {};  ///< once it is over the rest is left out; looked at between some thousand words
};

/// What one thread needs to annotate: working memory, and memories of words that it has met, which make the next text cheaper and never
/// change its annotation. Bounded (some 60 MB). Not to be used by two calls at once, nor with two annotators.
class AnnotatorScratch {
 public:
  AnnotatorScratch();
  AnnotatorScratch(AnnotatorScratch&&) noexcept;
  AnnotatorScratch& operator=(AnnotatorScratch&&) noexcept;
  ~AnnotatorScratch();

  struct Memory;
  [[nodiscard]] Memory& memory() { return *memory_; }

 private:
  std::unique_ptr<Memory> memory_;
};

/// One paragraph to annotate. `text` is valid UTF-8 and may hold any white space.
struct Paragraph {
  std::string_view text;
  const OffsetMap* to_source;
  bool is_dateline = false;
};

class Annotator {
 public:
  /// Maps the packed model (see ModelFile) and makes it ready: some 10 ms. A missing or damaged model gives one clear sentence.
  [[nodiscard]] static Result<Annotator> open(const std::filesystem::path& model);
  Annotator(Annotator&&) noexcept;
  Annotator& operator=(Annotator&&) noexcept;
  ~Annotator();

  /// Appends the tokens of one paragraph to `builder` and ends the paragraph there. Token spans are source bytes, through `to_source`.
  /// Never fails. May be called from several threads at once, each with its own scratch. This object must outlive the document.
  void annotate(std::string_view shown, const OffsetMap& to_source, const AnnotateOptions& options, AnnotatorScratch& scratch,
                DocumentBuilder& builder) const;

  /// The same for several paragraphs; faster than one by one, and with the same result.
  void annotate(std::span<const Paragraph> paragraphs, const AnnotateOptions& options, AnnotatorScratch& scratch,
                DocumentBuilder& builder) const;
  void annotate(const Surface& surface, const AnnotateOptions& options, AnnotatorScratch& scratch, DocumentBuilder& builder) const;

  [[nodiscard]] std::string_view instruction_set() const;  ///< "avx512", "avx2", "portable"
  [[nodiscard]] std::string_view model_sha256() const;     ///< of the wheel that the model was packed from

  struct Parts;
  [[nodiscard]] const Parts& parts() const { return *parts_; }  ///< for tests and benchmarks (annotator_parts.h)

 private:
  Annotator();
  void annotate_group(std::span<const Paragraph> paragraphs, const AnnotateOptions& options, AnnotatorScratch& scratch,
                      DocumentBuilder& builder) const;
  std::unique_ptr<Parts> parts_;
};

}  // namespace dragoman
