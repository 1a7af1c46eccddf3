// The store's tables, and how an older file becomes a newer one. docs/formats/store.md says what each column means.
#pragma once

#include "dragoman/base/result.h"
#include "dragoman/store/sqlite.h"

namespace dragoman {

inline constexpr std::int64_t store_application_id = 0x4452474D;  ///< "DRGM", SQLite's application_id

/// Brings the database to the latest version, one migration after the other, each in its own transaction. An empty file becomes a new
/// store. `malformed` where the file is some other program's, `unsupported_version` where a newer dragoman made it.
[[nodiscard]] Result<void> migrate(Database& database);

/// As `migrate`, but only checks that the file is a store that this build can read.
[[nodiscard]] Result<void> check_version(Database& database);

}  // namespace dragoman
