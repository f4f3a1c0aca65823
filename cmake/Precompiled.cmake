# The headers that nearly every file includes, parsed once: a quarter of the time that all takes
# to build. The release does without, so a file that forgot an include of its own is found there.
option(SOTEVAHTI_PRECOMPILED "Parse the usual headers once (gcc only)" OFF)

set(SOTEVAHTI_USUAL_HEADERS
  <algorithm> <array> <chrono> <filesystem> <functional> <map> <memory> <optional> <set> <span> <string>
  <string_view> <unordered_map> <utility> <vector> <fmt/format.h>)

if(SOTEVAHTI_PRECOMPILED)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    message(FATAL_ERROR "SOTEVAHTI_PRECOMPILED is for gcc: -D SOTEVAHTI_PRECOMPILED=OFF")
  endif()
  # ccache cannot see into a precompiled header's macros and says so unless told that it may.
  list(APPEND SOTEVAHTI_CCACHE_SETTINGS CCACHE_SLOPPINESS=pch_defines,time_macros)
  # Asked for by ccache: the preprocessor's text names the header instead of all that is in it.
  add_compile_options(-fpch-preprocess)
endif()

# sotevahti_precompiled(TARGET): those headers for the target, once for all rooms.
# sotevahti_precompiled(TARGET TESTS): and those of GoogleTest, once for all tests.
function(sotevahti_precompiled target)
  if(NOT SOTEVAHTI_PRECOMPILED)
    return()
  endif()
  set(owner sotevahti_usual_headers)
  set(headers ${SOTEVAHTI_USUAL_HEADERS})
  set(links fmt::fmt)
  if("TESTS" IN_LIST ARGN)
    set(owner sotevahti_usual_test_headers)
    list(APPEND headers <gmock/gmock.h> <gtest/gtest.h>)
    list(APPEND links GTest::gmock)
  endif()
  if(NOT TARGET ${owner})
    file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/precompiled/${owner}.cc" CONTENT "// Written by cmake/Precompiled.cmake.\n")
    add_library(${owner} OBJECT "${CMAKE_BINARY_DIR}/precompiled/${owner}.cc")
    target_link_libraries(${owner} PRIVATE ${links} sotevahti_flags)
    target_precompile_headers(${owner} PRIVATE ${headers})
  endif()
  target_precompile_headers(${target} REUSE_FROM ${owner})
endfunction()
