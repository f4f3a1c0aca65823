// At build: compile_tags tags.d tags.bin reads and checks the one and writes the other, which
// is put into the program.
#include <cstdio>
#include <fstream>

#include "config/taxonomy_bytes.h"

int main(int argc, char** argv) {
  using namespace sotevahti;
  if (argc != 3) {
    std::fputs("compile_tags FOLDER FILE\n", stderr);
    return 2;
  }
  const auto taxonomy = config::read_taxonomy(argv[1], "built-in tags.d");
  if (!taxonomy) {
    std::fprintf(stderr, "%s\n", taxonomy.error().message.c_str());
    return 1;
  }
  std::ofstream file(argv[2], std::ios::binary);
  file << config::to_bytes(*taxonomy);
  file.close();
  return file ? 0 : 1;
}
