// Where the annotator's time goes: CPU time a token of each component, over the stories of a JSON-lines file. Prints one JSON object.
//
//   dragoman_bench_components MODEL FILE
#include <simdjson.h>

#include <cstdio>
#include <string>
#include <vector>

#include "bench/clock.h"
#include "dragoman/language/annotator_parts.h"
#include "dragoman/view/annotation.h"

int main(int argc, char** argv) {
  using namespace dragoman;
  if (argc != 3) {
    std::fputs("usage: dragoman_bench_components MODEL FILE\n", stderr);
    return 2;
  }
  const double before_open = cpu_seconds();
  const Result<Annotator> annotator = Annotator::open(argv[1]);
  const double open_time = cpu_seconds() - before_open;
  if (!annotator) {
    std::fprintf(stderr, "%s\n", annotator.error().message.c_str());
    return 1;
  }
  std::vector<std::string> texts;
  simdjson::dom::parser parser;
  simdjson::dom::document_stream rows;
  if (parser.load_many(argv[2]).get(rows)) return 1;
  for (simdjson::dom::element row : rows) texts.emplace_back(std::string_view(row["text"]));

  const Annotator::Parts& parts = annotator->parts();
  AnnotatorScratch scratch;
  AnnotatorScratch::Memory& memory = scratch.memory();
  enum { tokenizer, shared_encoder, parser_moves, ruler, ner_encoder, ner_moves, all, writing, kinds };
  const char* names[kinds] = {"tokenizer", "tok2vec and tagger", "parser", "attribute ruler", "ner tok2vec", "ner moves", "annotate, all", "writing JSON"};
  double spent[kinds] = {};
  double last = 0;
  const auto took = [&](int kind) {
    const double now = cpu_seconds();
    spent[kind] += now - last;
    last = now;
  };
  std::size_t tokens = 0, bytes = 0;
  std::vector<RawToken> raw;
  std::vector<EncoderToken> encoder_tokens;
  std::vector<std::uint8_t> is_space, begins, name_begins;
  std::vector<std::uint32_t> heads;
  std::vector<Dep> deps;
  std::vector<Tag> tags;
  std::vector<EntityLabel> labels;
  std::vector<RulerToken> ruler_tokens;
  std::vector<RulerVerdict> verdicts;
  LineFloats lower;
  for (const std::string& text : texts) {
    memory.keep_bounded();
    raw.clear();
    last = cpu_seconds();
    parts.tokenizer->tokenize(text, parts.lexicon, memory.lexemes, memory.tokenizer, raw);
    took(tokenizer);
    const std::size_t count = raw.size();
    tokens += count;
    bytes += text.size();
    encoder_tokens.clear();
    is_space.clear();
    for (const RawToken& token : raw) {
      encoder_tokens.push_back({token.lexeme, token.blank_after});
      is_space.push_back(memory.lexemes[token.lexeme].is_space);
    }
    lower.resize((count + SlotVectors::rounding) * hidden_width);
    tags.resize(count);
    heads.resize(count);
    deps.resize(count);
    begins.resize(count);
    name_begins.resize(count);
    labels.resize(count);
    const Range32 whole{0, static_cast<std::uint32_t>(count)};
    last = cpu_seconds();
    parts.shared->encode(*parts.kernels, encoder_tokens, {&whole, 1}, memory.lexemes, memory.shared, [&](std::size_t i, const float* scores) {
      tags[i] = parts.tag_labels[static_cast<std::size_t>(std::max_element(scores, scores + tag_classes) - scores)];
      std::copy(scores + 64, scores + 64 + hidden_width, lower.begin() + static_cast<std::ptrdiff_t>(i * hidden_width));
    });
    took(shared_encoder);
    parts.parser->parse(*parts.kernels, lower.data(), is_space, heads, deps, begins, memory.parser, nullptr);
    took(parser_moves);
    ruler_tokens.clear();
    verdicts.clear();
    for (std::size_t i = 0; i < count; ++i) ruler_tokens.push_back({memory.lexemes[raw[i].lexeme].word_class, tags[i], deps[i]});
    parts.ruler->judge(ruler_tokens, memory.ruler, verdicts);
    took(ruler);
    parts.ner->encode(*parts.kernels, encoder_tokens, {&whole, 1}, memory.lexemes, memory.ner, [&](std::size_t i, const float* scores) {
      std::copy(scores, scores + hidden_width, lower.begin() + static_cast<std::ptrdiff_t>(i * hidden_width));
    });
    took(ner_encoder);
    parts.recognizer->find(*parts.kernels, lower.data(), is_space, begins, labels, name_begins, memory.name_slots, nullptr);
    took(ner_moves);
  }
  // Again as a whole, from cold caches, for what lies between the components.
  AnnotatorScratch fresh;
  std::size_t written = 0;
  for (const std::string& text : texts) {
    last = cpu_seconds();
    DocumentBuilder builder(text, {});
    annotator->annotate(builder.text(), OffsetMap(), {}, fresh, builder);
    const Document document = builder.finish();
    took(all);
    std::string out;
    append_annotation_json(document, out);
    written += out.size();
    took(writing);
  }
  std::printf("{\"isa\": \"%s\", \"tokens\": %zu, \"bytes\": %zu, \"written\": %zu, \"open_ms\": %.1f, \"us_per_token\": {",
              parts.kernels->name, tokens, bytes, written, 1e3 * open_time);
  for (int kind = 0; kind < kinds; ++kind)
    std::printf("%s\"%s\": %.3f", kind ? ", " : "", names[kind], 1e6 * spent[kind] / static_cast<double>(tokens));
  std::printf("}}\n");
  return 0;
}
