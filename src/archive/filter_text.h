// A filter's text cut into marks and terms, with their places. Pure.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "archive/filter.h"
#include "base/result.h"

namespace sotevahti::archive {

struct FilterToken {
  enum class Kind { open, close, minus, either, both, quoted, bare, end };
  Kind kind = Kind::end;
  std::string text;          // bare: as written; quoted: without its quotes
  std::size_t position = 0;  // in bytes
};

// Fails on a quote without an end. A key's quoted values belong to its bare token.
base::Result<std::vector<FilterToken>, FilterError> cut_filter(std::string_view text);

// A place in bytes as a place in characters.
std::size_t character_position(std::string_view text, std::size_t bytes);

}  // namespace sotevahti::archive
