// Two passes. The first cuts at white space and then each chunk by the patterns, with a memory of chunks (news repeats itself). The
// second finds exceptions that the patterns have cut in two (":)" is one token): a trie over the cut forms runs along the tokens.
#include "dragoman/language/tokenizer.h"

#include <algorithm>
#include <cstring>

#include "dragoman/base/utf8.h"
#include "dragoman/language/unicode.h"

namespace dragoman {
namespace {

/// A quick hash for the memory of chunks; any will do.
std::uint64_t quick_hash(std::string_view text) {
  std::uint64_t hash = text.size() * 0x9E3779B97F4A7C15ULL;
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word;
    std::memcpy(&word, at, 8);
    hash = (hash ^ word) * 0xff51afd7ed558ccdULL;
    hash ^= hash >> 32;
  }
  std::uint64_t word = 0;
  std::memcpy(&word, at, left);
  hash = (hash ^ word) * 0xff51afd7ed558ccdULL;
  return hash ^ hash >> 29;
}

}  // namespace

void TokenizerScratch::clear() {
  chunks_.assign(1024, Chunk{});
  chunk_count_ = 0;
  tokens_.clear();
}

Tokenizer::Tokenizer(const ModelFile& model)
    : model_(&model),
      exceptions_(model.section<TextSlot>("exceptions")),
      exception_ranges_(model.section<Range32>("exception.ranges")),
      exception_pieces_(model.section<ExceptionPiece>("exception.pieces")) {
  for (const TextSlot& slot : exceptions_)
    if (slot.used) longest_exception_ = std::max<std::size_t>(longest_exception_, slot.key.size);
}

Result<Tokenizer> Tokenizer::make(const ModelFile& model, Lexicon& lexicon) {
  Tokenizer tokenizer(model);
  const auto texts = model.section<PooledText>("patterns");
  if (texts.size() != 4) return fail(ErrorCode::malformed, "the model has ", texts.size(), " tokenizer patterns, expected 4");
  Result<ChunkPatterns> patterns =
      ChunkPatterns::compile({model.text(texts[0]), model.text(texts[1]), model.text(texts[2]), model.text(texts[3])});
  if (!patterns) return tl::unexpected(patterns.error());
  tokenizer.patterns_ = std::move(*patterns);

  const auto sequence_texts = model.section<PooledText>("special.texts");
  tokenizer.trie_.emplace_back();
  for (const Range32 range : model.section<Range32>("special.ranges")) {
    std::uint32_t node = 0;
    for (const PooledText& text : sequence_texts.subspan(range.begin, range.end - range.begin)) {
      const auto fresh = static_cast<std::uint16_t>(lexicon.special_symbols.size() + 1);
      const std::uint16_t symbol = lexicon.special_symbols.try_emplace(model.text(text), fresh).first->second;
      auto& next = tokenizer.trie_[node].next;
      const auto found = std::find_if(next.begin(), next.end(), [&](const auto& edge) { return edge.first == symbol; });
      if (found != next.end()) {
        node = found->second;
      } else {
        const auto child = static_cast<std::uint32_t>(tokenizer.trie_.size());
        next.emplace_back(symbol, child);
        tokenizer.trie_.emplace_back();
        node = child;
      }
    }
    tokenizer.trie_[node].terminal = true;
  }
  return tokenizer;
}

void Tokenizer::add_exception(std::uint32_t exception, const Lexicon& lexicon, LexemeTable& lexemes,
                              std::vector<LexemeIndex>& tokens) const {
  const Range32 range = exception_ranges_[exception];
  for (const ExceptionPiece& piece : exception_pieces_.subspan(range.begin, range.end - range.begin)) {
    const std::string_view norm = model_->text(piece.norm);
    tokens.push_back(lexemes.find_or_make(model_->text(piece.text), piece.has_norm ? &norm : nullptr, lexicon));
  }
}

void Tokenizer::add_chunk(std::string_view chunk, std::uint32_t begin, const Lexicon& lexicon, LexemeTable& lexemes,
                          TokenizerScratch& scratch, std::vector<RawToken>& tokens) const {
  using Chunk = TokenizerScratch::Chunk;
  const std::uint64_t hash = quick_hash(chunk);
  std::size_t mask = scratch.chunks_.size() - 1, slot = hash & mask;
  while (scratch.chunks_[slot].tokens_count && !(scratch.chunks_[slot].hash == hash && scratch.chunks_[slot].text == chunk))
    slot = (slot + 1) & mask;
  if (!scratch.chunks_[slot].tokens_count) {
    const auto first = static_cast<std::uint32_t>(scratch.tokens_.size());
    scratch.pieces_.clear();
    cut_chunk(chunk, patterns_, scratch.matches_, [&](std::string_view text) { return exception(text) != ModelFile::absent; },
              scratch.pieces_);
    for (const ChunkPiece& piece : scratch.pieces_) {
      if (piece.exception) {
        add_exception(exception(piece.text), lexicon, lexemes, scratch.tokens_);
      } else {
        scratch.tokens_.push_back(lexemes.find_or_make(piece.text, nullptr, lexicon));
      }
    }
    scratch.chunks_[slot] = {hash, lexemes.keep(chunk), first, static_cast<std::uint32_t>(scratch.tokens_.size()) - first};
    if (++scratch.chunk_count_ * 2 > scratch.chunks_.size()) {
      std::vector<Chunk> wider(scratch.chunks_.size() * 2);
      mask = wider.size() - 1;
      const std::uint32_t count = scratch.chunks_[slot].tokens_count;
      for (const Chunk& old : scratch.chunks_) {
        if (!old.tokens_count) continue;
        std::size_t to = old.hash & mask;
        while (wider[to].tokens_count) to = (to + 1) & mask;
        wider[to] = old;
        if (old.tokens_begin == first && old.tokens_count == count) slot = to;
      }
      scratch.chunks_ = std::move(wider);
    }
  }
  const Chunk& found = scratch.chunks_[slot];
  for (std::uint32_t i = 0; i < found.tokens_count; ++i) {
    const LexemeIndex lexeme = scratch.tokens_[found.tokens_begin + i];
    tokens.push_back({lexeme, begin, false});
    begin += static_cast<std::uint32_t>(lexemes[lexeme].text.size());
  }
}

