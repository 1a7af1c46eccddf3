#include "dragoman/language/chunk_rules.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>

namespace dragoman {
namespace {

// The address pattern backtracks in the square of a chunk's length. Real addresses take some hundred steps; a chunk that takes more
// than this is no address.
constexpr std::uint32_t step_limit = 200'000;

// Bytes of the longest suffix that is no run of dots, with room to spare (units like "km/h", currencies like "US$").
constexpr std::size_t longest_suffix = 64;

/// Runs a pattern; true and the bounds in `matches` if it matched.
bool match(const pcre2_code* code, std::string_view text, std::size_t from, pcre2_match_data* matches) {
  // Input is valid UTF-8 by contract, so the check can be left out.
  return pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from, PCRE2_NO_UTF_CHECK, matches, nullptr) > 0;
}

std::size_t length(const pcre2_code* code, std::string_view text, pcre2_match_data* matches) {
  if (text.empty() || !match(code, text, 0, matches)) return 0;
  const PCRE2_SIZE* bounds = pcre2_get_ovector_pointer(matches);
  return bounds[1] - bounds[0];
}

}  // namespace

void ChunkPatterns::Matches::Free::operator()(pcre2_real_match_data_8* data) const { pcre2_match_data_free(data); }
void ChunkPatterns::Free::operator()(pcre2_real_code_8* code) const { pcre2_code_free(code); }

ChunkPatterns::Matches::Matches() : data_(pcre2_match_data_create(1, nullptr)) {}

Result<ChunkPatterns> ChunkPatterns::compile(const std::array<std::string_view, 4>& patterns) {
  ChunkPatterns compiled;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    // The limit must stand in the pattern to hold under the just-in-time compiler without a match context.
    std::string pattern = i == 3 ? "(*LIMIT_MATCH=" + std::to_string(step_limit) + ")" : std::string();
    pattern += patterns[i];
    int error = 0;
    PCRE2_SIZE at = 0;
    pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                                     PCRE2_UTF | PCRE2_UCP | PCRE2_DOLLAR_ENDONLY, &error, &at, nullptr);
    if (!code) return fail(ErrorCode::malformed, "tokenizer pattern ", i, ": PCRE2 error ", error, " at byte ", at);
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);  // where there is no just-in-time compiler, matching is slower but the same
    compiled.codes_[i].reset(code);
  }
  return compiled;
}

std::size_t ChunkPatterns::prefix(std::string_view text, Matches& matches) const {
  return length(codes_[0].get(), text, matches.data_.get());
}

std::size_t ChunkPatterns::suffix(std::string_view text, Matches& matches) const {
  if (text.empty()) return 0;
  // A search from the left tries every character of the chunk, though each suffix ends with it: so in the end, and among the last few
  // characters, but for a run of dots. Looking back (what stands before a unit) goes beyond the place where the search begins.
  std::size_t from = text.find_last_not_of('.');
  from = from == std::string_view::npos ? 0 : from + 1;
  from = std::min(from, text.size());
  from -= std::min(from, longest_suffix);
  while (from > 0 && (text[from] & 0xC0) == 0x80) --from;
  if (!match(codes_[1].get(), text, from, matches.data_.get())) return 0;
  const PCRE2_SIZE* bounds = pcre2_get_ovector_pointer(matches.data_.get());
  return bounds[1] - bounds[0];
}

std::pair<std::size_t, std::size_t> ChunkPatterns::infix(std::string_view text, std::size_t from, Matches& matches) const {
  if (!match(codes_[2].get(), text, from, matches.data_.get())) return {std::string_view::npos, std::string_view::npos};
  const PCRE2_SIZE* bounds = pcre2_get_ovector_pointer(matches.data_.get());
  return {bounds[0], bounds[1]};
}

bool ChunkPatterns::is_url(std::string_view text, Matches& matches) const { return match(codes_[3].get(), text, 0, matches.data_.get()); }

}  // namespace dragoman
