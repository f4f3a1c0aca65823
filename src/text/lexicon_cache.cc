#include "text/lexicon_cache.h"

#include <utility>

namespace sotevahti::text {
namespace {

std::size_t heap_bytes(const std::string& text) {
  constexpr std::size_t inside = 15;  // what std::string keeps without the heap
  return text.capacity() > inside ? text.capacity() + 17 : 0;
}

// An estimate of what an entry takes: node, bucket, vectors and strings.
std::size_t weight(const std::string& form, const Analysis& analysis) {
  constexpr std::size_t node = sizeof(std::string) + sizeof(Analysis) + 4 * sizeof(void*);
  std::size_t bytes = node + heap_bytes(form);
  for (const auto* words : {&analysis.lemmas, &analysis.parts}) {
    bytes += words->capacity() * sizeof(std::string) + (words->capacity() == 0 ? 0 : 16);
    for (const std::string& word : *words) bytes += heap_bytes(word);
  }
  return bytes;
}

}  // namespace

const Analysis* LexiconCache::find(std::string_view form) {
  if (const auto hit = young_.map.find(form); hit != young_.map.end()) return &hit->second;
  const auto hit = old_.map.find(form);
  if (hit == old_.map.end()) return nullptr;
  const std::size_t bytes = weight(hit->first, hit->second);
  auto node = old_.map.extract(hit);
  old_.bytes -= bytes;
  make_room();
  young_.bytes += bytes;
  return &young_.map.insert(std::move(node)).position->second;
}

const Analysis& LexiconCache::insert(std::string_view form, Analysis&& analysis) {
  make_room();
  analysis.lemmas.shrink_to_fit();
  analysis.parts.shrink_to_fit();
  const auto [at, is_new] = young_.map.try_emplace(std::string(form), std::move(analysis));
  if (is_new) young_.bytes += weight(at->first, at->second);
  return at->second;
}

void LexiconCache::make_room() {
  if (young_.bytes < generation_bytes_) return;
  old_ = std::exchange(young_, {});
}

void LexiconCache::clear() {
  young_ = {};
  old_ = {};
}

}  // namespace sotevahti::text
