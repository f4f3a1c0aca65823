// What can be wrong with a filter, each by a name, so that pages can say it in their reader's
// language. The English is here: {0} and {1} stand for what the mistake is about. Pure.
#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "archive/filter.h"

namespace sotevahti::archive {

struct FilterMistake {
  std::string_view name, cause, advice;
};

inline constexpr std::array<FilterMistake, 22> filter_mistakes = {{
    {"bracket.extra", "this bracket closes nothing", "take it away"},
    {"bracket.open", "this bracket is not closed", "put a ) behind its end"},
    {"brackets", "more than {0} brackets within each other", ""},
    {"quote.open", "this quote has no end", "put a \" behind the words"},
    {"quote.empty", "there is no word between these quotes", ""},
    {"missing", "a word or a condition is missing here", ""},
    {"story", "story:all cannot be negated", "leave it out to see each story once"},
    {"terms", "more than {0} words and values", ""},
    {"key", "there is no condition called \"{0}\"", ""},
    {"key.only", "{0}: knows only \"{1}\"", ""},
    {"value.none", "{0}: needs a value", ""},
    {"value.one", "{0}: takes one value", ""},
    {"value.unknown", "no {0} is called \"{1}\"", ""},
    {"near", "there is no word behind near:", "near:\"kotihoito lakkautus\""},
    {"language", "\"{0}\" is no language", "lang:fi, lang:sv or lang:en"},
    {"day", "\"{1}\" is no day", "{0}:2025-01-31 or, so long ago, {0}:7d"},
    {"span", "\"{0}\" is no span of days", "deadline:14d"},
    {"word", "there is no word in \"{0}\"", "letters or digits are searched"},
    {"prefix", "the beginning of a word needs two letters", ""},
    {"long", "longer than {0} bytes", "ask for less at once"},
    {"encoding", "this is no text in UTF-8", ""},
    {"control", "a control character is no part of a question", ""},
}};

// `name` is one of the above; `meant` is what to write instead, where that can be guessed.
FilterError filter_error(std::size_t position, std::string_view name, std::vector<std::string> about = {},
                         std::string meant = {});

}  // namespace sotevahti::archive
