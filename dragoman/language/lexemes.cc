#include "dragoman/language/lexemes.h"

#include <algorithm>
#include <string>

#include "dragoman/base/utf8.h"
#include "dragoman/language/string_ids.h"
#include "dragoman/language/unicode.h"

namespace dragoman {
namespace {

/// "Ankara" -> "Xxxxx", "2025" -> "dddd": each character's kind, runs of one kind cut at four.
std::string shape_of(const std::u32string& characters) {
  if (characters.size() >= 100) return "LONG";
  std::string shape;
  char32_t last = 0;
  std::size_t run = 0;
  for (const char32_t c : characters) {
    const char32_t kind = unicode::is_alpha(c) ? (unicode::is_upper(c) ? U'X' : U'x') : unicode::is_digit(c) ? U'd' : c;
    run = kind == last ? run + 1 : 1;
    last = kind;
    if (run <= 4) append_utf8(shape, kind);
  }
  return shape;
}

}  // namespace

Lexicon::Lexicon(const ModelFile& model)
    : model_(&model), symbols_(model.section<TextSlot>("symbols")), norms_(model.section<NormSlot>("norms")) {}

std::uint64_t Lexicon::id_of(std::string_view text) const {
  const std::uint32_t symbol = model_->find(symbols_, 0, text);
  return symbol != ModelFile::absent ? symbol : murmur64(text);
}

Lexeme Lexicon::make(std::string_view text, std::uint64_t hash, const std::string_view* own_norm, Arena& arena) const {
  const std::u32string characters = unicode::code_points(text);
  Lexeme lexeme;
  lexeme.hash = hash;
  lexeme.text = arena.keep(text);
  const std::string lower = unicode::lower(text);
  lexeme.lower = lower == text ? lexeme.text : arena.keep(lower);

  const std::uint64_t id = id_of(text);
  lexeme.norm = lexeme.lower;
  if (own_norm) {
    lexeme.norm = arena.keep(*own_norm);
    lexeme.has_own_norm = true;
  } else {
    const std::size_t mask = norms_.size() - 1;
    for (std::size_t slot = id & mask; norms_[slot].norm.size; slot = (slot + 1) & mask) {
      if (norms_[slot].id != id) continue;
      lexeme.norm = model_->text(norms_[slot].norm);
      break;
    }
  }
  lexeme.shape = arena.keep(shape_of(characters));

  std::string prefix, suffix;
  if (!characters.empty()) append_utf8(prefix, characters.front());
  for (std::size_t i = characters.size() - std::min<std::size_t>(3, characters.size()); i < characters.size(); ++i)
    append_utf8(suffix, characters[i]);
  lexeme.features = {id_of(lexeme.norm), id_of(prefix), id_of(suffix), id_of(lexeme.shape)};
  lexeme.is_space = !characters.empty() && std::all_of(characters.begin(), characters.end(), unicode::is_space);

  const auto symbol = special_symbols.find(lexeme.text);
  if (symbol != special_symbols.end()) lexeme.special_symbol = symbol->second;
  const auto word_class = word_classes.find(lexeme.lower);
  lexeme.word_class = lexeme.is_space ? space_class : word_class != word_classes.end() ? word_class->second : std::uint16_t{0};
  return lexeme;
}

LexemeIndex LexemeTable::find_or_make(std::string_view text, const std::string_view* own_norm, const Lexicon& lexicon) {
  const std::uint64_t hash = murmur64(text);
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  for (; slots_[slot]; slot = (slot + 1) & mask) {
    const Lexeme& lexeme = lexemes_[slots_[slot] - 1];
    if (lexeme.hash == hash && lexeme.has_own_norm == (own_norm != nullptr) && lexeme.text == text &&
        (!own_norm || lexeme.norm == *own_norm))
      return slots_[slot] - 1;
  }
  lexemes_.push_back(lexicon.make(text, hash, own_norm, arena_));
  text_bytes_ += 3 * text.size();
  slots_[slot] = static_cast<LexemeIndex>(lexemes_.size());
  if (lexemes_.size() * 2 > slots_.size()) grow();
  return static_cast<LexemeIndex>(lexemes_.size() - 1);
}

void LexemeTable::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < lexemes_.size(); ++i) {
    std::size_t slot = lexemes_[i].hash & mask;
    while (slots_[slot]) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<LexemeIndex>(i + 1);
  }
}

void LexemeTable::clear() {
  lexemes_.clear();
  slots_.assign(1024, 0);
  arena_ = Arena();
  text_bytes_ = 0;
}

}  // namespace dragoman
