# Server and devices together, against the machine's limits.
file(GLOB stack_sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/stack/*.cpp)
ss_program(stack_bench SOURCES ${stack_sources} bare_insert.cpp folder.cpp
  DEPS client_engine client_store core_schema e2e_process server_net server_store ss_os CLI11::CLI11
    Threads::Threads)
target_compile_definitions(stack_bench PRIVATE
  STUDIOSYNC_BIN="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}"
  STUDIOSYNC_FIXTURES="${CMAKE_SOURCE_DIR}/fixtures")
add_dependencies(stack_bench syncd)
