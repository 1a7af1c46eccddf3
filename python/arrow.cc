#include "python/arrow.h"

#include <array>
#include <memory>

namespace dragoman::python {
namespace {

constexpr std::int64_t flag_nullable = 2;  // ARROW_FLAG_NULLABLE

const char* format_of(ColumnType type) {
  switch (type) {
    case ColumnType::text: return "u";
    case ColumnType::integer: return "l";
    case ColumnType::number: return "g";
    case ColumnType::boolean: return "b";
    case ColumnType::list: return "+l";
    case ColumnType::record: return "+s";
  }
  return "n";
}

void set_bit(std::vector<std::uint8_t>& bits, std::int64_t at, bool value) {
  const auto byte = static_cast<std::size_t>(at / 8);
  if (byte == bits.size()) bits.push_back(0);
  if (value) bits[byte] = static_cast<std::uint8_t>(bits[byte] | 1u << (at % 8));
}

/// What an exported schema owns.
struct SchemaHolder {
  std::string name;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};

void release_schema(ArrowSchema* schema) {
  for (std::int64_t i = 0; i < schema->n_children; ++i)
    if (schema->children[i]->release) schema->children[i]->release(schema->children[i]);
  delete static_cast<SchemaHolder*>(schema->private_data);
  schema->release = nullptr;
}

/// What an exported array owns. A consumer may move a child out; then that child's release is already null.
struct ArrayHolder {
  std::vector<std::uint8_t> validity, bits;
  std::vector<std::int32_t> offsets;
  std::vector<std::int64_t> integers;
  std::vector<double> numbers;
  std::string text;
  std::array<const void*, 3> buffers{};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
};

void release_array(ArrowArray* array) {
  for (std::int64_t i = 0; i < array->n_children; ++i)
    if (array->children[i]->release) array->children[i]->release(array->children[i]);
  delete static_cast<ArrayHolder*>(array->private_data);
  array->release = nullptr;
}

}  // namespace

Column::Column(std::string name, ColumnType type, std::vector<Column> children)
    : name_(std::move(name)), type_(type), children_(std::move(children)) {
  if (type_ == ColumnType::text || type_ == ColumnType::list) offsets_.push_back(0);
}

void Column::mark(bool valid) {
  set_bit(validity_, length_, valid);
  nulls_ += !valid;
  ++length_;
}

void Column::add_null() {
  switch (type_) {
    case ColumnType::text: offsets_.push_back(static_cast<std::int32_t>(text_.size())); break;
    case ColumnType::integer: integers_.push_back(0); break;
    case ColumnType::number: numbers_.push_back(0); break;
    case ColumnType::boolean: set_bit(bits_, length_, false); break;
    case ColumnType::list: offsets_.push_back(static_cast<std::int32_t>(children_[0].length_)); break;
    case ColumnType::record:
      for (Column& field : children_) field.add_null();
      break;
  }
  mark(false);
}

void Column::add(std::string_view text) {
  text_ += text;
  offsets_.push_back(static_cast<std::int32_t>(text_.size()));
  mark(true);
}

void Column::add(std::int64_t value) {
  integers_.push_back(value);
  mark(true);
}

void Column::add(double value) {
  numbers_.push_back(value);
  mark(true);
}

void Column::add(bool value) {
  set_bit(bits_, length_, value);
  mark(true);
}

void Column::end_row() {
  if (type_ == ColumnType::list) offsets_.push_back(static_cast<std::int32_t>(children_[0].length_));
  mark(true);
}

std::size_t Column::text_bytes() const {
  std::size_t bytes = text_.size();
  for (const Column& child : children_) bytes += child.text_bytes();
  return bytes;
}

void Column::export_schema(ArrowSchema& out) const {
  auto holder = std::make_unique<SchemaHolder>();
  holder->name = name_;
  holder->children.resize(children_.size());
  for (std::size_t i = 0; i < children_.size(); ++i) {
    children_[i].export_schema(holder->children[i]);
    holder->pointers.push_back(&holder->children[i]);
  }
  out = {.format = format_of(type_),
         .name = holder->name.c_str(),
         .metadata = nullptr,
         .flags = flag_nullable,
         .n_children = static_cast<std::int64_t>(children_.size()),
         .children = holder->pointers.data(),
         .dictionary = nullptr,
         .release = release_schema,
         .private_data = nullptr};
  out.private_data = holder.release();
}

void Column::export_array(ArrowArray& out) && {
  auto holder = std::make_unique<ArrayHolder>();
  holder->validity = std::move(validity_);
  holder->bits = std::move(bits_);
  holder->offsets = std::move(offsets_);
  holder->integers = std::move(integers_);
  holder->numbers = std::move(numbers_);
  holder->text = std::move(text_);
  holder->children.resize(children_.size());
  for (std::size_t i = 0; i < children_.size(); ++i) {
    std::move(children_[i]).export_array(holder->children[i]);
    holder->pointers.push_back(&holder->children[i]);
  }
  std::int64_t buffers = 2;
  holder->buffers[0] = nulls_ == 0 ? nullptr : holder->validity.data();
  switch (type_) {
    case ColumnType::text:
      holder->buffers[1] = holder->offsets.data();
      holder->buffers[2] = holder->text.data();
      buffers = 3;
      break;
    case ColumnType::integer: holder->buffers[1] = holder->integers.data(); break;
    case ColumnType::number: holder->buffers[1] = holder->numbers.data(); break;
    case ColumnType::boolean: holder->buffers[1] = holder->bits.data(); break;
    case ColumnType::list: holder->buffers[1] = holder->offsets.data(); break;
    case ColumnType::record: buffers = 1; break;
  }
  out = {.length = length_,
         .null_count = nulls_,
         .offset = 0,
         .n_buffers = buffers,
         .n_children = static_cast<std::int64_t>(holder->children.size()),
         .buffers = holder->buffers.data(),
         .children = holder->pointers.data(),
         .dictionary = nullptr,
         .release = release_array,
         .private_data = nullptr};
  out.private_data = holder.release();
}

}  // namespace dragoman::python
