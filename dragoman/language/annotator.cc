#include "dragoman/language/annotator.h"

#include <algorithm>

#include "dragoman/language/annotator_parts.h"

namespace dragoman {
namespace {

/// The first of the greatest scores.
std::size_t best_of(const float* scores, std::size_t count) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < count; ++i)
    if (scores[i] > scores[best]) best = i;
  return best;
}

std::string_view lemma_of(const Annotator::Parts& parts, AnnotatorScratch::Memory& memory, LexemeIndex index, const RulerVerdict& verdict,
                          DocumentBuilder& builder) {
  if (verdict.has_lemma) return verdict.lemma;
  Lexeme& lexeme = memory.lexemes[index];
  const char* const morph = verdict.morph.data();
  Lexeme::Lemma* known = &lexeme.lemmas[0];
  if (!(known->filled && known->pos == verdict.pos && known->morph == morph)) std::swap(lexeme.lemmas[0], lexeme.lemmas[1]);
  if (!(known->filled && known->pos == verdict.pos && known->morph == morph)) {
    const std::string lemma = parts.lemmatizer->lemma(lexeme.text, lexeme.lower, verdict.pos, verdict.morph);
    *known = {.lemma = memory.lexemes.keep(lemma), .morph = morph, .pos = verdict.pos, .filled = true, .kept = {}, .kept_for = 0};
  }
  // The document keeps its own copy of each string, once.
  if (known->lemma == lexeme.lower) return lexeme.kept_lower;
  if (known->kept_for != memory.document) {
    known->kept_for = memory.document;
    known->kept = builder.keep(known->lemma);
  }
  return known->kept;
}

}  // namespace

AnnotatorScratch::AnnotatorScratch() : memory_(std::make_unique<Memory>()) {}
AnnotatorScratch::AnnotatorScratch(AnnotatorScratch&&) noexcept = default;
AnnotatorScratch& AnnotatorScratch::operator=(AnnotatorScratch&&) noexcept = default;
AnnotatorScratch::~AnnotatorScratch() = default;

void AnnotatorScratch::Memory::keep_bounded() {
  // One huge paragraph must not keep its memory for good.
  constexpr std::size_t usual_tokens = 32'768;
  if (raw.capacity() > 2 * usual_tokens) {
    lower = {}, raw = {}, tokens = {}, tags = {}, is_space = {}, sentence_begins = {}, name_begins = {}, heads = {}, deps = {}, labels = {};
    ruler_tokens = {}, verdicts = {}, parser = {};
  }
  constexpr std::size_t most_lexemes = 16'000, most_text = 8 << 20;
  if (lexemes.size() <= most_lexemes && lexemes.text_bytes() <= most_text) return;
  lexemes.clear();
  tokenizer.clear();
  shared.forget();
  ner.forget();
}

Annotator::Annotator() = default;
Annotator::Annotator(Annotator&&) noexcept = default;
Annotator& Annotator::operator=(Annotator&&) noexcept = default;
Annotator::~Annotator() = default;

Result<Annotator> Annotator::open(const std::filesystem::path& path) {
  Result<ModelFile> model = ModelFile::open(path);
  if (!model) return tl::unexpected(model.error());
  Annotator annotator;
  annotator.parts_ = std::make_unique<Parts>(std::move(*model));
  Parts& parts = *annotator.parts_;
  const auto take = [&](auto& part, auto&& made) -> bool {
    if (!made) {
      model = tl::unexpected(Error{made.error().code, path.string() + ": " + made.error().message});
      return false;
    }
    part = std::move(*made);
    return true;
  };
  parts.tag_labels = parts.model.section<Tag>("tags");
  if (parts.tag_labels.size() != tag_classes || parts.model.section<TextSlot>("symbols").empty() || parts.model.section<NormSlot>("norms").empty())
    return fail(ErrorCode::malformed, path.string(), ": the model lacks labels or string tables");
  if (!take(parts.tokenizer, Tokenizer::make(parts.model, parts.lexicon)) ||
      !take(parts.ruler, AttributeRuler::make(parts.model, parts.lexicon)) || !take(parts.lemmatizer, Lemmatizer::make(parts.model)) ||
      !take(parts.shared, Encoder::make(parts.model, "shared", "parser.lower", 128)) ||
      !take(parts.ner, Encoder::make(parts.model, "ner", "ner.lower", 64)) || !take(parts.parser, DependencyParser::make(parts.model)) ||
      !take(parts.recognizer, EntityRecognizer::make(parts.model)))
    return tl::unexpected(model.error());
  return annotator;
}

void Annotator::annotate(std::string_view shown, const OffsetMap& to_source, const AnnotateOptions& options, AnnotatorScratch& scratch,
                         DocumentBuilder& builder) const {
  const Paragraph paragraph{shown, &to_source};
  annotate(std::span(&paragraph, 1), options, scratch, builder);
}

void Annotator::annotate(const Surface& surface, const AnnotateOptions& options, AnnotatorScratch& scratch, DocumentBuilder& builder) const {
  std::vector<Paragraph> paragraphs;
  for (const SurfaceParagraph& paragraph : surface.paragraphs) paragraphs.push_back({paragraph.text, &paragraph.map, paragraph.is_dateline});
  annotate(paragraphs, options, scratch, builder);
}

void Annotator::annotate(std::span<const Paragraph> paragraphs, const AnnotateOptions& options, AnnotatorScratch& scratch,
                         DocumentBuilder& builder) const {
  // In groups of some thousand tokens: enough for the kernels, and a long document takes no more memory than a short one.
  constexpr std::size_t group_bytes = 16'384;
  ++scratch.memory().document;
  for (std::size_t begin = 0; begin < paragraphs.size() && !options.deadline.is_over();) {
    std::size_t end = begin, bytes = 0;
    while (end < paragraphs.size() && (end == begin || bytes + paragraphs[end].text.size() <= group_bytes)) bytes += paragraphs[end++].text.size();
    annotate_group(paragraphs.subspan(begin, end - begin), options, scratch, builder);
    begin = end;
  }
}

