// JSON out: appends to a string, escapes as RFC 8259 asks, keeps commas right. Numbers are written so that the same value always
// gives the same bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dragoman/base/span.h"

namespace dragoman {

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name) {
    separate();
    write_string(name);
    out_ += ':';
    fresh_ = true;
    return *this;
  }
  JsonWriter& string(std::string_view text) {
    separate();
    write_string(text);
    return *this;
  }
  JsonWriter& integer(std::int64_t value);
  JsonWriter& number(double value);
  JsonWriter& boolean(bool value) { return raw(value ? "true" : "false"); }
  JsonWriter& null() { return raw("null"); }
  /// A string, or null where it is empty.
  JsonWriter& string_or_null(std::string_view text) { return text.empty() ? null() : string(text); }
  JsonWriter& number_or_null(std::optional<double> value) { return value ? number(*value) : null(); }
  JsonWriter& strings(std::span<const std::string> values) {
    begin_array();
    for (const std::string& value : values) string(value);
    return end_array();
  }
  JsonWriter& span(ByteSpan span) { return begin_array().integer(span.begin).integer(span.end).end_array(); }
  /// A value that is JSON already.
  JsonWriter& raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
  }

 private:
  JsonWriter& open(char bracket) {
    separate();
    out_ += bracket;
    fresh_ = true;
    return *this;
  }
  JsonWriter& close(char bracket) {
    out_ += bracket;
    fresh_ = false;
    return *this;
  }
  void separate() {
    if (!fresh_) out_ += ',';
    fresh_ = false;
  }
  void write_string(std::string_view text);

  std::string& out_;
  bool fresh_ = true;  ///< nothing stands before the next value that asks for a comma
};

}  // namespace dragoman
