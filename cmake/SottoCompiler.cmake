# Flags that every target shares. "Dev" is optimised enough for tests with thousands of
# packets and keeps assertions on.
find_program(SOTTO_CCACHE ccache)
if(SOTTO_CCACHE AND NOT EMSCRIPTEN)
  set(CMAKE_C_COMPILER_LAUNCHER ${SOTTO_CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${SOTTO_CCACHE})
endif()

set(CMAKE_C_FLAGS_DEV "-O1 -g1")
set(CMAKE_CXX_FLAGS_DEV "-O1 -g1")
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")

add_library(sotto_flags INTERFACE)
foreach(flag -Wall -Wextra -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor
    -Werror=return-type -Werror=unused-result)
  target_compile_options(sotto_flags INTERFACE $<BUILD_INTERFACE:${flag}>)
endforeach()
# Where the headers lie here, and where `cmake --install` puts them.
target_include_directories(sotto_flags INTERFACE
  $<BUILD_INTERFACE:${CMAKE_SOURCE_DIR}/shared> $<INSTALL_INTERFACE:include/sotto>)
target_compile_features(sotto_flags INTERFACE cxx_std_20)

if(SOTTO_SANITIZE)
  add_compile_options(-fsanitize=${SOTTO_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${SOTTO_SANITIZE})
endif()
if(SOTTO_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# Debian's lld comes with Emscripten; it needs a quarter of the time for each of a hundred programs.
option(SOTTO_LLD "Link with lld where it is installed" OFF)
if(SOTTO_LLD)
  find_program(SOTTO_LLD_PROGRAM ld.lld HINTS /usr/lib/llvm-14/bin)
  if(SOTTO_LLD_PROGRAM)
    get_filename_component(lld_folder ${SOTTO_LLD_PROGRAM} DIRECTORY)
    add_link_options(-fuse-ld=lld -B${lld_folder})
  endif()
endif()
