# Pulled rows a second on the device, and what SQLite alone does with the same rows.
ss_program(device_store_bench SOURCES ${CMAKE_CURRENT_LIST_DIR}/device_store_bench.cpp folder.cpp
  DEPS client_store benchmark::benchmark)
