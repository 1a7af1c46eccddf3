#include "dragoman/relations/word_classes.h"

#include <gtest/gtest.h>

#include "dragoman/base/embedded.h"
#include "dragoman/base/tsv.h"

namespace dragoman {
namespace {

std::string own_table() { return std::string(embedded_data("relations/word_classes.tsv")); }

TEST(WordClasses, TheTableAndTheCodeKnowTheSameClasses) {
  const std::string text = own_table();
  const auto classes = WordClasses::parse(text);
  ASSERT_TRUE(classes) << classes.error().message;
  const auto table = parse_tsv(text, "word_classes", {"class", "word", "reason"});
  ASSERT_TRUE(table);
  for (const TsvRow& row : table->rows) {  // every line is found again
    std::size_t found = 0;
    for (std::size_t of = 0; of < word_class_count; ++of) found += classes->has(static_cast<WordClass>(of), row.cells[1]) ? 1 : 0;
    EXPECT_GE(found, 1u) << row.cells[1];
  }
}

TEST(WordClasses, AWordIsOnlyInItsOwn) {
  EXPECT_TRUE(is_one_of(WordClass::sending, "dispatch"));
  EXPECT_FALSE(is_one_of(WordClass::watching, "dispatch"));
  EXPECT_TRUE(is_one_of(WordClass::ending, "stop"));
  EXPECT_FALSE(is_one_of(WordClass::ending, "stops"));
  EXPECT_TRUE(is_one_of(WordClass::letting_go, "rule out"));
  for (const std::string_view word : {"", "x", "rule", "rule outs", "Dispatch", "unheard-of"}) EXPECT_FALSE(is_one_of(WordClass::sending, word)) << word;
}

TEST(WordClasses, RefusesWhatTheCodeDoesNotKnowAndWhatTheTableLacks) {
  const auto error_of = [](const std::string& text) {
    const auto classes = WordClasses::parse(text);
    return classes ? std::string() : classes.error().message;
  };
  EXPECT_NE(error_of(own_table() + "gliding\tsoar\t\"soared\"\n").find("no such class: \"gliding\""), std::string::npos);
  EXPECT_NE(error_of(own_table() + "sending\tsend\t\"sent\"\n").find("twice: \"sending\", \"send\""), std::string::npos);
  EXPECT_NE(error_of(own_table() + "sending\tship\t\n").find("no reason: \"sending\", \"ship\""), std::string::npos);
  EXPECT_NE(error_of("class\tword\treason\nsending\tsend\t\"sent\"\n").find("no words of the class"), std::string::npos);
}

}  // namespace
}  // namespace dragoman
