#include "dragoman/knowledge/rows.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "dragoman/base/tsv.h"
#include "dragoman/knowledge/words.h"

namespace dragoman {
namespace {

namespace fs = std::filesystem;

std::string two(int number) { return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)}; }

template <class Number>
std::optional<Number> number_in(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<AliasKind> alias_kind_of(std::string_view text) {
  for (const AliasKind kind : {AliasKind::name, AliasKind::short_name, AliasKind::acronym, AliasKind::demonym, AliasKind::metonym,
                               AliasKind::title, AliasKind::former, AliasKind::surname})
    if (to_string(kind) == text) return kind;
  return std::nullopt;
}

// One row while it is read: cells by index, and the first thing that is wrong with it.
class Cells {
 public:
  Cells(const TsvTable& table, const TsvRow& row, std::uint32_t file)
      : table_(table), row_(row), origin_{file, static_cast<std::uint32_t>(row.line)} {}

  std::string text(std::size_t index) const { return std::string(row_.cells[index]); }
  std::string needed(std::size_t index) {
    if (row_.cells[index].empty()) complain(index, "is empty");
    return text(index);
  }
  Date date(std::size_t index, Date open) {
    const std::string_view cell = row_.cells[index];
    if (cell == ".." || cell.empty()) return open;
    const Result<Date> date = parse_date(cell);
    if (!date) complain(index, "is no date (expected 2025-11-30, 2025-11, 2025 or ..)");
    return date.value_or(open);
  }
  bool flag(std::size_t index) {
    const std::string_view cell = row_.cells[index];
    if (!cell.empty() && cell != "yes" && cell != "no") complain(index, "is neither yes, no nor empty");
    return cell == "yes";
  }
  double number(std::size_t index, double low, double high) {
    const std::optional<double> number = number_in<double>(row_.cells[index]);
    if (!number || !(*number >= low && *number <= high)) complain(index, cat("is no number from ", low, " to ", high));
    return number.value_or(0);
  }
  void complain(std::size_t index, std::string_view what) {
    if (error_.empty())
      error_ = cat(table_.name, ":", row_.line, ": ", table_.columns[index], " \"", row_.cells[index], "\" ", what);
  }
  Origin origin() const { return origin_; }
  const std::string& error() const { return error_; }

 private:
  template <class... Parts>
  static std::string cat(const Parts&... parts) {
    std::ostringstream text;
    (text << ... << parts);
    return std::move(text).str();
  }
  const TsvTable& table_;
  const TsvRow& row_;
  Origin origin_;
  std::string error_;
};

// Reads each row of a table by `row(Cells&)`.
template <class Read>
Result<void> read_table(KnowledgeRows& rows, std::string_view path, std::string_view text,
                        const std::vector<std::string_view>& columns, Read read) {
  const Result<TsvTable> table = parse_tsv(text, std::string(path), columns);
  if (!table) return tl::unexpected(table.error());
  const auto file = static_cast<std::uint32_t>(rows.files.size());
  rows.files.emplace_back(path);
  for (const TsvRow& row : table->rows) {
    Cells cells(*table, row, file);
    read(cells);
    if (!cells.error().empty()) return fail(ErrorCode::malformed, cells.error());
  }
  return {};
}

Result<std::string> file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(fs::exists(path) ? ErrorCode::unreadable : ErrorCode::not_found, path, ": can't be read");
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (file.bad()) return fail(ErrorCode::unreadable, path, ": can't be read");
  return text;
}

}  // namespace

Result<Date> parse_date(std::string_view text) {
  const auto bad = [&] { return fail(ErrorCode::malformed, "\"", text, "\" is no date (expected 2025-11-30, 2025-11 or 2025)"); };
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return bad();
  if ((text.size() >= 7 && text[4] != '-') || (text.size() == 10 && text[7] != '-')) return bad();
  const std::optional<int> year = number_in<int>(text.substr(0, 4));
  const std::optional<int> month = text.size() >= 7 ? number_in<int>(text.substr(5, 2)) : 1;
  const std::optional<int> day = text.size() == 10 ? number_in<int>(text.substr(8, 2)) : 1;
  if (!year || !month || !day || *year < 1 || *month < 1 || *month > 12 || *day < 1) return bad();
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = *year % 4 == 0 && (*year % 100 != 0 || *year % 400 == 0);
  if (*day > days[*month - 1] + (leap && *month == 2)) return bad();
  return *year * 10000 + *month * 100 + *day;
}

