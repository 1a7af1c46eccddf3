// Source: where a fact stands, so that a reader can open it: document, outlet, day, bytes and words.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dragoman/base/span.h"

namespace dragoman {

struct Source {
  std::int64_t doc = 0;      ///< documents.doc
  std::string document;      ///< documents.id
  std::string title, outlet, url;
  std::string date;          ///< of publication, "" if not known
  std::string finding;       ///< its number in the document's reading: "c3"
  std::string voice = "outlet";           ///< "outlet", or the statement that claims it: "s2"
  std::vector<std::string> said_by;       ///< refs of who said that; empty for the outlet
  std::vector<std::string> speakers;      ///< the same as names, with the office where it is known
  ByteSpan span;             ///< the sentence
  std::string quote;         ///< its words
};

}  // namespace dragoman
