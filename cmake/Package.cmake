# The Debian package: scripts/package, or cpack in a release build.
file(STRINGS "${CMAKE_SOURCE_DIR}/packaging/debian/changelog" newest LIMIT_COUNT 1)
string(REGEX MATCH "^sotevahti \\(([0-9.]+)-([0-9]+)\\)" matched "${newest}")
if(NOT CMAKE_MATCH_1 STREQUAL PROJECT_VERSION)
  message(FATAL_ERROR "packaging/debian/changelog begins with \"${newest}\", but the version is ${PROJECT_VERSION}")
endif()
set(CPACK_DEBIAN_PACKAGE_RELEASE "${CMAKE_MATCH_2}")

# Debian wants the whole licence in the package, a dot for each empty line.
file(READ "${CMAKE_SOURCE_DIR}/LICENSE" LICENCE_TEXT)
string(REGEX REPLACE "[ \t]+\n" "\n" LICENCE_TEXT "${LICENCE_TEXT}")
string(STRIP "${LICENCE_TEXT}" LICENCE_TEXT)
string(REPLACE "\n" "\n " LICENCE_TEXT " ${LICENCE_TEXT}")
string(REGEX REPLACE "\n \n" "\n .\n" LICENCE_TEXT "${LICENCE_TEXT}")
string(REGEX REPLACE "\n \n" "\n .\n" LICENCE_TEXT "${LICENCE_TEXT}")
set(packaging "${CMAKE_BINARY_DIR}/packaging")
configure_file("${CMAKE_SOURCE_DIR}/packaging/debian/copyright.in" "${packaging}/copyright" @ONLY)

# Changelogs, as Debian wants them.
function(sotevahti_packed source name)
  set(out "${packaging}/${name}")
  configure_file("${source}" "${out}" COPYONLY)
  execute_process(COMMAND "${GZIP}" -9nkf "${out}" COMMAND_ERROR_IS_FATAL ANY)
  install(FILES "${out}.gz" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
endfunction()
sotevahti_packed("${CMAKE_SOURCE_DIR}/packaging/debian/changelog" changelog.Debian)
sotevahti_packed("${CMAKE_SOURCE_DIR}/CHANGELOG.md" changelog)
install(FILES "${packaging}/copyright" DESTINATION "${CMAKE_INSTALL_DOCDIR}")

set(conffiles "/etc/sotevahti/sotevahti.toml\n")
foreach(file IN LISTS feeds tags)
  file(RELATIVE_PATH name "${CMAKE_SOURCE_DIR}" "${file}")
  string(APPEND conffiles "/etc/sotevahti/${name}\n")
endforeach()
file(WRITE "${packaging}/conffiles" "${conffiles}")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME sotevahti)
set(CPACK_PACKAGE_CONTACT "sotevahti maintainers <maintainers@users.noreply.r-seed-62d05901.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "follows Finland's social and health care reform")
set(CPACK_PACKAGE_DESCRIPTION
"Polls what ministries, the wellbeing services counties, agencies, associations
and papers publish, in Finnish and Swedish; keeps every entry in a local
archive; says which county and topic each is about; and sends each subscriber
a digest of just that, by mail or webhook. Runs as a hardened system service,
with a command line and web pages over the archive.")
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX "${CMAKE_INSTALL_PREFIX}")
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# shlibdeps finds the libraries; this is what no linker knows of. procps: kill, for ExecReload.
set(CPACK_DEBIAN_PACKAGE_DEPENDS
    "voikko-fi, tzdata, ca-certificates, procps, systemd | systemd-standalone-sysusers | systemd-sysusers")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "default-mta | mail-transport-agent")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    "${CMAKE_SOURCE_DIR}/packaging/debian/postinst"
    "${CMAKE_SOURCE_DIR}/packaging/debian/prerm"
    "${CMAKE_SOURCE_DIR}/packaging/debian/postrm"
    "${packaging}/conffiles")
include(CPack)
