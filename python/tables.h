// Tables: readings as rows. One table a layer, one row a finding, the words beside their spans.
//
//   "dragoman-reading/1" JSON  ->  TableBuilder  ->  Arrow columns
//
// They are made from the JSON and not from the Reading, so that a reading that came over a wire (Spark), from a file of the command, or
// out of this process gives the same rows.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "dragoman/base/result.h"
#include "python/arrow.h"

namespace dragoman::python {

/// What the numbers of a span count.
enum class Offsets : std::uint8_t { bytes, characters };

/// "documents", "entities", "statements", "events", "commitments", "positions".
[[nodiscard]] const std::vector<std::string_view>& table_names();

class TableBuilder {
 public:
  /// `misuse` if there is no such table.
  [[nodiscard]] static Result<TableBuilder> make(std::string_view table, Offsets offsets);
  TableBuilder(TableBuilder&&) noexcept;
  ~TableBuilder();

  /// Adds the rows of one reading. `source` is the text as the caller gave it, which spans count on; "" = the one in the JSON (they
  /// differ where the UTF-8 was broken). `malformed` where the JSON is no reading; the rows added before it stay.
  [[nodiscard]] Result<void> add(std::string_view json, std::string_view source);
  /// Bytes of text held so far.
  [[nodiscard]] std::size_t text_bytes() const;
  void export_schema(ArrowSchema& out) const;
  /// The rows so far; the builder starts anew.
  void export_rows(ArrowArray& out);

 private:
  struct Impl;
  explicit TableBuilder(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace dragoman::python
