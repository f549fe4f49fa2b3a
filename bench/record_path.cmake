ss_program(record_path_bench SOURCES record_path_bench.cpp allocations.cpp stack/batches.cpp
  stack/records.cpp
  DEPS core_sync core_protocol core_schema core_sanitizer server_push server_store ss_os
    benchmark::benchmark)
