# Two helpers make every target of ours. Sources are found by name, so that a new file needs no
# edit here.

# Flags for our own code only; headers of libraries are SYSTEM.
add_library(studiosync_flags INTERFACE)
target_compile_options(studiosync_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Werror
  # in a unity build the constants of other files are in sight
  $<IF:$<BOOL:${CMAKE_UNITY_BUILD}>,-Wshadow=local,-Wshadow>
  # designated initializers name what differs from the defaults
  -Wno-missing-field-initializers
  # false alarms of g++ 12 on std::string with optimisation (GCC bugs 105329, 105651)
  -Wno-array-bounds -Wno-stringop-overread -Wno-stringop-overflow -Wno-restrict)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  target_compile_options(studiosync_flags INTERFACE -Wno-unknown-warning-option)
endif()
target_include_directories(studiosync_flags INTERFACE ${CMAKE_SOURCE_DIR})

# One precompiled header of the standard library, shared by all libraries.
add_library(studiosync_pch OBJECT ${CMAKE_SOURCE_DIR}/cmake/pch.cpp)
target_link_libraries(studiosync_pch PRIVATE studiosync_flags)
target_precompile_headers(studiosync_pch PRIVATE ${CMAKE_SOURCE_DIR}/cmake/pch.hpp)

# The rooms in which a bug can be planted (core/base/zoo.hpp). They are compiled twice: as `room`,
# and as `zoo_room` with the switches.
set(STUDIOSYNC_ZOO_ROOMS core_conflicts core_protocol core_sync server_api server_channel
  server_push server_store client_store)

# Dependencies as they are linked: which variant of such a room is meant is decided by the program
# at the head (its property STUDIOSYNC_ZOO), for all of them at once. None has some of both.
function(ss_by_variant out)
  set(deps "")
  foreach(dep IN LISTS ARGN)
    if(dep IN_LIST STUDIOSYNC_ZOO_ROOMS)
      set(dep "$<IF:$<BOOL:$<TARGET_PROPERTY:STUDIOSYNC_ZOO>>,zoo_${dep},${dep}>")
    endif()
    list(APPEND deps "${dep}")
  endforeach()
  set(${out} "${deps}" PARENT_SCOPE)
endfunction()

# ss_library(name DEPS targets... [PRIVATE_DEPS targets...]): all .cpp of the current folder.
# A room is linked to the rooms it names alone; tests/house/rooms.py finds the other wrong includes.
function(ss_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  if(NOT arg_SOURCES)
    file(GLOB arg_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  endif()
  ss_keep_apart(${arg_SOURCES})
  ss_by_variant(deps ${arg_DEPS})
  ss_by_variant(private_deps ${arg_PRIVATE_DEPS})
  set(variants ${name})
  if(name IN_LIST STUDIOSYNC_ZOO_ROOMS)
    list(APPEND variants zoo_${name})
  endif()
  foreach(variant IN LISTS variants)
    add_library(${variant} STATIC ${arg_SOURCES})
    target_link_libraries(${variant} PUBLIC ${deps} PRIVATE studiosync_flags ${private_deps})
    target_precompile_headers(${variant} REUSE_FROM studiosync_pch)
  endforeach()
  if(TARGET zoo_${name})
    target_link_libraries(zoo_${name} PUBLIC zoo_switch)
  endif()
endfunction()

# ss_program(name [ZOO] SOURCES files... DEPS targets...): with ZOO, of the rooms with switches.
function(ss_program name)
  cmake_parse_arguments(arg "ZOO" "" "SOURCES;DEPS" ${ARGN})
  ss_by_variant(deps ${arg_DEPS})
  ss_keep_apart(${arg_SOURCES})
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES STUDIOSYNC_ZOO ${arg_ZOO})
  target_link_libraries(${name} PRIVATE studiosync_flags studiosync_allocator ${deps})
  target_precompile_headers(${name} REUSE_FROM studiosync_pch)
endfunction()

# ss_test(name [ZOO] LABEL label DEPS targets... [SOURCES files...] [TIMEOUT seconds]): all
# *_test.cpp of the folder.
function(ss_test name)
  cmake_parse_arguments(arg "ZOO" "LABEL;TIMEOUT" "SOURCES;DEPS" ${ARGN})
  ss_by_variant(deps ${arg_DEPS})
  if(NOT arg_SOURCES)
    file(GLOB arg_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cpp)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 60)
  endif()
  ss_keep_apart(${arg_SOURCES})
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES STUDIOSYNC_ZOO ${arg_ZOO})
  target_link_libraries(${name} PRIVATE studiosync_test_flags ${deps} GTest::gmock
    GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE
    STUDIOSYNC_FIXTURES="${CMAKE_SOURCE_DIR}/fixtures" STUDIOSYNC_SOURCE="${CMAKE_SOURCE_DIR}"
    STUDIOSYNC_BIN="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  target_precompile_headers(${name} REUSE_FROM studiosync_test_pch)
  include(GoogleTest)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST
    PROPERTIES LABELS ${arg_LABEL} TIMEOUT ${arg_TIMEOUT})
endfunction()

# Tests are compiled without optimisation: what they test is optimised, and they compile in half the
# time.
add_library(studiosync_test_flags INTERFACE)
target_link_libraries(studiosync_test_flags INTERFACE studiosync_flags)
target_compile_options(studiosync_test_flags INTERFACE $<$<CONFIG:Release>:-O0>)

add_library(studiosync_test_pch OBJECT ${CMAKE_SOURCE_DIR}/cmake/pch.cpp)
target_link_libraries(studiosync_test_pch PRIVATE
  studiosync_test_flags GTest::gmock GTest::gtest_main)
target_compile_definitions(studiosync_test_pch PRIVATE
  STUDIOSYNC_FIXTURES="${CMAKE_SOURCE_DIR}/fixtures" STUDIOSYNC_SOURCE="${CMAKE_SOURCE_DIR}"
  STUDIOSYNC_BIN="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
target_precompile_headers(studiosync_test_pch PRIVATE
  ${CMAKE_SOURCE_DIR}/cmake/pch.hpp <gtest/gtest.h> <gmock/gmock.h>)
