// Charset: bytes in any encoding -> UTF-8, with the way back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "dragoman/document/source_map.h"

namespace dragoman {

struct DecodedText {
  MappedText utf8;           ///< valid UTF-8; bytes that are no character are U+FFFD; without byte order mark
  std::string charset;       ///< what the bytes were taken for: "UTF-8", "windows-1252"
  std::size_t broken = 0;    ///< how many places were no character
  std::size_t first_broken = 0;  ///< byte of the first one
};

/// Settles the encoding and decodes: a byte order mark, else UTF-8 where the bytes are that (or nearly), else `declared` (a label from
/// an HTTP header, a <meta> or an XML declaration; may be "" or nonsense), else what the bytes look like. Never fails. Linear in bytes.
[[nodiscard]] DecodedText decode_text(std::string_view bytes, std::string_view declared = {});

/// A NUL that is no UTF-16, or many control characters: no text in any encoding.
[[nodiscard]] bool looks_binary(std::string_view bytes);

}  // namespace dragoman
