#include "archive/tokenizer.h"

#include <exception>
#include <string>
#include <string_view>

#include "archive/body.h"
#include "archive/database.h"
#include "archive/terms.h"
#include "base/log.h"

namespace sotevahti::archive {
namespace {

using Emit = int (*)(void* context, int flags, const char* term, int size, int begin, int end);

// Runs `walk` with a sink that hands each term to FTS5, offsets moved by `shift`.
template <class Walk>
int pass_on(void* context, Emit emit, std::size_t shift, const Walk& walk) {
  int result = SQLITE_OK;
  walk([&](const Term& term) {
    result =
        emit(context, term.same_place ? FTS5_TOKEN_COLOCATED : 0, term.term.data(), static_cast<int>(term.term.size()),
             static_cast<int>(term.begin + shift), static_cast<int>(term.end + shift));
    return result == SQLITE_OK;
  });
  return result;
}

// `places_only`: a snippet is made, twice through the text for each of a page's entries; its words mean nothing then.
int tokenize_column(const LexiconSource& source, std::string_view column, bool places_only, void* context, Emit emit) {
  if (column.starts_with(written_column)) {
    return pass_on(context, emit, 1, [&](const auto& sink) { each_written_term(column.substr(1), sink); });
  }
  if (!column.starts_with(text_column) || column.size() < 2) return SQLITE_OK;
  if (places_only) {
    return pass_on(context, emit, 2, [&](const TermSink& sink) { each_place(column.substr(2), sink); });
  }
  const std::string_view lang = column[1] == 's' ? "sv" : column[1] == 'e' ? "en" : "fi";
  return pass_on(context, emit, 2, [&](const TermSink& sink) { each_term(column.substr(2), lang, source(), sink); });
}

extern "C" {

int create_tokenizer(void* source, const char**, int, Fts5Tokenizer** made) {
  *made = static_cast<Fts5Tokenizer*>(source);
  return SQLITE_OK;
}

void delete_tokenizer(Fts5Tokenizer*) {}

int run_tokenizer(Fts5Tokenizer* tokenizer, void* context, int why, const char* bytes, int size, Emit emit) {
  const auto& source = *reinterpret_cast<const LexiconSource*>(tokenizer);
  const std::string_view given(bytes == nullptr ? "" : bytes, static_cast<std::size_t>(size));
  try {
    if ((why & FTS5_TOKENIZE_QUERY) != 0) {
      return pass_on(context, emit, 0, [&](const TermSink& sink) { each_written_term(given, sink); });
    }
    return tokenize_column(source, given, (why & FTS5_TOKENIZE_AUX) != 0, context, emit);
  } catch (const std::exception& problem) {
    base::log_error("a text could not be indexed: {}", problem.what());
    return SQLITE_ERROR;
  }
}

}  // extern "C"

std::string_view text_argument(sqlite3_value* value) {
  const void* bytes = sqlite3_value_blob(value);
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void give_text(sqlite3_context* context, const std::string& text) {
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

template <class Make>
void answer(sqlite3_context* context, const Make& make) {
  try {
    give_text(context, make());
  } catch (const std::exception& problem) {
    sqlite3_result_error(context, problem.what(), -1);
  }
}

extern "C" {

void index_title(sqlite3_context* context, int, sqlite3_value** arguments) {
  answer(context, [&] { return as_text_column(text_argument(arguments[0]), text_argument(arguments[1])); });
}

void index_text(sqlite3_context* context, int, sqlite3_value** arguments) {
  answer(context,
         [&] { return as_text_column(text_argument(arguments[0]), unpack_text(text_argument(arguments[1]))); });
}

void text_says_form(sqlite3_context* context, int, sqlite3_value** arguments) {
  try {
    const std::string_view form = text_argument(arguments[2]);
    const bool says = archive::says_form(text_argument(arguments[0]), form) ||
                      archive::says_form(unpack_text(text_argument(arguments[1])), form);
    sqlite3_result_int(context, says ? 1 : 0);
  } catch (const std::exception& problem) {
    sqlite3_result_error(context, problem.what(), -1);
  }
}

// Lower case of any alphabet; SQLite's own lower() knows ASCII only.
void fold_text(sqlite3_context* context, int, sqlite3_value** arguments) {
  answer(context, [&] { return text::lower(text_argument(arguments[0])); });
}

void index_marks(sqlite3_context* context, int, sqlite3_value** arguments) {
  answer(context, [&] {
    return marks_column(sqlite3_value_int64(arguments[0]), text_argument(arguments[1]), text_argument(arguments[2]),
                        text_argument(arguments[3]), sqlite3_value_int(arguments[4]) != 0);
  });
}

}  // extern "C"

}  // namespace

fts5_api* full_text_api(sqlite3* connection) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  if (api == nullptr) throw ArchiveError("this SQLite has no FTS5");
  return api;
}

void register_tokenizer(sqlite3* connection, const LexiconSource& source) {
  fts5_tokenizer tokenizer{create_tokenizer, delete_tokenizer, run_tokenizer};
  fts5_api* api = full_text_api(connection);
  void* context = const_cast<LexiconSource*>(&source);
  if (api->xCreateTokenizer(api, "sote", context, &tokenizer, nullptr) != SQLITE_OK) {
    throw ArchiveError("the index's tokenizer could not be registered");
  }
  // Innocuous: the view may call them although the schema is not trusted.
  constexpr int function_flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  struct Function {
    const char* name;
    int arguments;
    void (*call)(sqlite3_context*, int, sqlite3_value**);
  };
  for (const Function& function : {Function{"index_title", 2, index_title}, Function{"index_text", 2, index_text},
                                   Function{"index_marks", 5, index_marks}, Function{"fold", 1, fold_text},
                                   Function{"says_form", 3, text_says_form}}) {
    sqlite3_create_function_v2(connection, function.name, function.arguments, function_flags, nullptr, function.call,
                               nullptr, nullptr, nullptr);
  }
}

}  // namespace sotevahti::archive
