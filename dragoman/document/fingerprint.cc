// Copies of a news story differ in headline, order, length and small words, but their sentences can be laid over each other. A
// follow-up shares whole paragraphs of background and still tells other news: some of its sentences, the first above all, have no
// partner. So the measure is how much of the shorter text stands in sentences that the longer one tells too (a sentence is told if
// three fifths of its content words stand in one sentence there), and whether the news itself, the first sentence of either, is told
// in the other. A shared-words measure can't tell the two apart: in the development stories a light rewording shares 0.60 of its word
// pairs with a copy, a follow-up 0.57; by sentences it is 1.0 against 0.48.
#include "dragoman/document/fingerprint.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <span>
#include <string>
#include <unordered_set>

#include "dragoman/base/tsv.h"
#include "dragoman/base/utf8.h"

namespace dragoman {
namespace {

constexpr double told = 0.6;            ///< of a sentence's content words in one sentence of the other text
constexpr double enough_told = 0.65;    ///< of the one text in the other
constexpr double some_told = 0.15;      ///< of the other in the one: a digest of ten stories is none of them
constexpr double enough_names = 0.5;    ///< of the names of the text with fewer, in the other
constexpr std::size_t often = 3;        ///< a name that stands in a text so often is what it is about
constexpr std::size_t little_text = 20; ///< content words; below, both texts must tell nearly all of each other
constexpr double nearly_all = 0.8;
constexpr std::size_t short_sentence = 4;  ///< content words; a shorter one goes with the next (abbreviations end in a stop too)
constexpr std::size_t most_shingles = 24;

std::uint32_t hash_of(std::string_view bytes) { return static_cast<std::uint32_t>(XXH3_64bits(bytes.data(), bytes.size())); }

const std::unordered_set<std::uint32_t>& common_words() {
  static const std::unordered_set<std::uint32_t> words = [] {
    std::unordered_set<std::uint32_t> set;
    for (const std::string_view word : embedded_words("document/common_words.tsv", "word")) set.insert(hash_of(word));
    return set;
  }();
  return words;
}

/// The plain letter of an accented Latin one ("ü" -> 'u'), or 0.
char plain_letter(char32_t c) {
  static constexpr std::string_view latin1 = "aaaaaaaceeeeiiiidnooooo ouuuuyts" "aaaaaaaceeeeiiiidnooooo ouuuuyty";
  static constexpr std::string_view extended_a = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
  if (c >= 0xC0 && c < 0x100) return latin1[c - 0xC0] == ' ' ? '\0' : latin1[c - 0xC0];
  if (c >= 0x100 && c < 0x180 && c - 0x100 < extended_a.size()) return extended_a[c - 0x100];
  return '\0';
}

bool is_stop(char32_t c) { return c == '.' || c == '!' || c == '?' || c == 0x3002 || c == 0x2026; }

/// Goes through a text word by word and puts the words where they belong.
class Collector {
 public:
  Fingerprint collect(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const Utf8Character character = decode_utf8(text, at);
      const char32_t c = character.code_point;
      at += character.size;
      if (is_word_character(c)) {
        add_character(c);
        continue;
      }
      // "Turkey's" is Turkey; "10.5" and "U.S." keep together.
      if ((c == '\'' || c == 0x2019) && !word_.empty()) {
        end_word();
        in_possessive_ = true;
        continue;
      }
      const bool next_is_word = at < text.size() && is_word_character(decode_utf8(text, at).code_point);
      if ((c == '.' || c == ',') && next_is_word && !word_.empty()) continue;
      end_word();
      if (c == '\n')
        end_line();
      else if (is_stop(c))
        end_sentence();
    }
    end_word();
    end_line();
    if (!sentence_.empty()) keep_sentence();
    return finish();
  }

 private:
  static bool is_word_character(char32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c < 0x2000 && c != 0xD7 && c != 0xF7) || c >= 0x2E80;
  }

