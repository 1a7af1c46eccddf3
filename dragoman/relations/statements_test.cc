// Statements: golden cases (tests/golden/statements/*.case, one behaviour each, parse frozen) and what they cannot
// show.
//
// A case has a parse in the notation of tests/builders.h and the statements expected of it, one a line:
//   kind | source | cue | content / content | extras
// DRAGOMAN_UPDATE=1 rewrites the expectations; the difference is reviewed like code.
#include "dragoman/relations/statements.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "dragoman/relations/cue_lexicon.h"
#include "tests/builders.h"

namespace dragoman {
namespace {

const CueLexicon& lexicon() {
  static const CueLexicon loaded = CueLexicon::load().value();
  return loaded;
}

std::string text_of(const Document& document, const std::optional<ByteSpan>& span) {
  return span ? std::string(document.text(*span)) : "-";
}

std::string shown(const Document& document, const std::vector<Statement>& statements) {
  std::string out;
  for (const Statement& statement : statements) {
    out += std::string(to_string(statement.kind)) + " | " + text_of(document, statement.source) + " | " +
           text_of(document, statement.cue) + " | ";
    for (std::size_t i = 0; i < statement.content.size(); ++i)
      out += (i == 0 ? "" : " / ") + std::string(document.text(statement.content[i]));
    if (statement.denied) out += " | denied";
    if (!statement.occasion.empty()) out += " | at: " + statement.occasion;
    if (statement.within != no_statement) out += " | within " + std::to_string(statement.within);
    out += '\n';
  }
  return out;
}

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::filesystem::path> case_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(DRAGOMAN_SOURCE_DIR "/tests/golden/statements"))
    if (entry.path().extension() == ".case") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

TEST(FindStatements, GoldenCases) {
  const std::string parse_mark = "--- parse\n";
  const std::string statements_mark = "--- statements\n";
  const bool update = std::getenv("DRAGOMAN_UPDATE") != nullptr;
  std::size_t cases = 0;
  for (const std::filesystem::path& path : case_files()) {
    SCOPED_TRACE(path.filename().string());
    const std::string text = read_file(path);
    const std::size_t parse = text.find(parse_mark);
    const std::size_t expected = text.find(statements_mark);
    ASSERT_NE(parse, std::string::npos);
    ASSERT_NE(expected, std::string::npos);
    const std::size_t rows = parse + parse_mark.size();
    const Document document = parsed(std::string_view(text).substr(rows, expected - rows));
    const std::string found = shown(document, find_statements(document, {}, {}, lexicon()));
    if (update) {
      std::ofstream(path) << text.substr(0, expected + statements_mark.size()) << found;
    } else {
      EXPECT_EQ(found, text.substr(expected + statements_mark.size()));
    }
    ++cases;
  }
  EXPECT_GE(cases, 50u);
}

/// An entity of that name with one mention headed by each of the tokens.
void mention(const Document& document, Entities& entities, std::string name, std::initializer_list<TokenIndex> heads) {
  const auto id = static_cast<EntityId>(entities.entities.size());
  entities.entities.push_back({.kind = EntityKind::person,
                               .ref = "local:" + name,
                               .name = name,
                               .state = {},
                               .sector = {},
                               .office = {},
                               .basis = {}});
  for (const TokenIndex head : heads)
    entities.mentions.push_back({.span = document[head].span,
                                 .tokens = {head, head + 1},
                                 .head = head,
                                 .form = MentionForm::name,
                                 .entities = {id},
                                 .candidates = {}});
  entities.sort();
}

constexpr std::string_view two_speakers = R"(
      Tolvanen  Tolvanen  nsubj  1  NNP
      said      say       root   1  VBD
      the       the       det    3  DT
      bridge    bridge    nsubj  4  NN
      is        be        ccomp  1  VBZ
      safe      safe      acomp  4  JJ
      .         .         punct  1  .
      “         "         punct  9  ``
      We        we        nsubj  9  PRP
      tested    test      root   9  VBD
      every     every     det    11 DT
      beam      beam      dobj   9  NN
      .         .         punct  9  .
      ”         "         punct  9  ''
      ¶
      “         "         punct  17 ``
      Trains    train     nsubj  17 NNS
      will      will      aux    17 MD
      cross     cross     ccomp  23 VB
      it        it        dobj   17 PRP
      in        in        prep   17 IN
      May       May       pobj   19 NNP
      ,         ,         punct  23 ,
      ”         "         punct  23 ''
      said      say       root   23 VBD
      Marrow    Marrow    nsubj  23 NNP
      .         .         punct  23 .
  )";

