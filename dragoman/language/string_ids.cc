#include "dragoman/language/string_ids.h"

#include <bit>
#include <cstring>

namespace dragoman {
namespace {

std::uint64_t finish(std::uint64_t k) {
  k ^= k >> 33;
  k *= 0xff51afd7ed558ccdULL;
  k ^= k >> 33;
  k *= 0xc4ceb9fe1a85ec53ULL;
  return k ^ (k >> 33);
}

}  // namespace

std::uint64_t murmur64(std::string_view bytes) {
  constexpr std::uint64_t m = 0xc6a4a7935bd1e995ULL;
  constexpr int r = 47;
  std::uint64_t hash = 1 ^ (bytes.size() * m);
  while (bytes.size() >= 8) {
    std::uint64_t k;
    std::memcpy(&k, bytes.data(), 8);
    bytes.remove_prefix(8);
    k *= m;
    k ^= k >> r;
    k *= m;
    hash ^= k;
    hash *= m;
  }
  if (!bytes.empty()) {
    std::uint64_t rest = 0;
    std::memcpy(&rest, bytes.data(), bytes.size());
    hash ^= rest;
    hash *= m;
  }
  hash ^= hash >> r;
  hash *= m;
  return hash ^ (hash >> r);
}

std::array<std::uint32_t, 4> embedding_keys(std::uint64_t value, std::uint32_t seed) {
  std::uint64_t h1 = value * 0x87c37b91114253d5ULL;
  h1 = std::rotl(h1, 31);
  h1 *= 0x4cf5ad432745937fULL;
  h1 ^= seed;
  h1 ^= 8;
  std::uint64_t h2 = seed ^ 8u;
  h1 += h2;
  h2 += h1;
  h1 = finish(h1);
  h2 = finish(h2);
  h1 += h2;
  h2 += h1;
  return {static_cast<std::uint32_t>(h1), static_cast<std::uint32_t>(h1 >> 32), static_cast<std::uint32_t>(h2),
          static_cast<std::uint32_t>(h2 >> 32)};
}

}  // namespace dragoman
