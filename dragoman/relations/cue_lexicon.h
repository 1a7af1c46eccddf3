// CueLexicon: the words that attribute, and the frames in which they do (data/statements/).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dragoman/base/result.h"

namespace dragoman {

/// What a cue says that the speaker does with the content.
enum class CueAct : std::uint8_t {
  say,
  predict,
  suggest,
  ask,
  demand,
  warn,
  promise,
  deny,
  reject,
  praise,
  blame,
  support,
  describe,
  think,
  want,
  fear,
  feel,
  hope,
  show
};

/// What a cue takes as content; data/statements/cues.tsv explains each.
enum class CueFrame : std::uint8_t {
  clause,
  quote,
  np,
  inf,
  ing,
  np_inf,
  whom_inf,
  on_inf,
  to_inf,
  np_as,
  to_as,
  pred,
  whom_of,
  whom_about,
  np_for,
  np_on,
  np_to,
  np_with,
  about,
  of,
  on,
  for_,
  against,
  at,
  to,
  with,
  in,
  into,
  over,
  by
};

/// A set of frames.
class CueFrames {
 public:
  void add(CueFrame frame) { bits_ |= bit(frame); }
  [[nodiscard]] bool has(CueFrame frame) const { return (bits_ & bit(frame)) != 0; }
  [[nodiscard]] bool any() const { return bits_ != 0; }

 private:
  static std::uint64_t bit(CueFrame frame) { return std::uint64_t{1} << static_cast<unsigned>(frame); }
  std::uint64_t bits_ = 0;
};

enum class CueKind : std::uint8_t { verb, noun, adjective, adverb };

struct CueEntry {
  std::string_view lemma;     ///< "point" for "point out"
  std::string_view particle;  ///< "out"; "" for a cue of one word
  CueAct act;
  CueFrames frames;  ///< all
  CueFrames weak;    ///< those that want a speaker that can speak
  CueFrames things;  ///< those whose object is no person or body
};

/// What a noun can be in a statement.
struct NounKinds {
  bool person = false;
  bool body = false;
  bool document = false;
  bool occasion = false;
  bool label = false;  ///< no speaker before a colon: "Analysis: ..."
  [[nodiscard]] bool speaks() const { return person || body || document; }
};

/// What a word does in the rules (data/statements/words.tsv explains each).
enum class WordSense : std::uint8_t {
  light,
  circumstance,
  occasion,
  belongs,
  belongs_near,
  time,
  writer,
  reader,
  self,
  person,
  quantity,
  of_object
};

/// The three tables, read once. Lookups are one hash each; the views point into the binary.
class CueLexicon {
 public:
  [[nodiscard]] static Result<CueLexicon> load();

  /// The entries of that lemma; those with a particle first.
  [[nodiscard]] std::span<const CueEntry> find(std::string_view lemma, CueKind kind) const;
  [[nodiscard]] NounKinds noun(std::string_view lemma) const;
  [[nodiscard]] bool is(std::string_view word, WordSense sense) const;
  /// The preposition that leads in the content of that frame ("for", "of", ...); "" if the frame has none.
  [[nodiscard]] static std::string_view preposition(CueFrame frame);

 private:
  struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  std::vector<CueEntry> cues_;
  std::unordered_map<std::string_view, Range> by_kind_[4];
  std::unordered_map<std::string_view, NounKinds> nouns_;
  std::unordered_map<std::string_view, std::uint32_t> words_;  ///< a bit for each sense
};

}  // namespace dragoman
