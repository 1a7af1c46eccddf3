#include "dragoman/store/sqlite.h"

#include <sqlite3.h>

#include <utility>

namespace dragoman {
namespace {

Error error_of(int code, sqlite3* handle, const std::filesystem::path& path) {
  const auto say = [&](ErrorCode kind, std::string_view remedy) {
    return Error{kind, path.string() + ": " + sqlite3_errmsg(handle) + std::string(remedy)};
  };
  constexpr std::string_view full = "; free some space and run it again: what was reported as added is safe";
  switch (code & 0xFF) {
    case SQLITE_FULL: return say(ErrorCode::unwritable, full);
    case SQLITE_READONLY: return say(ErrorCode::unwritable, "; it is read-only: allow writing, or work on a copy");
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return say(ErrorCode::busy, "; another dragoman is writing to it: wait for it, or end it");
    case SQLITE_CANTOPEN: return say(ErrorCode::unreadable, "; is the path right, and may you write in its folder?");
    case SQLITE_NOTADB: return say(ErrorCode::malformed, "; it is no dragoman database");
    case SQLITE_CORRUPT: return say(ErrorCode::malformed, "; it is damaged: `sqlite3 FILE .recover` saves what can be saved, or add the stories to a new one");
    case SQLITE_IOERR:
      switch (sqlite3_extended_errcode(handle)) {  // a quota, or the longest file of a file system, is no different from a full disk
        case SQLITE_IOERR_WRITE:
        case SQLITE_IOERR_FSYNC:
        case SQLITE_IOERR_TRUNCATE:
        case SQLITE_IOERR_SHMSIZE: return say(ErrorCode::unwritable, full);
        default: return say(ErrorCode::unreadable, "; the disk can't be read or written");
      }
    default: return say(ErrorCode::misuse, "");
  }
}

}  // namespace

Query::Query(Query&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)), error_(other.error_) {}

Query& Query::operator=(Query&& other) noexcept {
  std::swap(statement_, other.statement_);
  std::swap(error_, other.error_);
  return *this;
}

Query::~Query() { sqlite3_finalize(statement_); }

Query& Query::bind(int parameter, std::int64_t value) {
  sqlite3_bind_int64(statement_, parameter, value);
  return *this;
}
Query& Query::bind(int parameter, double value) {
  sqlite3_bind_double(statement_, parameter, value);
  return *this;
}
Query& Query::bind(int parameter, std::string_view value) {
  sqlite3_bind_text64(statement_, parameter, value.data() ? value.data() : "", value.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}
Query& Query::bind_blob(int parameter, std::string_view bytes) {
  sqlite3_bind_blob64(statement_, parameter, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_STATIC);
  return *this;
}
Query& Query::bind_null(int parameter) {
  sqlite3_bind_null(statement_, parameter);
  return *this;
}

bool Query::step() {
  if (!statement_ || error_->has_value()) return false;  // after a failure nothing more is done until it was looked at
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE && !error_->has_value()) {
    sqlite3* database = sqlite3_db_handle(statement_);
    const char* path = sqlite3_db_filename(database, "main");
    *error_ = error_of(code, database, path ? path : "");
  }
  sqlite3_reset(statement_);
  return false;
}

void Query::run() {
  while (step()) {
  }
}

std::int64_t Query::integer(int column) const { return sqlite3_column_int64(statement_, column); }
double Query::number(int column) const { return sqlite3_column_double(statement_, column); }
std::string_view Query::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}
bool Query::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
int Query::columns() const { return statement_ ? sqlite3_column_count(statement_) : 0; }
std::string_view Query::column_name(int column) const { return sqlite3_column_name(statement_, column); }

Result<Database> Database::open(const std::filesystem::path& path, Mode mode) {
  // SQLite counts its memory under a lock at each allocation; nobody asks it. Without effect where it runs already.
  [[maybe_unused]] static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return fail(ErrorCode::unreadable, path.string(), ": a folder; a store is one file");
  if (mode != Mode::create && !std::filesystem::exists(path, ignored))
    return fail(ErrorCode::not_found, path.string(), ": no such file; `dragoman add ", path.string(), " STORIES...` makes a store");
  Database database;
  database.path_ = path;
  const int flags = mode == Mode::read ? SQLITE_OPEN_READONLY : mode == Mode::write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int code = sqlite3_open_v2(path.c_str(), &database.handle_, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) return tl::unexpected(error_of(code, database.handle_, path));
  sqlite3_busy_timeout(database.handle_, 5000);
  // A store may come from a stranger: its views and triggers call nothing that has an effect, nobody writes below SQLite's own tables,
  // and damaged pages are told apart from whole ones before they are used.
  sqlite3_db_config(database.handle_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(database.handle_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (auto ok = database.execute("PRAGMA cell_size_check=ON"); !ok) return tl::unexpected(ok.error());
  // A query of a large store comes back to the same pages again and again; SQLite's own 2 MB are too few for them.
  if (auto ok = database.execute("PRAGMA cache_size=-32000"); !ok) return tl::unexpected(ok.error());
  return database;
}

Database::Database(Database&& other) noexcept
    : path_(std::move(other.path_)), handle_(std::exchange(other.handle_, nullptr)), error_(std::move(other.error_)) {}

Database& Database::operator=(Database&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(handle_, other.handle_);
  std::swap(error_, other.error_);
  return *this;
}

Database::~Database() { sqlite3_close_v2(handle_); }

Result<void> Database::execute(std::string_view sql) {
  const int code = sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return tl::unexpected(error_of(code, handle_, path_));
  return {};
}

Query Database::prepare(std::string_view sql) {
  Query query;
  query.error_ = error_.get();
  const int code = sqlite3_prepare_v2(handle_, sql.data(), static_cast<int>(sql.size()), &query.statement_, nullptr);
  if (code != SQLITE_OK && !error_->has_value()) *error_ = error_of(code, handle_, path_);
  return query;
}

std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle_); }

Result<void> Database::check() {
  if (!error_->has_value()) return {};
  Error error = std::move(**error_);
  error_->reset();
  return tl::unexpected(std::move(error));
}

}  // namespace dragoman
