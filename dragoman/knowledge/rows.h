// KnowledgeRows: the facts of data/knowledge as they stand in their files, each with the line that it came from.
//
//   folders of TSV + the cities  ->  load_rows()  ->  KnowledgeRows  ->  compile()  ->  the bytes of dragoman.knowledge
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dragoman/base/result.h"

namespace dragoman {

/// A date as yyyymmdd, so that dates compare as numbers. Unknown or open ends are `earliest` and `latest`.
using Date = std::int32_t;
inline constexpr Date earliest = 0;
inline constexpr Date latest = 99999999;

/// "2025-11-30" -> 20251130; also "2025-11" and "2025" (the first day). None if it is no date.
[[nodiscard]] Result<Date> parse_date(std::string_view text);
[[nodiscard]] std::string to_string_date(Date date);  ///< ISO; ".." for an open end

/// Where a fact stands: index into KnowledgeRows::files, line from 1.
struct Origin {
  std::uint32_t file = 0;
  std::uint32_t line = 0;
};

enum class AliasKind : std::uint8_t { name, short_name, acronym, demonym, metonym, title, former, surname };
[[nodiscard]] std::string_view to_string(AliasKind kind);

struct EntityRow {
  std::string id, kind, name, country, sector;
  Date from = earliest, to = latest;
  Origin origin;
};

struct AliasRow {
  std::string id, alias;
  AliasKind kind = AliasKind::name;
  Date from = earliest, to = latest;
  bool ambiguous = false;
  Origin origin;
};

struct HolderRow {
  std::string office, person;
  Date from = earliest, to = latest;
  std::string from_precision, to_precision;
  bool acting = false;
  std::string basis;
  Origin origin;
};

struct MemberRow {
  std::string organisation, member, status;
  Date from = earliest, to = latest;
  std::string basis;
  Origin origin;
};

/// A word that names a class of offices ("foreign minister") or of government bodies ("foreign ministry").
struct ClassWordRow {
  std::string class_name, word, state, note;
  bool is_body = false;
  Origin origin;
};

struct PlaceRow {
  std::string id, name, country;
  double latitude = 0, longitude = 0;
  std::string feature;
  std::uint32_t population = 0;
  Origin origin;
};

/// An actor code of CAMEO for an entity, or, with `name`, for it where it goes by that name ("Washington": USAGOV). See docs/formats/knowledge.md.
struct CodeRow {
  std::string id, name, code;
  Date from = earliest, to = latest;
  std::string basis;
  Origin origin;
};

/// A word for a role and the code that it adds to its owner's: "president" ~GOV, "relief agency" NGO~.
struct AgentRow {
  std::string word, code, plural;  ///< plural: the form, "-" where there is none, "" by rule
  std::string basis;
  Origin origin;
};

struct KnowledgeRows {
  std::vector<std::string> files;
  std::vector<EntityRow> entities;
  std::vector<AliasRow> aliases;
  std::vector<HolderRow> holders;
  std::vector<MemberRow> members;
  std::vector<ClassWordRow> class_words;
  std::vector<PlaceRow> places;  ///< authored and cities alike
  std::vector<CodeRow> codes;
  std::vector<AgentRow> agents;

  [[nodiscard]] std::string place_of(Origin origin) const;  ///< "states/holders.tsv:12"
};

/// One table, by the file's name ("aliases.tsv" in any folder); `path` is what messages and origins call it. A file of another name is
/// `misuse`. Adds to `rows`.
[[nodiscard]] Result<void> add_table(KnowledgeRows& rows, std::string_view path, std::string_view text);

/// Every table in a folder and its sub-folders, in the order of their paths. Files of other names are left alone.
[[nodiscard]] Result<void> add_folder(KnowledgeRows& rows, const std::string& folder);

/// The cities that tools/fetch_cities wrote.
[[nodiscard]] Result<void> add_cities(KnowledgeRows& rows, const std::string& path);

/// The tables of an overlay folder, as (file name, text): entities, aliases, holders, codes and agents; those without rows are left out.
/// `made_by` stands in the first line of each.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> tables_of(const KnowledgeRows& rows, std::string_view made_by);

/// One word of a person's longer name: it never decides alone, whatever the table says ("Wagner" is a person's name and a group's).
[[nodiscard]] bool is_surname(const AliasRow& alias, std::string_view kind_of_entity, std::string_view name_of_entity);

/// Puts `overlay` over `base`: its entities replace those of the same id; the words of its aliases and office words mean what it
/// says and no longer what the base said; its terms cut those of the base in the same office; memberships by organisation and member;
/// codes by entity, agents by word.
[[nodiscard]] KnowledgeRows overlaid(KnowledgeRows base, const KnowledgeRows& overlay);

}  // namespace dragoman