  void add_character(char32_t c) {
    if (word_.empty()) capital_ = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c >= 0xC0 && c <= 0xDE);
    if (c < 0x80)
      word_ += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    else if (const char plain = plain_letter(c))
      word_ += plain;
    else
      append_utf8(word_, c);
  }

  void end_word() {
    if (word_.empty()) {
      in_possessive_ = false;
      return;
    }
    const bool tail = in_possessive_ && word_.size() <= 2;  // the s of "Turkey's", the t of "don't"
    in_possessive_ = false;
    const std::uint32_t hash = hash_of(word_);
    whole_.push_back(hash);
    ends_in_stop_ = false;
    if (!tail && !common_words().contains(hash)) {
      sentence_.push_back(hash);
      if (capital_) {
        fingerprint_.names.push_back(hash);
        std::size_t end = std::min<std::size_t>(word_.size(), 4);
        while (end < word_.size() && (static_cast<unsigned char>(word_[end]) & 0xC0) == 0x80) ++end;
        fingerprint_.stems.push_back(hash_of(std::string_view(word_).substr(0, end)));
      }
      add_shingle(hash, capital_);
    }
    word_.clear();
  }

  void add_shingle(std::uint32_t word, bool name) {
    last_[0] = last_[1];
    last_[1] = last_[2];
    last_[2] = {word, name};
    if (++content_words_ < 3) return;
    const std::uint32_t words[] = {last_[0].word, last_[1].word, last_[2].word};
    const std::uint32_t hash = hash_of({reinterpret_cast<const char*>(words), sizeof words}) >> 1;  // four bytes in SQLite
    // Runs with a name in them go first: "told reporters on the sidelines" stands in many stories.
    (last_[0].name || last_[1].name || last_[2].name ? named_ : plain_).push_back(hash);
  }

  void end_sentence() {
    ends_in_stop_ = true;
    if (sentence_.size() >= short_sentence) keep_sentence();
  }
  void end_line() {
    // A headline is a first line that ends without a stop; each outlet writes its own.
    if (first_line_ && !whole_.empty()) {
      first_line_ = false;
      if (!ends_in_stop_) {
        headline_ = std::exchange(sentence_, {});
        return;
      }
    }
    if (!sentence_.empty()) end_sentence();
  }
  void keep_sentence() {
    fingerprint_.words += static_cast<std::uint32_t>(sentence_.size());
    std::sort(sentence_.begin(), sentence_.end());
    sentence_.erase(std::unique(sentence_.begin(), sentence_.end()), sentence_.end());
    std::uint64_t bits = 0;
    for (const std::uint32_t word : sentence_) bits |= std::uint64_t{1} << word % 64;
    std::vector<std::uint32_t>& content = fingerprint_.content;
    const auto begin = static_cast<std::uint32_t>(content.size());
    content.insert(content.end(), sentence_.begin(), sentence_.end());
    fingerprint_.sentences.push_back({begin, static_cast<std::uint32_t>(content.size()), bits});
    sentence_.clear();
  }

  Fingerprint finish() {
    if (fingerprint_.sentences.empty() && !headline_.empty()) {  // a text of one line
      sentence_ = std::move(headline_);
      keep_sentence();
    }
    const auto settle = [](std::vector<std::uint32_t>& hashes) {
      std::sort(hashes.begin(), hashes.end());
      hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    };
    settle(fingerprint_.names);
    std::sort(fingerprint_.stems.begin(), fingerprint_.stems.end());
    std::size_t most = often - 1;
    for (auto at = fingerprint_.stems.begin(); at != fingerprint_.stems.end();) {
      const auto end = std::upper_bound(at, fingerprint_.stems.end(), *at);
      if (static_cast<std::size_t>(end - at) > most) {
        most = static_cast<std::size_t>(end - at);
        fingerprint_.main_stem = *at;
      }
      at = end;
    }
    settle(fingerprint_.stems);
    settle(named_);
    settle(plain_);
    std::vector<std::uint32_t>& shingles = fingerprint_.shingles;
    shingles.assign(named_.begin(), named_.begin() + static_cast<std::ptrdiff_t>(std::min(named_.size(), most_shingles)));
    const std::size_t room = most_shingles - shingles.size();
    shingles.insert(shingles.end(), plain_.begin(), plain_.begin() + static_cast<std::ptrdiff_t>(std::min(plain_.size(), room)));
    settle(shingles);
    fingerprint_.whole = hash_of({reinterpret_cast<const char*>(whole_.data()), whole_.size() * sizeof whole_[0]}) >> 1;
    return std::move(fingerprint_);
  }

  struct Last {
    std::uint32_t word;
    bool name;
  };
  Fingerprint fingerprint_;
  std::string word_;
  bool capital_ = false, in_possessive_ = false, first_line_ = true, ends_in_stop_ = false;
  std::vector<std::uint32_t> sentence_, headline_, named_, plain_, whole_;
  Last last_[3] = {};
  std::size_t content_words_ = 0;
};

