# sotto_library(NAME DEPS...): the library of the current folder: every .cc beside the
# CMakeLists.txt. DEPS are linked publicly; dependencies point one way (docs/architecture.md).
function(sotto_library name)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.h)
  if(sources)
    add_library(${name} STATIC ${sources} ${headers})
    target_link_libraries(${name} PUBLIC sotto_flags ${ARGN})
  else()
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE sotto_flags ${ARGN})
  endif()
endfunction()

# sotto_test(NAME LABEL DEPS...): one GoogleTest binary of every *_test.cc in the current
# folder; each test case is one ctest entry under LABEL.
function(sotto_test name label)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cc)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE ${ARGN} sotto_flags GTest::gmock GTest::gtest_main)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  if(TARGET sotto_test_headers)
    target_precompile_headers(${name} REUSE_FROM sotto_test_headers)
  endif()
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
    PROPERTIES LABELS "${label}" TIMEOUT 300 ENVIRONMENT "SOTTO_REFERENCE_DIR=${SOTTO_REFERENCE_DIR}")
endfunction()