void Annotator::annotate_group(std::span<const Paragraph> paragraphs, const AnnotateOptions& options, AnnotatorScratch& scratch,
                               DocumentBuilder& builder) const {
  const Parts& parts = *parts_;
  AnnotatorScratch::Memory& memory = scratch.memory();
  memory.keep_bounded();

  memory.raw.clear();
  memory.texts.clear();
  for (const Paragraph& paragraph : paragraphs) {
    const auto begin = static_cast<std::uint32_t>(memory.raw.size());
    parts.tokenizer->tokenize(paragraph.text, parts.lexicon, memory.lexemes, memory.tokenizer, memory.raw);
    memory.texts.push_back({begin, static_cast<std::uint32_t>(memory.raw.size())});
  }
  const std::size_t count = memory.raw.size();
  memory.tokens.resize(count);
  memory.is_space.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    memory.tokens[i] = {memory.raw[i].lexeme, memory.raw[i].blank_after};
    memory.is_space[i] = memory.lexemes[memory.raw[i].lexeme].is_space;
  }

  memory.lower.resize((count + SlotVectors::rounding) * hidden_width);
  memory.tags.resize(count);
  parts.shared->encode(*parts.kernels, memory.tokens, memory.texts, memory.lexemes, memory.shared, [&](std::size_t i, const float* lower) {
    memory.tags[i] = parts.tag_labels[best_of(lower, tag_classes)];
    std::copy(lower + 64, lower + 64 + hidden_width, memory.lower.begin() + static_cast<std::ptrdiff_t>(i * hidden_width));
  });

  memory.heads.resize(count);
  memory.deps.resize(count);
  memory.sentence_begins.resize(count);
  memory.ruler_tokens.resize(count);
  memory.verdicts.clear();
  for (const Range32 text : memory.texts) {
    const std::size_t size = text.end - text.begin;
    parts.parser->parse(*parts.kernels, memory.lower.data() + text.begin * hidden_width, std::span(memory.is_space).subspan(text.begin, size),
                        std::span(memory.heads).subspan(text.begin, size), std::span(memory.deps).subspan(text.begin, size),
                        std::span(memory.sentence_begins).subspan(text.begin, size), memory.parser, nullptr);
    for (std::size_t i = text.begin; i < text.end; ++i)
      memory.ruler_tokens[i] = {memory.lexemes[memory.raw[i].lexeme].word_class, memory.tags[i], memory.deps[i]};
    parts.ruler->judge(std::span(memory.ruler_tokens).subspan(text.begin, size), memory.ruler, memory.verdicts);
  }

  memory.labels.assign(count, EntityLabel::none);
  memory.name_begins.assign(count, 0);
  if (options.names) {
    parts.ner->encode(*parts.kernels, memory.tokens, memory.texts, memory.lexemes, memory.ner, [&](std::size_t i, const float* lower) {
      std::copy(lower, lower + hidden_width, memory.lower.begin() + static_cast<std::ptrdiff_t>(i * hidden_width));
    });
    for (const Range32 text : memory.texts) {
      const std::size_t size = text.end - text.begin;
      parts.recognizer->find(*parts.kernels, memory.lower.data() + text.begin * hidden_width, std::span(memory.is_space).subspan(text.begin, size),
                             std::span(memory.sentence_begins).subspan(text.begin, size), std::span(memory.labels).subspan(text.begin, size),
                             std::span(memory.name_begins).subspan(text.begin, size), memory.name_slots, nullptr);
    }
  }

  for (std::size_t p = 0; p < paragraphs.size(); ++p) {
    const Range32 text = memory.texts[p];
    const TokenIndex first = builder.size();
    for (std::size_t i = text.begin; i < text.end; ++i) {
      const RawToken& raw = memory.raw[i];
      Lexeme& lexeme = memory.lexemes[raw.lexeme];
      if (lexeme.kept_for != memory.document) {
        lexeme.kept_for = memory.document;
        lexeme.kept_lower = builder.keep(lexeme.lower);
        lexeme.kept_norm = lexeme.norm == lexeme.lower ? lexeme.kept_lower : builder.keep(lexeme.norm);
        lexeme.kept_shape = builder.keep(lexeme.shape);
      }
      const RulerVerdict& verdict = memory.verdicts[i];
      const auto size = static_cast<std::uint32_t>(lexeme.text.size());
      Token token;
      token.span = paragraphs[p].to_source->source(ByteSpan{raw.begin, raw.begin + size});
      token.lower = lexeme.kept_lower;
      token.norm = lexeme.kept_norm;
      token.shape = lexeme.kept_shape;
      token.lemma = options.lemmas ? lemma_of(parts, memory, raw.lexeme, verdict, builder) : lexeme.kept_lower;
      token.morph = verdict.morph;
      token.head = first + memory.heads[i];
      token.tag = verdict.tag;
      token.pos = verdict.pos;
      token.dep = verdict.dep;
      token.entity = memory.labels[i];
      token.entity_begins = memory.name_begins[i];
      token.sentence_begins = memory.sentence_begins[i];
      token.space_after = raw.blank_after;
      builder.add(token);
    }
    builder.end_paragraph(paragraphs[p].is_dateline);
  }
}

std::string_view Annotator::instruction_set() const { return parts_->kernels->name; }
std::string_view Annotator::model_sha256() const { return parts_->model.wheel_sha256(); }

}  // namespace dragoman