TEST(FindStatements, NamesSpeakersAndGivesACuelessQuotationTheSpeakerBefore) {
  const Document document = parsed(two_speakers);
  Entities entities;
  mention(document, entities, "tolvanen", {0});
  mention(document, entities, "marrow", {24});
  const auto statements = find_statements(document, entities, {}, lexicon());
  ASSERT_EQ(statements.size(), 3u);
  EXPECT_EQ(statements[0].speakers, std::vector<EntityId>{0});
  EXPECT_FALSE(statements[1].cue.has_value());
  EXPECT_EQ(statements[1].kind, Quotation::direct);
  EXPECT_EQ(statements[1].speakers, std::vector<EntityId>{0});
  EXPECT_EQ(statements[2].speakers, std::vector<EntityId>{1});
}

TEST(FindStatements, QuotedWordsAreWithoutTheirMarks) {
  const Document document = parsed(two_speakers);
  const auto statements = find_statements(document, {}, {}, lexicon());
  ASSERT_EQ(statements.size(), 3u);
  ASSERT_EQ(statements[2].quoted.size(), 1u);
  EXPECT_EQ(document.text(statements[2].quoted[0]), "Trains will cross it in May,");
  EXPECT_EQ(document.text(statements[2].content[0]), "“Trains will cross it in May,”");
}

TEST(FindStatements, AQuotationLeftOpenGoesOnInTheNextParagraph) {
  const Document document = parsed(R"(
      “         "         punct  3  ``
      The       the       det    2  DT
      bridge    bridge    nsubj  3  NN
      is        be        root   3  VBZ
      ready     ready     acomp  3  JJ
      .         .         punct  3  .
      ¶
      “         "         punct  8  ``
      Trains    train     nsubj  8  NNS
      come      come      ccomp  14 VBP
      in        in        prep   8  IN
      May       May       pobj   9  NNP
      ,         ,         punct  14 ,
      ”         "         punct  14 ''
      she       she       nsubj  14 PRP
      said      say       root   14 VBD
      .         .         punct  14 .
  )");
  const auto statements = find_statements(document, {}, {}, lexicon());
  ASSERT_EQ(statements.size(), 1u);
  ASSERT_EQ(statements[0].content.size(), 2u);
  EXPECT_EQ(document.text(statements[0].content[0]), "“The bridge is ready.");
  EXPECT_EQ(document.text(statements[0].content[1]), "“Trains come in May,”");
}

TEST(FindStatements, ATranscriptNeedsMoreThanOneLabel) {
  const std::string_view chair = R"(
      CHAIR     chair     nsubj  4  NN
      :         :         punct  4  :
      The       the       det    3  DT
      ferry     ferry     nsubj  4  NN
      sails     sail      root   4  VBZ
      today     today     npadvmod 4 NN
      .         .         punct  4  .
  )";
  const Document one = parsed(chair);
  EXPECT_TRUE(find_statements(one, {}, {}, lexicon()).empty());
  const Document two = parsed(std::string(chair) + R"(
      ¶
      MARROW    Marrow    nsubj  11 NNP
      :         :         punct  11 :
      It        it        nsubj  11 PRP
      never     never     neg    11 RB
      sails     sail      root   11 VBZ
      on        on        prep   11 IN
      Monday    Monday    pobj   12 NNP
      .         .         punct  11 .
  )");
  EXPECT_EQ(find_statements(two, {}, {}, lexicon()).size(), 2u);
}

