# What `cmake --install` puts where; the Debian package (Package.cmake) is made of the same.
# The configuration stands in /etc whatever the prefix: the program looks for it there.
include(GNUInstallDirs)

set(manuals "")
set(manual_folder "${CMAKE_BINARY_DIR}/man")
file(MAKE_DIRECTORY "${manual_folder}")
find_program(GZIP gzip REQUIRED)

# man1/sotevahti.1.gz: made by the program itself (help manual), or written in docs/man.
function(sotevahti_manual page section)
  set(out "${manual_folder}/${page}.${section}")
  if(EXISTS "${CMAKE_SOURCE_DIR}/docs/man/${page}.${section}")
    configure_file("${CMAKE_SOURCE_DIR}/docs/man/${page}.${section}" "${out}" COPYONLY)
    set(source "${CMAKE_SOURCE_DIR}/docs/man/${page}.${section}")
  else()
    set(source sotevahti)
    set(make COMMAND sotevahti help manual ${page} > "${out}")
  endif()
  add_custom_command(OUTPUT "${out}.gz"
    ${make} COMMAND "${GZIP}" -9nkf "${out}" DEPENDS ${source} VERBATIM)
  install(FILES "${out}.gz" DESTINATION "${CMAKE_INSTALL_MANDIR}/man${section}")
  set(manuals ${manuals} "${out}.gz" PARENT_SCOPE)
endfunction()
sotevahti_manual(sotevahti 1)
sotevahti_manual(sotevahti.toml 5)
sotevahti_manual(feeds.d 5)
sotevahti_manual(tags.d 5)
sotevahti_manual(sotevahti-filter 7)

set(completions "${CMAKE_BINARY_DIR}/completions")
file(MAKE_DIRECTORY "${completions}")
set(made "")
foreach(shell bash zsh fish)
  add_custom_command(OUTPUT "${completions}/${shell}"
    COMMAND sotevahti completions ${shell} > "${completions}/${shell}" DEPENDS sotevahti VERBATIM)
  list(APPEND made "${completions}/${shell}")
endforeach()
install(FILES "${completions}/bash" RENAME sotevahti DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES "${completions}/zsh" RENAME _sotevahti DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions")
install(FILES "${completions}/fish" RENAME sotevahti.fish
        DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")

add_custom_command(OUTPUT "${CMAKE_BINARY_DIR}/sotevahti.toml"
  COMMAND sotevahti config example > "${CMAKE_BINARY_DIR}/sotevahti.toml" DEPENDS sotevahti VERBATIM)
add_custom_target(documents ALL DEPENDS ${manuals} ${made} "${CMAKE_BINARY_DIR}/sotevahti.toml")

install(TARGETS sotevahti RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(FILES "${CMAKE_BINARY_DIR}/sotevahti.toml" DESTINATION /etc/sotevahti)
file(GLOB feeds CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/feeds.d/*.toml")
file(GLOB tags CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tags.d/*.toml")
install(FILES ${feeds} DESTINATION /etc/sotevahti/feeds.d)
install(FILES ${tags} DESTINATION /etc/sotevahti/tags.d)

# The units name the program where it is installed.
foreach(unit sotevahti.service sotevahti.socket sotevahti-backup.service sotevahti-backup.timer)
  file(READ "${CMAKE_SOURCE_DIR}/systemd/${unit}" text)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/systemd/${unit}")
  string(REPLACE "/usr/bin/" "${CMAKE_INSTALL_FULL_BINDIR}/" text "${text}")
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/units/${unit}" CONTENT "${text}" @ONLY)
  install(FILES "${CMAKE_BINARY_DIR}/units/${unit}" DESTINATION "${SOTEVAHTI_UNIT_FOLDER}")
endforeach()
install(FILES "${CMAKE_SOURCE_DIR}/systemd/sotevahti.sysusers" RENAME sotevahti.conf DESTINATION lib/sysusers.d)
install(FILES "${CMAKE_SOURCE_DIR}/README.md" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(DIRECTORY "${CMAKE_SOURCE_DIR}/docs/" DESTINATION "${CMAKE_INSTALL_DOCDIR}/docs" PATTERN man EXCLUDE)
