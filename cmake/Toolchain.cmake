# Compiler, linker and sanitizer flags that hold for every target of ours.
option(STUDIOSYNC_BENCH "Build the benchmarks" OFF)
option(STUDIOSYNC_FUZZ "Build the fuzz targets for libFuzzer (clang)" OFF)
set(STUDIOSYNC_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize=")

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# -g1: line tables for stack traces; full debug information doubles the build's time.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g1")

if(STUDIOSYNC_SANITIZE)
  add_compile_options(-fsanitize=${STUDIOSYNC_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${STUDIOSYNC_SANITIZE})
  if(STUDIOSYNC_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
  if(STUDIOSYNC_SANITIZE MATCHES "thread")
    # Asio's fences mean nothing to the sanitizer; the locks beside them carry the order.
    add_compile_options(-Wno-tsan)
  endif()
endif()

if(STUDIOSYNC_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(STUDIOSYNC_CCACHE ccache)
if(STUDIOSYNC_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${STUDIOSYNC_CCACHE})
endif()
find_program(STUDIOSYNC_MOLD mold)
if(STUDIOSYNC_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
