// Arrow: columns in memory and the Arrow C data interface, by which pandas, polars, pyarrow and DuckDB take them without a copy.
// https://arrow.apache.org/docs/format/CDataInterface.html, CStreamInterface.html
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

extern "C" {

// Names and layout are the specification's.
struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};

struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema* out);
  int (*get_next)(ArrowArrayStream*, ArrowArray* out);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};

}  // extern "C"

namespace dragoman::python {

enum class ColumnType : std::uint8_t { text, integer, number, boolean, list, record };

/// A column being filled: one value, list or record at a time. Lists have one child, the element; records one a field.
class Column {
 public:
  Column(std::string name, ColumnType type, std::vector<Column> children = {});

  void add_null();
  void add(std::string_view text);      ///< type text
  void add(std::int64_t value);         ///< type integer
  void add(double value);               ///< type number
  void add(bool value);                 ///< type boolean
  /// After the elements were added to `child(0)` (a list) or one value to each child (a record).
  void end_row();
  [[nodiscard]] Column& child(std::size_t index) { return children_[index]; }
  [[nodiscard]] std::int64_t size() const { return length_; }
  /// Bytes of text held, here and below: batches are cut before 32-bit offsets run out.
  [[nodiscard]] std::size_t text_bytes() const;

  /// The type of this column; `out` owns all it points to.
  void export_schema(ArrowSchema& out) const;
  /// The values, moved out; `out` owns them. The column is spent.
  void export_array(ArrowArray& out) &&;

 private:
  void mark(bool valid);

  std::string name_;
  ColumnType type_;
  std::vector<Column> children_;
  std::int64_t length_ = 0;
  std::int64_t nulls_ = 0;
  std::vector<std::uint8_t> validity_;    ///< a bit a row
  std::vector<std::int32_t> offsets_;     ///< text and lists: rows + 1
  std::vector<std::uint8_t> bits_;        ///< booleans
  std::vector<std::int64_t> integers_;
  std::vector<double> numbers_;
  std::string text_;
};

}  // namespace dragoman::python