std::string to_string_date(Date date) {
  if (date == earliest || date == latest) return "..";
  std::string year = std::to_string(date / 10000);
  while (year.size() < 4) year.insert(0, 1, '0');
  return year + "-" + two(date / 100 % 100) + "-" + two(date % 100);
}

std::string_view to_string(AliasKind kind) {
  constexpr std::string_view names[] = {"name", "short", "acronym", "demonym", "metonym", "title", "former", "surname"};
  return names[static_cast<std::size_t>(kind)];
}

std::string KnowledgeRows::place_of(Origin origin) const {
  return (origin.file < files.size() ? files[origin.file] : std::string("?")) + ":" + std::to_string(origin.line);
}

Result<void> add_table(KnowledgeRows& rows, std::string_view path, std::string_view text) {
  const std::string name = fs::path(path).filename().string();
  if (name == "entities.tsv")
    return read_table(rows, path, text, {"id", "kind", "name", "country", "sector", "from", "to"}, [&](Cells& c) {
      EntityRow row{c.needed(0), c.needed(1), c.needed(2), c.text(3), c.text(4), c.date(5, earliest), c.date(6, latest), c.origin()};
      rows.entities.push_back(std::move(row));
    });
  if (name == "aliases.tsv")
    return read_table(rows, path, text, {"id", "alias", "lang", "kind", "from", "to", "ambiguous"}, [&](Cells& c) {
      const std::optional<AliasKind> kind = alias_kind_of(c.text(3));
      if (!kind) c.complain(3, "is none of name short acronym demonym metonym title former surname");
      AliasRow row{c.needed(0),         c.needed(1), kind.value_or(AliasKind::name), c.date(4, earliest),
                   c.date(5, latest), c.flag(6),   c.origin()};
      if (hash_of(row.alias) == word_seed) c.complain(1, "has no word in it");
      rows.aliases.push_back(std::move(row));
    });
  if (name == "holders.tsv")
    return read_table(rows, path, text, {"office_id", "person_id", "from", "to", "from_precision", "to_precision", "acting", "basis"},
                      [&](Cells& c) {
                        HolderRow row{c.needed(0), c.needed(1), c.date(2, earliest), c.date(3, latest), c.text(4),
                                      c.text(5),   c.flag(6),   c.text(7),           c.origin()};
                        rows.holders.push_back(std::move(row));
                      });
  if (name == "members.tsv")
    return read_table(rows, path, text, {"org_id", "member_id", "status", "from", "to", "basis"}, [&](Cells& c) {
      MemberRow row{c.needed(0), c.needed(1), c.text(2), c.date(3, earliest), c.date(4, latest), c.text(5), c.origin()};
      rows.members.push_back(std::move(row));
    });
  if (name == "offices.tsv" || name == "body_words.tsv")
    return read_table(rows, path, text, {"class", "word", "state", "note"}, [&](Cells& c) {
      rows.class_words.push_back({c.needed(0), c.needed(1), c.text(2), c.text(3), name == "body_words.tsv", c.origin()});
    });
  if (name == "places.tsv")
    return read_table(rows, path, text, {"id", "name", "country", "lat", "lon", "feature"}, [&](Cells& c) {
      PlaceRow row{c.needed(0), c.needed(1), c.text(2), c.number(3, -90, 90), c.number(4, -180, 180), c.text(5), 0, c.origin()};
      rows.places.push_back(std::move(row));
    });
  if (name == "codes.tsv")
    return read_table(rows, path, text, {"id", "name", "code", "from", "to", "basis"}, [&](Cells& c) {
      rows.codes.push_back({c.needed(0), c.text(1), c.needed(2), c.date(3, earliest), c.date(4, latest), c.text(5), c.origin()});
    });
  if (name == "agents.tsv")
    return read_table(rows, path, text, {"word", "code", "plural", "basis"}, [&](Cells& c) {
      AgentRow row{c.needed(0), c.needed(1), c.text(2), c.text(3), c.origin()};
      if (hash_of(row.word) == word_seed) c.complain(0, "has no word in it");
      if (std::count(row.code.begin(), row.code.end(), '~') != 1) c.complain(1, "has no ~ where the owner's code goes (expected ~GOV or NGO~)");
      rows.agents.push_back(std::move(row));
    });
  return fail(ErrorCode::misuse, path, ": is none of entities.tsv aliases.tsv holders.tsv members.tsv offices.tsv body_words.tsv places.tsv "
                                       "codes.tsv agents.tsv");
}

