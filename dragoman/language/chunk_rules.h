// Chunk rules: how a run of characters without white space falls apart into tokens.
//
//   "(U.S.-led" -> prefix "(", "U.S.", infix "-", "led"
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dragoman/base/result.h"

struct pcre2_real_code_8;
struct pcre2_real_match_data_8;

namespace dragoman {

/// The four patterns of the tokenizer, compiled. Shared and const; each thread brings its own `Matches`.
class ChunkPatterns {
 public:
  /// Room for the result of one match; one per thread.
  class Matches {
   public:
    Matches();
    Matches(Matches&&) = default;
    Matches& operator=(Matches&&) = default;

   private:
    friend class ChunkPatterns;
    struct Free {
      void operator()(pcre2_real_match_data_8* data) const;
    };
    std::unique_ptr<pcre2_real_match_data_8, Free> data_;
  };

  /// In PCRE2's notation, in the order prefix, suffix, infix, url.
  [[nodiscard]] static Result<ChunkPatterns> compile(const std::array<std::string_view, 4>& patterns);

  /// Bytes of the prefix that `text` begins with; 0 for none. Likewise the suffix. `text` is valid UTF-8 in all of these.
  [[nodiscard]] std::size_t prefix(std::string_view text, Matches& matches) const;
  [[nodiscard]] std::size_t suffix(std::string_view text, Matches& matches) const;
  /// The first infix that begins at `from` or later, as [begin, end); {npos, npos} for none. It may be empty.
  [[nodiscard]] std::pair<std::size_t, std::size_t> infix(std::string_view text, std::size_t from, Matches& matches) const;
  [[nodiscard]] bool is_url(std::string_view text, Matches& matches) const;

 private:
  struct Free {
    void operator()(pcre2_real_code_8* code) const;
  };
  std::array<std::unique_ptr<pcre2_real_code_8, Free>, 4> codes_;
};

/// A piece of a chunk: a token, or the whole of an exception (which the caller replaces by the exception's own pieces).
struct ChunkPiece {
  std::string_view text;
  bool exception;
};

/// Cuts `chunk` into pieces, in order. `is_exception(text)` says whether a text is an exception of the tokenizer.
template <class IsException>
void cut_chunk(std::string_view chunk, const ChunkPatterns& patterns, ChunkPatterns::Matches& matches, const IsException& is_exception,
               std::vector<ChunkPiece>& pieces) {
  if (is_exception(chunk)) return pieces.push_back({chunk, true});
  std::vector<std::string_view> suffixes;
  std::string_view rest = chunk;
  for (std::size_t last = 0; !rest.empty() && rest.size() != last;) {
    if (is_exception(rest)) break;
    last = rest.size();
    const std::size_t prefix = patterns.prefix(rest, matches);
    if (prefix && prefix < rest.size() && is_exception(rest.substr(prefix))) {
      pieces.push_back({rest.substr(0, prefix), false});
      rest.remove_prefix(prefix);
      break;
    }
    const std::size_t suffix = patterns.suffix(rest.substr(prefix), matches);
    if (suffix && suffix < rest.size() && is_exception(rest.substr(0, rest.size() - suffix))) {
      suffixes.push_back(rest.substr(rest.size() - suffix));
      rest.remove_suffix(suffix);
      break;  // the prefix, if any, stays with the exception
    }
    if (prefix) pieces.push_back({rest.substr(0, prefix), false});
    if (suffix) suffixes.push_back(rest.substr(rest.size() - suffix));
    rest = rest.substr(prefix, rest.size() - prefix - suffix);
  }
  if (!rest.empty()) {
    if (is_exception(rest)) {
      pieces.push_back({rest, true});
    } else if (patterns.is_url(rest, matches)) {
      pieces.push_back({rest, false});
    } else {
      std::size_t start = 0;
      for (std::size_t from = 0; from <= rest.size();) {
        const auto [begin, end] = patterns.infix(rest, from, matches);
        if (begin == std::string_view::npos) break;
        if (begin > 0) {
          if (begin > start) pieces.push_back({rest.substr(start, begin - start), false});
          if (end > begin) pieces.push_back({rest.substr(begin, end - begin), false});
          start = end;
        }
        from = end;
        if (end == begin)  // an empty match: go on behind the next character
          do ++from;
          while (from < rest.size() && (rest[from] & 0xC0) == 0x80);
      }
      if (start < rest.size()) pieces.push_back({rest.substr(start), false});
    }
  }
  for (std::size_t i = suffixes.size(); i-- > 0;) pieces.push_back({suffixes[i], false});
}

}  // namespace dragoman