TEST(FindStatements, ADashAndANameSignAQuotation) {
  const Document document = parsed(R"(
      Letters   letter    root   0  NNS
      came      come      acl    0  VBD
      .         .         punct  0  .
      ¶
      “         "         punct  5  ``
      Bridges   bridge    nsubj  5  NNS
      join      join      root   5  VBP
      us        we        dobj   5  PRP
      all       all       appos  6  DT
      .         .         punct  5  .
      ”         "         punct  5  ''
      —         —         punct  12 :
      Joan      Joan      compound 12 NNP
      Marrow    Marrow    root   12 NNP
  )");
  const auto statements = find_statements(document, {}, {}, lexicon());
  ASSERT_EQ(statements.size(), 1u);
  EXPECT_EQ(document.text(*statements[0].source), "Joan Marrow");
  EXPECT_EQ(document.text(*statements[0].cue), "—");
}

TEST(FindStatements, AHeadlineIsLeftToTheBody) {
  const std::string_view headline = R"(
      Council   council   nsubj  1  NN
      urges     urge      root   1  VBZ
      calm      calm      dobj   1  NN
  )";
  const Document alone = parsed(headline);
  EXPECT_EQ(find_statements(alone, {}, {}, lexicon()).size(), 1u);
  const Document above = parsed(std::string(headline) + R"(
      ¶
      Rain      rain      nsubj  4  NN
      fell      fall      root   4  VBD
      .         .         punct  4  .
  )");
  EXPECT_TRUE(find_statements(above, {}, {}, lexicon()).empty());
}

TEST(FindStatements, ABlankLostBeforeTheVerb) {
  const Document document = parsed(R"(
      Tolvanensaid  Tolvanensaid  nsubj  4  NNP
      ,             ,             punct  4  ,
      “             "             punct  4  ``
      We            we            nsubj  4  PRP
      agree         agree         root   4  VBP
      on            on            prep   4  IN
      this          this          pobj   5  DT
      .             .             punct  4  .
      ”             "             punct  4  ''
  )");
  const auto statements = find_statements(document, {}, {}, lexicon());
  ASSERT_EQ(statements.size(), 1u);
  EXPECT_EQ(document.text(*statements[0].cue), "said");
  EXPECT_EQ(document.text(*statements[0].source), "Tolvanen");
}

TEST(FindStatements, NoTextNoStatements) {
  EXPECT_TRUE(find_statements(DocumentBuilder("", {}).finish(), {}, {}, lexicon()).empty());
}

TEST(StatementAt, GivesTheInnermost) {
  const Document document = parsed(two_speakers);
  const auto statements = find_statements(document, {}, {}, lexicon());
  EXPECT_EQ(statement_at(statements, document[3].span.begin), 0u);
  EXPECT_EQ(statement_at(statements, document[9].span.begin), 1u);
  EXPECT_EQ(statement_at(statements, document[17].span.begin), 2u);
  EXPECT_EQ(statement_at(statements, document[0].span.begin), no_statement);
}

TEST(CueLexicon, HoldsFiveHundredVerbsAndItsParticlesComeFirst) {
  std::size_t verbs = 0;
  std::istringstream table(read_file(DRAGOMAN_SOURCE_DIR "/data/statements/cues.tsv"));
  for (std::string line; std::getline(table, line);) verbs += line.find("\tverb\t") != std::string::npos;
  EXPECT_GE(verbs, 500u);
  const auto point = lexicon().find("point", CueKind::verb);
  ASSERT_EQ(point.size(), 2u);
  EXPECT_EQ(point[0].particle, "out");
  EXPECT_TRUE(point[1].frames.has(CueFrame::to));
  EXPECT_TRUE(lexicon().find("walk", CueKind::verb).empty());
  EXPECT_TRUE(lexicon().noun("minister").person);
}

}  // namespace
}  // namespace dragoman