Result<void> add_folder(KnowledgeRows& rows, const std::string& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) return fail(ErrorCode::not_found, folder, ": no such folder of knowledge tables");
  static const std::unordered_set<std::string> names{"entities.tsv", "aliases.tsv",    "holders.tsv", "members.tsv",
                                                     "offices.tsv",  "body_words.tsv", "places.tsv",  "codes.tsv",
                                                     "agents.tsv"};
  std::vector<fs::path> paths;
  for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
    if (it->is_regular_file(error) && names.contains(it->path().filename().string())) paths.push_back(it->path());
  if (error) return fail(ErrorCode::unreadable, folder, ": ", error.message());
  std::sort(paths.begin(), paths.end());
  for (const fs::path& path : paths) {
    const Result<std::string> text = file_text(path.string());
    if (!text) return tl::unexpected(text.error());
    if (Result<void> added = add_table(rows, fs::relative(path, folder, error).string(), *text); !added) return added;
  }
  return {};
}

Result<void> add_cities(KnowledgeRows& rows, const std::string& path) {
  const Result<std::string> text = file_text(path);
  if (!text) return tl::unexpected(text.error());
  const std::string name = fs::path(path).filename().string();
  return read_table(rows, name, *text, {"id", "name", "country", "lat", "lon", "population"}, [&](Cells& c) {
    PlaceRow row{c.needed(0), c.needed(1), c.needed(2), c.number(3, -90, 90), c.number(4, -180, 180), "city",
                 static_cast<std::uint32_t>(c.number(5, 0, 4e9)), c.origin()};
    rows.places.push_back(std::move(row));
  });
}

bool is_surname(const AliasRow& alias, std::string_view kind_of_entity, std::string_view name_of_entity) {
  if (kind_of_entity != "person") return false;
  return alias.kind == AliasKind::surname ||
         (alias.alias.find(' ') == std::string::npos && name_of_entity.find(' ') != std::string_view::npos);
}

