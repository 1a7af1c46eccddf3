// Limits: how much dragoman takes in, so that no input can exhaust the machine. `dragoman --help` states them (cli/main.cc); what is over
// one is told as an error of that file or document, with the remedy, and the rest is read.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dragoman::limits {

inline constexpr std::size_t document_bytes = 10u << 20;   ///< a story, page or row (--max-bytes)
inline constexpr std::size_t most_document_bytes = 1u << 30;  ///< and what --max-bytes may say: places in a text are 32-bit numbers
inline constexpr double document_seconds = 300;            ///< to read a document (--max-seconds); 10 MB of news take some 30
inline constexpr std::size_t whole_file_bytes = 64u << 20;  ///< a feed or a JSON array, which is taken in one piece
inline constexpr std::size_t sidecar_bytes = 1u << 20;     ///< a meta.json
inline constexpr std::size_t html_depth = 256;             ///< elements in elements; deeper ones are put side by side
inline constexpr std::size_t json_depth = 1024;            ///< simdjson's own
inline constexpr int archive_depth = 4;                    ///< archives in archives
inline constexpr std::size_t archive_members = 1'000'000;
inline constexpr std::uint64_t unpack_ratio = 200;         ///< bytes out for one in; text packs 3 to 30 times, a bomb 1,000 times
inline constexpr std::uint64_t unpack_free_bytes = 64u << 20;  ///< so much may come out of anything

}  // namespace dragoman::limits
