# One interface target that every target of ours links: warnings as errors,
# sanitizers, hardening, and ccache where it is installed.
add_library(sotevahti_flags INTERFACE)
target_compile_options(sotevahti_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # gcc 12 reports these inside its own std::string and std::variant when they
  # are inlined, and of Asio's coroutine frames; the warnings say nothing of our code.
  target_compile_options(sotevahti_flags INTERFACE
    -Wno-error=restrict -Wno-error=maybe-uninitialized -Wno-error=stringop-overflow
    -Wno-error=array-bounds -Wno-error=free-nonheap-object -Wno-error=mismatched-new-delete)
endif()

if(SOTEVAHTI_SANITIZE)
  target_compile_options(sotevahti_flags INTERFACE
    -fsanitize=${SOTEVAHTI_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  target_link_options(sotevahti_flags INTERFACE -fsanitize=${SOTEVAHTI_SANITIZE})
endif()
if(SOTEVAHTI_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "SOTEVAHTI_FUZZ needs clang: use the preset \"fuzz\"")
  endif()
  # clang 14 cannot put the marks of -fsanitize=function before a coroutine.
  target_compile_options(sotevahti_flags INTERFACE -fsanitize=fuzzer-no-link -fno-sanitize=function)
endif()

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  include(CheckIPOSupported)
  check_ipo_supported()
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
  target_compile_options(sotevahti_flags INTERFACE
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fcf-protection)
  target_link_options(sotevahti_flags INTERFACE -pie -Wl,-z,relro,-z,now)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${SOTEVAHTI_CCACHE_SETTINGS} ${CCACHE_PROGRAM})
endif()
