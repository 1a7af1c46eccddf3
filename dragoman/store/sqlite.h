// SQLite, as little of it as the store needs: a database, prepared statements, errors as Results. sqlite3.h stays in the .cc.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "dragoman/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace dragoman {

/// A prepared statement. Bind 1-based parameters, then step. Values bound as views must live until the next reset or step to the end.
/// Failures of bind and step are kept and come out of `Database::check`, so that a row of binds reads as one.
class Query {
 public:
  Query() = default;
  Query(Query&&) noexcept;
  Query& operator=(Query&&) noexcept;
  ~Query();

  Query& bind(int parameter, std::int64_t value);
  Query& bind(int parameter, double value);
  Query& bind(int parameter, std::string_view value);
  Query& bind_text_or_null(int parameter, std::string_view value) { return value.empty() ? bind_null(parameter) : bind(parameter, value); }
  Query& bind_blob(int parameter, std::string_view bytes);
  Query& bind_null(int parameter);
  /// True while there is a row. At the end, or after a failure, the statement is reset. After a failure of any statement of the
  /// database none does anything until `Database::check` was called, so that a story is never half written.
  [[nodiscard]] bool step();
  /// Steps to the end, rows unread; the statement may be used again.
  void run();

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] double number(int column) const;
  /// "" for NULL. Valid until the next step.
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] bool is_null(int column) const;
  [[nodiscard]] int columns() const;
  [[nodiscard]] std::string_view column_name(int column) const;

 private:
  friend class Database;
  sqlite3_stmt* statement_ = nullptr;
  std::optional<Error>* error_ = nullptr;  ///< the database's; it outlives its statements
};

class Database {
 public:
  enum class Mode : std::uint8_t { read, write, create };

  [[nodiscard]] static Result<Database> open(const std::filesystem::path& path, Mode mode);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// Runs statements that give no rows.
  Result<void> execute(std::string_view sql);
  /// A statement of ours that does not compile is a failure found by `check`.
  [[nodiscard]] Query prepare(std::string_view sql);
  [[nodiscard]] std::int64_t last_row() const;
  /// The first failure since the last check, with the file's name and the remedy; nothing if all went well.
  [[nodiscard]] Result<void> check();
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  Database() = default;
  std::filesystem::path path_;
  sqlite3* handle_ = nullptr;
  std::unique_ptr<std::optional<Error>> error_ = std::make_unique<std::optional<Error>>();
};

}  // namespace dragoman
