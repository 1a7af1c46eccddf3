#include "dragoman/store/mentions.h"

#include <algorithm>

#include "dragoman/base/varint.h"

namespace dragoman {
namespace {

constexpr std::uint64_t forms = 8;  ///< room for so many

}  // namespace

std::string pack_mentions(std::vector<StoredMention> mentions) {
  std::sort(mentions.begin(), mentions.end());
  mentions.erase(std::unique(mentions.begin(), mentions.end()), mentions.end());
  std::string out;
  std::uint32_t last = 0;
  for (const StoredMention& mention : mentions) {
    put_varint(out, mention.span.begin - last);
    put_varint(out, mention.span.size());
    put_varint(out, mention.entity * forms + static_cast<std::uint64_t>(mention.form));
    last = mention.span.begin;
  }
  return out;
}

std::vector<StoredMention> unpack_mentions(std::string_view bytes) {
  std::vector<StoredMention> mentions;
  std::uint64_t last = 0, gap = 0, size = 0, who = 0;
  while (get_varint(bytes, gap) && get_varint(bytes, size) && get_varint(bytes, who)) {
    last += gap;
    const auto begin = static_cast<std::uint32_t>(last);
    mentions.push_back({{begin, begin + static_cast<std::uint32_t>(size)}, static_cast<std::uint32_t>(who / forms), static_cast<MentionForm>(who % forms)});
  }
  return mentions;
}

std::string pack_sentences(const std::vector<ByteSpan>& sentences) {
  std::string out;
  std::uint32_t last = 0;
  for (const ByteSpan sentence : sentences) {
    if (sentence.begin < last) continue;
    put_varint(out, sentence.begin - last);
    put_varint(out, sentence.size());
    last = sentence.end;
  }
  return out;
}

std::vector<ByteSpan> unpack_sentences(std::string_view bytes) {
  std::vector<ByteSpan> sentences;
  std::uint64_t last = 0, gap = 0, size = 0;
  while (get_varint(bytes, gap) && get_varint(bytes, size)) {
    const auto begin = static_cast<std::uint32_t>(last + gap);
    sentences.push_back({begin, begin + static_cast<std::uint32_t>(size)});
    last = sentences.back().end;
  }
  return sentences;
}

}  // namespace dragoman