KnowledgeRows overlaid(KnowledgeRows base, const KnowledgeRows& overlay) {
  const auto shift = static_cast<std::uint32_t>(base.files.size());
  base.files.insert(base.files.end(), overlay.files.begin(), overlay.files.end());
  const auto add = [&](auto& to, const auto& from) {
    for (auto row : from) {
      row.origin.file += shift;
      to.push_back(std::move(row));
    }
  };
  std::unordered_set<std::string> ids, words, class_words, pairs, coded, agents;
  for (const EntityRow& row : overlay.entities) ids.insert(row.id);
  for (const PlaceRow& row : overlay.places) ids.insert(row.id);
  for (const AliasRow& row : overlay.aliases) words.insert(row.alias);
  for (const ClassWordRow& row : overlay.class_words) class_words.insert(row.word + "\t" + row.state);
  for (const MemberRow& row : overlay.members) pairs.insert(row.organisation + "\t" + row.member);
  for (const CodeRow& row : overlay.codes) coded.insert(row.id);
  for (const AgentRow& row : overlay.agents) agents.insert(row.word);
  std::erase_if(base.entities, [&](const EntityRow& row) { return ids.contains(row.id); });
  std::erase_if(base.places, [&](const PlaceRow& row) { return ids.contains(row.id); });
  std::erase_if(base.aliases, [&](const AliasRow& row) { return words.contains(row.alias); });
  std::erase_if(base.class_words, [&](const ClassWordRow& row) { return class_words.contains(row.word + "\t" + row.state); });
  std::erase_if(base.codes, [&](const CodeRow& row) { return coded.contains(row.id); });
  std::erase_if(base.agents, [&](const AgentRow& row) { return agents.contains(row.word); });
  std::erase_if(base.members, [&](const MemberRow& row) { return pairs.contains(row.organisation + "\t" + row.member); });

  // A term of the overlay takes its days out of the base's terms in that office: what is left before and after stays.
  std::unordered_map<std::string, std::vector<const HolderRow*>> terms;
  for (const HolderRow& row : overlay.holders) terms[row.office].push_back(&row);
  std::vector<HolderRow> kept;
  for (const HolderRow& row : base.holders) {
    std::vector<HolderRow> pieces{row};
    if (const auto found = terms.find(row.office); found != terms.end()) {
      for (const HolderRow* term : found->second) {
        std::vector<HolderRow> rest;
        for (HolderRow& piece : pieces) {
          if (piece.to <= term->from || piece.from >= term->to) {
            rest.push_back(piece);
            continue;
          }
          HolderRow before = piece, after = piece;
          before.to = term->from;
          after.from = term->to;
          if (before.from < before.to) rest.push_back(before);
          if (after.from < after.to) rest.push_back(after);
        }
        pieces = std::move(rest);
      }
    }
    kept.insert(kept.end(), pieces.begin(), pieces.end());
  }
  base.holders = std::move(kept);

  add(base.entities, overlay.entities);
  add(base.aliases, overlay.aliases);
  add(base.holders, overlay.holders);
  add(base.members, overlay.members);
  add(base.class_words, overlay.class_words);
  add(base.places, overlay.places);
  add(base.codes, overlay.codes);
  add(base.agents, overlay.agents);
  return base;
}

std::vector<std::pair<std::string, std::string>> tables_of(const KnowledgeRows& rows, std::string_view made_by) {
  std::vector<std::pair<std::string, std::string>> tables;
  using Cells = std::vector<std::string>;
  const auto add = [&](const char* name, const char* columns, const auto& table, auto cells_of) {
    if (table.empty()) return;
    std::vector<std::string> lines;
    for (const auto& row : table) {
      std::string line;
      const Cells cells = cells_of(row);
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i) line += '\t';
        for (const char c : cells[i]) line += c == '\t' || c == '\n' ? ' ' : c;
      }
      lines.push_back(std::move(line));
    }
    std::sort(lines.begin(), lines.end());
    std::string text = "# Made by `" + std::string(made_by) + "`; docs/formats/knowledge.md explains the columns.\n" + columns + "\n";
    for (const std::string& line : lines) text += line + "\n";
    tables.emplace_back(name, std::move(text));
  };
  const auto yes = [](bool flag) { return std::string(flag ? "yes" : ""); };
  add("entities.tsv", "id\tkind\tname\tcountry\tsector\tfrom\tto", rows.entities, [](const EntityRow& row) {
    return Cells{row.id, row.kind, row.name, row.country, row.sector, to_string_date(row.from), to_string_date(row.to)};
  });
  add("aliases.tsv", "id\talias\tlang\tkind\tfrom\tto\tambiguous", rows.aliases, [&](const AliasRow& row) {
    return Cells{row.id, row.alias, "en", std::string(to_string(row.kind)), to_string_date(row.from), to_string_date(row.to), yes(row.ambiguous)};
  });
  add("holders.tsv", "office_id\tperson_id\tfrom\tto\tfrom_precision\tto_precision\tacting\tbasis", rows.holders, [&](const HolderRow& row) {
    return Cells{row.office, row.person, to_string_date(row.from), to_string_date(row.to), row.from_precision, row.to_precision, yes(row.acting), row.basis};
  });
  add("codes.tsv", "id\tname\tcode\tfrom\tto\tbasis", rows.codes, [](const CodeRow& row) {
    return Cells{row.id, row.name, row.code, to_string_date(row.from), to_string_date(row.to), row.basis};
  });
  add("agents.tsv", "word\tcode\tplural\tbasis", rows.agents, [](const AgentRow& row) { return Cells{row.word, row.code, row.plural, row.basis}; });
  return tables;
}

}  // namespace dragoman
