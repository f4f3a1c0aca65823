// Files for their owner's eyes alone. What root makes in the service's folder is given to
// the service, so that an admin's command leaves nothing there that the service cannot
// write. Links that somebody may have laid there are not followed. Any thread.
#pragma once
#include <filesystem>

namespace sotevahti::base {

// A new, empty file of mode 0600; false where one of that name is there. Throws std::system_error.
bool make_private_file(const std::filesystem::path& file);

// Opens for reading and writing, made where it is not there; -1 and errno as open(2) says.
int open_private_file(const std::filesystem::path& file);

// The folder, made where it is not there. What can't be done shows when it is written to.
void make_folder(const std::filesystem::path& folder);

}  // namespace sotevahti::base
