ss_program(sanitizer_bench SOURCES sanitizer_bench.cpp sanitizer_texts.cpp
  DEPS core_sanitizer fixtures_data ss_os benchmark::benchmark)
target_compile_definitions(sanitizer_bench PRIVATE
  STUDIOSYNC_FIXTURES="${CMAKE_SOURCE_DIR}/fixtures")
