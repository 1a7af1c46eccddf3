#include "dragoman/store/sessions.h"

#include <algorithm>
#include <vector>

#include "dragoman/knowledge/words.h"
#include "dragoman/store/wording.h"

namespace dragoman {
namespace {

constexpr std::uint32_t reach = 80;  ///< bytes to look at before and after the name

struct Around {
  std::vector<Word> words;
  std::string_view text;
  [[nodiscard]] std::string folded(std::size_t i) const { return fold(text.substr(words[i].span.begin, words[i].span.size())); }
};

Around words_in(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  Around around{.words = {}, .text = text};
  find_words(text.substr(begin, end - begin), begin, around.words);
  return around;
}

/// "ninth [regular] session of the [Iran-Turkey]" before the name.
std::optional<SessionWords> before(std::string_view text, ByteSpan body) {
  std::uint32_t begin = body.begin > reach ? body.begin - reach : 0;
  if (const std::size_t stop = text.substr(begin, body.begin - begin).find_last_of(".;:\n"); stop != std::string_view::npos)
    begin += static_cast<std::uint32_t>(stop) + 1;
  const Around around = words_in(text, begin, body.begin);
  std::size_t at = around.words.size();
  for (int skipped = 0; at > 0 && skipped < 5; ++skipped, --at)
    if (is_session(around.folded(at - 1))) break;
  if (at == 0 || !is_session(around.folded(at - 1))) return std::nullopt;
  bool of = false;  // "session of the Council", not "session with the Council"
  for (std::size_t i = at; i < around.words.size(); ++i) of |= around.folded(i) == "of";
  if (!of) return std::nullopt;
  --at;
  for (int skipped = 0; at > 0 && skipped < 3; ++skipped, --at)
    if (const int ordinal = ordinal_of(around.folded(at - 1)); ordinal != 0)
      return SessionWords{ordinal, {around.words[at - 1].span.begin, body.end}};
  return std::nullopt;
}

/// "'s ninth session" after the name.
std::optional<SessionWords> after(std::string_view text, ByteSpan body) {
  const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), body.end + reach));
  const std::size_t stop = std::min<std::size_t>(text.substr(body.end, end - body.end).find_first_of(".;:\n"), end - body.end);
  const Around around = words_in(text, body.end, body.end + static_cast<std::uint32_t>(stop));
  int ordinal = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(around.words.size(), 5); ++i) {
    const std::string word = around.folded(i);
    if (ordinal == 0) ordinal = ordinal_of(word);
    if (ordinal == 0 && word != "s" && word != "the") return std::nullopt;
    if (ordinal != 0 && is_session(word)) return SessionWords{ordinal, {body.begin, around.words[i].span.end}};
  }
  return std::nullopt;
}

}  // namespace

std::optional<SessionWords> session_at(std::string_view text, ByteSpan body) {
  if (body.end > text.size()) return std::nullopt;
  if (auto found = before(text, body)) return found;
  return after(text, body);
}

}  // namespace dragoman
