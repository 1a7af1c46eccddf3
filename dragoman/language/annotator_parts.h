// The parts of an annotator, for its own code, its tests and benchmarks.
#pragma once

#include <optional>
#include <vector>

#include "dragoman/language/annotator.h"
#include "dragoman/language/attribute_ruler.h"
#include "dragoman/language/encoder.h"
#include "dragoman/language/kernels.h"
#include "dragoman/language/lemmatizer.h"
#include "dragoman/language/lexemes.h"
#include "dragoman/language/model_file.h"
#include "dragoman/language/tokenizer.h"
#include "dragoman/language/transitions.h"

namespace dragoman {

struct Annotator::Parts {
  explicit Parts(ModelFile&& file) : model(std::move(file)), lexicon(model) {}
  ModelFile model;
  const Kernels* kernels = &best_kernels();
  Lexicon lexicon;
  std::optional<Tokenizer> tokenizer;
  std::optional<Encoder> shared, ner;
  std::optional<DependencyParser> parser;
  std::optional<AttributeRuler> ruler;
  std::optional<Lemmatizer> lemmatizer;
  std::optional<EntityRecognizer> recognizer;
  std::span<const Tag> tag_labels;
};

struct AnnotatorScratch::Memory {
  LexemeTable lexemes;
  TokenizerScratch tokenizer;
  EncoderScratch shared{6144}, ner{4608};  // entries of 3.5 kB each
  DependencyParser::Scratch parser;
  AttributeRuler::Scratch ruler;
  SlotVectors name_slots;
  std::uint64_t document = 0;  ///< number of the call, to tell what its document keeps

  std::vector<RawToken> raw;
  std::vector<Range32> texts;
  std::vector<EncoderToken> tokens;
  LineFloats lower;  ///< 64 floats a token, and room for a few more
  std::vector<Tag> tags;
  std::vector<std::uint8_t> is_space, sentence_begins, name_begins;
  std::vector<std::uint32_t> heads;
  std::vector<Dep> deps;
  std::vector<EntityLabel> labels;
  std::vector<RulerToken> ruler_tokens;
  std::vector<RulerVerdict> verdicts;

  /// Forgets words when there are too many of them. To be called between texts only.
  void keep_bounded();
};

}  // namespace dragoman