using Words = std::span<const std::uint32_t>;

std::size_t shared(Words a, Words b) {
  std::size_t count = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) ++count, ++i, ++j;
    else if (a[i] < b[j]) ++i;
    else ++j;
  }
  return count;
}

Words words_of(const Fingerprint& text, const Fingerprint::Sentence& sentence) { return Words(text.content).subspan(sentence.begin, sentence.end - sentence.begin); }

/// True if a sentence of the one text is told in the other.
bool is_told(const Fingerprint& text, const Fingerprint::Sentence& sentence, const Fingerprint& in) {
  const Words words = words_of(text, sentence);
  const auto wanted = static_cast<std::size_t>(told * static_cast<double>(words.size()) + 0.9999);
  const auto spare = static_cast<int>(words.size() - wanted);
  return std::any_of(in.sentences.begin(), in.sentences.end(), [&](const Fingerprint::Sentence& other) {
    // A bit that the other lacks is a word that it lacks.
    return std::popcount(sentence.bits & ~other.bits) <= spare && other.end - other.begin >= wanted && shared(words, words_of(in, other)) >= wanted;
  });
}

/// The share of the first text's content words that stand in sentences which the second tells too; in [0, 1].
double told_share(const Fingerprint& of, const Fingerprint& in) {
  std::size_t there = 0;
  for (const Fingerprint::Sentence& sentence : of.sentences)
    if (is_told(of, sentence, in)) there += sentence.end - sentence.begin;
  return of.content.empty() ? 0 : static_cast<double>(there) / static_cast<double>(of.content.size());
}

}  // namespace

Fingerprint fingerprint_of(std::string_view text) { return Collector().collect(text); }

bool may_tell_same_story(const Fingerprint& a, const Fingerprint& b) {
  if (a.whole == b.whole) return true;
  return shared(a.shingles, b.shingles) >= few_shingles;
}

bool same_story(const Fingerprint& a, const Fingerprint& b) {
  if (a.sentences.empty() || b.sentences.empty()) return a.whole == b.whole && a.words == b.words;
  if (a.whole == b.whole) return true;
  // Each is about somebody of whom the other says nothing: the same form, filled in twice.
  const auto names = [](const Fingerprint& text, std::uint32_t stem) { return stem == 0 || std::binary_search(text.stems.begin(), text.stems.end(), stem); };
  if (!names(b, a.main_stem) && !names(a, b.main_stem)) return false;
  const bool is_little = std::min(a.words, b.words) < little_text;
  if (!is_little && !is_told(a, a.sentences.front(), b) && !is_told(b, b.sentences.front(), a)) return false;
  const std::size_t fewer = std::min(a.names.size(), b.names.size());
  if (static_cast<double>(shared(a.names, b.names)) < enough_names * static_cast<double>(fewer)) return false;
  const double a_in_b = told_share(a, b), b_in_a = told_share(b, a);
  if (is_little) return std::min(a_in_b, b_in_a) >= nearly_all;
  return std::max(a_in_b, b_in_a) >= enough_told && std::min(a_in_b, b_in_a) >= some_told;
}

}  // namespace dragoman
