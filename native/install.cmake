# `cmake --install BUILD --prefix WHERE` and then find_package(sotto) (docs/native.md).
include(CMakePackageConfigHelpers)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/sotto)

# The static libraries that the C++ core consists of, whatever they are called.
function(collect_core target)
  if(NOT target MATCHES "^sotto_" OR target IN_LIST core_targets)
    return()
  endif()
  set(found ${core_targets} ${target})
  get_target_property(links ${target} INTERFACE_LINK_LIBRARIES)
  foreach(link ${links})
    set(core_targets ${found})
    collect_core(${link})
    set(found ${core_targets})
  endforeach()
  set(core_targets ${found} PARENT_SCOPE)
endfunction()
set(core_targets)
collect_core(sotto_compat)
collect_core(sotto_room)
foreach(target ${core_targets})
  string(REPLACE "sotto_" "core_" export_name ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${export_name})
endforeach()

install(TARGETS sotto_e2ee_c sotto_e2ee_c_static sotto_core ${core_targets} EXPORT sotto
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT sotto NAMESPACE sotto:: FILE sottoTargets.cmake DESTINATION ${package_folder})
install(FILES include/sotto_e2ee.h include/sotto_group.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY ${CMAKE_SOURCE_DIR}/shared/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/sotto
  FILES_MATCHING PATTERN "*.h")
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

configure_package_config_file(sottoConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/sottoConfig.cmake
  INSTALL_DESTINATION ${package_folder})
# 0.x: a minor release may break what find_package(sotto 0.1) asks for.
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/sottoConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/sottoConfig.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/sottoConfigVersion.cmake DESTINATION ${package_folder})
