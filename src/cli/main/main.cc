#include "cli/command.h"

int main(int argc, char** argv) { return sotevahti::cli::run(argc, argv); }
