#include "dragoman/language/unicode.h"

#include <gtest/gtest.h>

#include "dragoman/language/msgpack.h"

namespace dragoman {
namespace {

TEST(Unicode, ClassesAreThoseOfPython) {
  using namespace unicode;
  for (const char32_t c : {U' ', U'\t', U'\x1c', U'\x85', U'\xa0', U'\u2003', U'\u2028', U'\u3000'}) EXPECT_TRUE(is_space(c)) << std::uint32_t(c);
  for (const char32_t c : {U'\u200b', U'\u180e', U'\ufeff', U'a'}) EXPECT_FALSE(is_space(c)) << std::uint32_t(c);
  for (const char32_t c : {U'a', U'É', U'ß', U'中', U'ا', U'ǅ'}) EXPECT_TRUE(is_alpha(c)) << std::uint32_t(c);
  for (const char32_t c : {U'Ⅷ', U'Ⓐ', U'1', U'_', U'\u0301'}) EXPECT_FALSE(is_alpha(c)) << std::uint32_t(c);
  for (const char32_t c : {U'²', U'③', U'٣', U'7'}) EXPECT_TRUE(is_digit(c)) << std::uint32_t(c);
  EXPECT_FALSE(is_digit(U'½'));
  EXPECT_TRUE(is_upper(U'É'));
  EXPECT_FALSE(is_upper(U'ǅ'));
}

TEST(Unicode, LowersAsPythonDoes) {
  EXPECT_EQ(unicode::lower("ANKARA"), "ankara");
  EXPECT_EQ(unicode::lower("İZMİR I"), "i\u0307zmi\u0307r i");
  EXPECT_EQ(unicode::lower("ΟΔΟΣ"), "οδος");
  EXPECT_EQ(unicode::lower("ΟΔΟΣ."), "οδος.");
  EXPECT_EQ(unicode::lower("ΣΑ Σ"), "σα σ");
  EXPECT_EQ(unicode::lower("ǅ ẞ Ѡ Ɐ"), "ǆ ß ѡ ɐ");
}

TEST(Msgpack, ReadsEachKind) {
  using Kind = MsgpackValue::Kind;
  const std::string bytes("\x85\xa1" "a\x01\xc4\x01" "b\xc3\x2a\x93\xff\xd1\xfe\x00\xcb\x3f\xf0\0\0\0\0\0\0\xa1" "n\xc0\xa1" "u\xcf\xff\xff\xff\xff\xff\xff\xff\xff", 37);
  const Result<MsgpackValue> value = parse_msgpack(bytes);
  ASSERT_TRUE(value) << value.error().message;
  EXPECT_EQ(value->find("a")->integer, 1u);
  EXPECT_TRUE(value->find("b")->is(Kind::boolean));
  const MsgpackValue* array = value->find(std::uint64_t{42});
  ASSERT_TRUE(array);
  EXPECT_EQ(static_cast<std::int64_t>(array->items[0].integer), -1);
  EXPECT_EQ(static_cast<std::int64_t>(array->items[1].integer), -512);
  EXPECT_EQ(array->items[2].real, 1.0);
  EXPECT_TRUE(value->find("n")->is(Kind::nil));
  EXPECT_EQ(value->find("u")->integer, ~std::uint64_t{0});
  EXPECT_EQ(value->find("x"), nullptr);
}

TEST(Msgpack, RefusesWhatIsCutOffOrForeign) {
  for (const std::string& bytes : {std::string(), std::string("\x92\x01", 2), std::string("\xdd\xff\xff\xff\xff", 5), std::string("\xc7\x01\x05x", 4),
                                   std::string("\x01\x02", 2), std::string(100, '\x91'), std::string("\xdb\xff\xff\xff\xffxy", 7)})
    EXPECT_FALSE(parse_msgpack(bytes));
}

}  // namespace
}  // namespace dragoman
