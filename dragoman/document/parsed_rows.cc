#include "dragoman/document/parsed_rows.h"

#include <simdjson.h>

namespace dragoman {
namespace {

namespace dom = simdjson::dom;

std::string text_field(const dom::object& row, std::string_view name) {
  std::string_view value;
  if (row.at_key(name).get(value) != simdjson::SUCCESS) return {};
  return std::string(value);
}

/// Reads one token; the message of what is wrong with it, or nothing.
std::string add_token(const dom::array& fields, std::size_t text_bytes, DocumentBuilder& builder) {
  std::string_view cells[15];
  std::int64_t numbers[15] = {};
  std::size_t count = 0;
  for (const dom::element field : fields) {
    if (count == 15) break;
    if (field.get(cells[count]) != simdjson::SUCCESS && field.get(numbers[count]) != simdjson::SUCCESS) return "a field of another type";
    ++count;
  }
  if (count != 15) return "fewer than 15 fields";
  const std::int64_t begin = numbers[1];
  if (begin < 0 || static_cast<std::size_t>(begin) + cells[0].size() > text_bytes) return "a byte offset outside the text";
  const auto tag = tag_of(cells[7]);
  const auto pos = pos_of(cells[8]);
  const auto dep = dep_of(cells[10]);
  const auto entity = entity_label_of(cells[14]);
  if (!tag || !pos || !dep || !entity) return "an unknown label";
  Token token;
  token.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + static_cast<std::int64_t>(cells[0].size()))};
  token.space_after = numbers[2] == 1;
  token.norm = builder.keep(cells[3]);
  token.lower = builder.keep(cells[4]);
  token.shape = builder.keep(cells[5]);
  token.lemma = builder.keep(cells[6]);
  token.tag = *tag;
  token.pos = *pos;
  token.morph = builder.keep(cells[9]);
  token.dep = *dep;
  token.head = static_cast<TokenIndex>(numbers[11]);
  token.sentence_begins = numbers[12] == 1;
  token.entity_begins = cells[13] == "B";
  token.entity = *entity;
  builder.add(token);
  return {};
}

}  // namespace

Result<Document> parse_parsed_row(std::string_view row) {
  dom::parser parser;
  dom::object object;
  if (const auto error = parser.parse(simdjson::padded_string(row)).get(object); error != simdjson::SUCCESS)
    return fail(ErrorCode::malformed, "no JSON object: ", simdjson::error_message(error));
  DocumentInfo info{.id = text_field(object, "id"),
                    .title = text_field(object, "title"),
                    .outlet = text_field(object, "outlet"),
                    .url = text_field(object, "url"),
                    .published = text_field(object, "published"),
                    .dateline = text_field(object, "dateline"),
                    .language = text_field(object, "language")};
  DocumentBuilder builder(text_field(object, "text"), std::move(info));

  dom::array tokens;
  if (object.at_key("tokens").get(tokens) != simdjson::SUCCESS) return fail(ErrorCode::malformed, "no \"tokens\" array");
  std::vector<std::uint64_t> ends;
  dom::array paragraphs;
  if (object.at_key("paragraphs").get(paragraphs) == simdjson::SUCCESS)
    for (const dom::element paragraph : paragraphs) {
      std::uint64_t end = 0;
      if (paragraph.at(1).get(end) != simdjson::SUCCESS) return fail(ErrorCode::malformed, "a paragraph is not [begin, end]");
      ends.push_back(end);
    }

  std::size_t paragraph = 0;
  for (const dom::element token : tokens) {
    dom::array fields;
    std::string wrong = token.get(fields) != simdjson::SUCCESS ? "not an array" : add_token(fields, builder.text().size(), builder);
    if (!wrong.empty()) return fail(ErrorCode::malformed, "token ", builder.size(), ": ", wrong);
    if (paragraph < ends.size() && builder.size() == ends[paragraph]) {
      builder.end_paragraph();
      ++paragraph;
    }
  }
  if (const std::string wrong = builder.check_heads(); !wrong.empty()) return fail(ErrorCode::malformed, wrong);
  return builder.finish();
}

}  // namespace dragoman
