# Debian's packages (scripts/packages). Nothing is downloaded, nothing vendored.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(CURL REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
find_package(pugixml REQUIRED)
find_package(LibXml2 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(date REQUIRED)
find_package(tl-expected REQUIRED)

find_package(PkgConfig REQUIRED)
pkg_check_modules(voikko REQUIRED IMPORTED_TARGET libvoikko)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(idn2 REQUIRED IMPORTED_TARGET libidn2)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(jemalloc REQUIRED IMPORTED_TARGET jemalloc)
pkg_check_modules(systemd REQUIRED IMPORTED_TARGET libsystemd)

# CLD2 and libstemmer come without a CMake or pkg-config file.
find_library(CLD2_LIBRARY cld2 REQUIRED)
find_library(STEMMER_LIBRARY stemmer REQUIRED)
find_path(MUSTACHE_INCLUDE_DIR kainjow/mustache.hpp REQUIRED)

# Asio and Beast are compiled once, in base/asio_impl.cc and web/beast_impl.cc.
add_library(sotevahti_asio INTERFACE)
target_link_libraries(sotevahti_asio INTERFACE Boost::headers Threads::Threads)
target_compile_definitions(sotevahti_asio INTERFACE
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
if(SOTEVAHTI_SANITIZE MATCHES "thread")
  # TSan cannot see through the fences of Asio, and gcc warns of that in each file.
  target_compile_definitions(sotevahti_asio INTERFACE BOOST_ASIO_DISABLE_FENCED_BLOCK)
  target_compile_options(sotevahti_asio INTERFACE -Wno-tsan)
endif()
