// The full-text index's tokenizer "sote" and the functions of its view, registered on
// one connection. A connection without them cannot read the index.
#pragma once
#include <sqlite3.h>

#include <functional>

#include "text/words.h"

namespace sotevahti::archive {

// Gives the lexicon when a text must be analysed, so that who only reads never loads it.
using LexiconSource = std::function<text::Lexicon&()>;

// Throws where this SQLite has no FTS5.
fts5_api* full_text_api(sqlite3* connection);

// `source` must outlive the connection.
void register_tokenizer(sqlite3* connection, const LexiconSource& source);

}  // namespace sotevahti::archive
