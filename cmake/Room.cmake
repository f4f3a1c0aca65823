# A room: a folder of src/, a static library sotevahti_<name>, a namespace
# sotevahti::<name>. Its library is every .cc in the folder.
#   sotevahti_room(text USES base LINKS PkgConfig::voikko)
# USES names the rooms below that it may include; scripts/check-floors keeps it so.
function(sotevahti_room name)
  cmake_parse_arguments(ROOM "" "" "USES;LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cc")
  list(TRANSFORM ROOM_USES PREPEND sotevahti_)
  add_library(sotevahti_${name} STATIC ${sources})
  target_include_directories(sotevahti_${name} PUBLIC "${CMAKE_SOURCE_DIR}/src")
  target_link_libraries(sotevahti_${name} PUBLIC ${ROOM_USES} ${ROOM_LINKS} PRIVATE sotevahti_flags)
  sotevahti_precompiled(sotevahti_${name})
  if(name IN_LIST SOTEVAHTI_COVERAGE)
    # Not optimised: lines that were made one count as one.
    target_compile_options(sotevahti_${name} PRIVATE --coverage -O0 -fprofile-update=atomic)
    target_link_options(sotevahti_${name} PUBLIC --coverage)
  endif()
endfunction()

# Files put into the program: sotevahti_embed(archive migrations FILES db/migrations/*.sql)
# gives  const std::vector<base::EmbeddedFile>& migrations();  in namespace sotevahti::archive,
# declared in <room>/embedded_<what>.h. Files are named by their path below BASE.
function(sotevahti_embed room what)
  cmake_parse_arguments(EMBED "" "BASE" "FILES" ${ARGN})
  set(out "${CMAKE_BINARY_DIR}/embedded/${room}/embedded_${what}")
  set(labels "")
  set(rows "")
  set(index 0)
  foreach(file IN LISTS EMBED_FILES)
    file(RELATIVE_PATH label "${EMBED_BASE}" "${file}")
    set(symbol "sotevahti_${room}_${what}_${index}")
    string(APPEND labels
      "__asm__(\".section .rodata\\n.global ${symbol}\\n${symbol}:\\n.incbin \\\"${file}\\\"\\n"
      ".global ${symbol}_end\\n${symbol}_end:\\n.byte 0\\n.previous\\n\");\n"
      "extern \"C\" const char ${symbol}[];\nextern \"C\" const char ${symbol}_end[];\n")
    string(APPEND rows
      "      {\"${label}\", {${symbol}, static_cast<std::size_t>(${symbol}_end - ${symbol})}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  file(CONFIGURE OUTPUT "${out}.h" CONTENT
"// Written by cmake/Room.cmake.
#pragma once
#include <vector>
#include \"base/embedded.h\"
namespace sotevahti::${room} {
const std::vector<base::EmbeddedFile>& ${what}();
}
" @ONLY)
  file(CONFIGURE OUTPUT "${out}.cc" CONTENT
"// Written by cmake/Room.cmake.
#include \"${room}/embedded_${what}.h\"
${labels}
namespace sotevahti::${room} {
const std::vector<base::EmbeddedFile>& ${what}() {
  static const std::vector<base::EmbeddedFile> files = {
${rows}  };
  return files;
}
}
" @ONLY)
  set_property(SOURCE "${out}.cc" APPEND PROPERTY OBJECT_DEPENDS "${EMBED_FILES}")
  # The assembler's symbols do not survive link-time optimisation.
  set_property(SOURCE "${out}.cc" APPEND PROPERTY COMPILE_OPTIONS "-fno-lto")
  target_sources(sotevahti_${room} PRIVATE "${out}.cc")
  target_include_directories(sotevahti_${room} PUBLIC "${CMAKE_BINARY_DIR}/embedded")
endfunction()

# The tests of a room: every *_test.cc of tests/<room>/ in one program, found by CTest one by one.
# sotevahti_tests(fault ROOM deliver): tests of another name for what that room has below it.
function(sotevahti_tests room)
  cmake_parse_arguments(TESTS "" "ROOM" "LINKS" ${ARGN})
  if(NOT TESTS_ROOM)
    set(TESTS_ROOM ${room})
  endif()
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cc")
  add_executable(${room}_test ${sources})
  target_link_libraries(${room}_test PRIVATE
    sotevahti_${TESTS_ROOM} ${TESTS_LINKS} sotevahti_test_support sotevahti_flags GTest::gmock GTest::gtest_main)
  target_compile_definitions(${room}_test PRIVATE
    SOTEVAHTI_SOURCE_DIR="${CMAKE_SOURCE_DIR}" SOTEVAHTI_TEST_DATA="${CMAKE_SOURCE_DIR}/tests/data")
  sotevahti_precompiled(${room}_test TESTS)
  gtest_discover_tests(${room}_test TEST_PREFIX "${room}." NO_PRETTY_VALUES DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 120)
endfunction()

# A libFuzzer target: sotevahti_fuzzer(html LINKS sotevahti_text) builds fuzz_html from fuzz_html.cc.
function(sotevahti_fuzzer name)
  cmake_parse_arguments(FUZZER "" "" "LINKS" ${ARGN})
  add_executable(fuzz_${name} fuzz_${name}.cc)
  target_link_libraries(fuzz_${name} PRIVATE ${FUZZER_LINKS} sotevahti_flags)
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
endfunction()