void Tokenizer::tokenize(std::string_view text, const Lexicon& lexicon, LexemeTable& lexemes, TokenizerScratch& scratch,
                         std::vector<RawToken>& tokens) const {
  const std::size_t first = tokens.size();
  std::size_t run = 0;  // where the current run of white space, or of other characters, begins
  bool run_is_space = false;
  const auto end_run = [&](std::size_t end) {
    if (end > run) add_chunk(text.substr(run, end - run), static_cast<std::uint32_t>(run), lexicon, lexemes, scratch, tokens);
  };
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const Utf8Character character = byte < 0x80 ? Utf8Character{byte, 1, true} : decode_utf8(text, at);
    const bool space = unicode::is_space(character.code_point);
    if (at == 0) run_is_space = space;
    if (space != run_is_space) {
      end_run(at);
      // One blank behind a word belongs to it; what follows that blank is a new run, of either kind. (A run that begins behind the
      // blank with more white space is a token of its own; one that begins with a word needs no token between.)
      if (byte == ' ') {
        tokens.back().blank_after = true;
        run = at + 1;
      } else {
        run = at;
      }
      run_is_space = space;
    }
    at += character.size;
  }
  end_run(text.size());
  merge_specials(text, first, lexicon, lexemes, tokens);
}

void Tokenizer::merge_specials(std::string_view text, std::size_t first, const Lexicon& lexicon, LexemeTable& lexemes,
                               std::vector<RawToken>& tokens) const {
  struct Span {
    std::size_t begin, end;
  };
  std::vector<Span> spans;
  for (std::size_t i = first; i < tokens.size(); ++i) {
    std::uint32_t node = 0;
    for (std::size_t j = i; j < tokens.size(); ++j) {
      const std::uint16_t symbol = lexemes[tokens[j].lexeme].special_symbol;
      if (!symbol) break;
      const auto& next = trie_[node].next;
      const auto found = std::find_if(next.begin(), next.end(), [&](const auto& edge) { return edge.first == symbol; });
      if (found == next.end()) break;
      node = found->second;
      if (trie_[node].terminal) spans.push_back({i, j + 1});
    }
  }
  if (spans.empty()) return;

  std::stable_sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.end - a.begin > b.end - b.begin; });
  std::vector<bool> seen(tokens.size());
  std::vector<std::pair<Span, std::uint32_t>> replaced;  // with the exception that takes its place
  for (const Span span : spans) {
    const bool free = !seen[span.begin] && !seen[span.end - 1];
    for (std::size_t i = span.begin; i < span.end; ++i) seen[i] = true;
    if (!free) continue;
    const RawToken& last = tokens[span.end - 1];
    const std::uint32_t begin = tokens[span.begin].begin;
    const auto size = static_cast<std::uint32_t>(last.begin + lexemes[last.lexeme].text.size() - begin);
    const std::uint32_t exception = this->exception(text.substr(begin, size));
    if (exception != ModelFile::absent) replaced.emplace_back(span, exception);
  }
  if (replaced.empty()) return;

  std::sort(replaced.begin(), replaced.end(), [](const auto& a, const auto& b) { return a.first.begin < b.first.begin; });
  std::vector<RawToken> merged(tokens.begin() + static_cast<std::ptrdiff_t>(first), tokens.begin() + static_cast<std::ptrdiff_t>(replaced.front().first.begin));
  std::vector<LexemeIndex> exception_tokens;
  for (std::size_t k = 0; k < replaced.size(); ++k) {
    const auto& [span, exception] = replaced[k];
    std::uint32_t begin = tokens[span.begin].begin;
    exception_tokens.clear();
    add_exception(exception, lexicon, lexemes, exception_tokens);
    for (const LexemeIndex lexeme : exception_tokens) {
      merged.push_back({lexeme, begin, false});
      begin += static_cast<std::uint32_t>(lexemes[lexeme].text.size());
    }
    merged.back().blank_after = tokens[span.end - 1].blank_after;
    const std::size_t next = k + 1 < replaced.size() ? replaced[k + 1].first.begin : tokens.size();
    merged.insert(merged.end(), tokens.begin() + static_cast<std::ptrdiff_t>(span.end), tokens.begin() + static_cast<std::ptrdiff_t>(next));
  }
  tokens.resize(first);
  tokens.insert(tokens.end(), merged.begin(), merged.end());
}

}  // namespace dragoman
