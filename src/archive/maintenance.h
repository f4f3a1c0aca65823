// Keeping the archive whole: the full check, the index made anew, backup and restore. Each goes
// through all of it; those that are given `progress` tell how far they came.
// What it writes stands under its name when it is whole. Belongs to its database's thread.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "archive/database.h"
#include "archive/migrations.h"
#include "base/result.h"

namespace sotevahti::archive {

// Pages, references, and whether the index says what the texts say. Sentences of
// what is wrong; empty: all is whole.
std::vector<std::string> check_archive(Database& database);
// Makes the full-text index anew from the texts.
void rebuild_full_text(Database& database, const Progress& progress);

// A copy made while others write, whole as of one moment; checked before it gets its name.
// Refuses to overwrite.
base::Result<base::Done> back_up(Database& database, const std::filesystem::path& target, const Progress& progress);
// Puts a backup in the archive's place, after the full check of the backup. Refuses where an archive is.
base::Result<base::Done> restore(const std::filesystem::path& backup, const std::filesystem::path& archive,
                                 const Progress& progress);

}  // namespace sotevahti::archive
