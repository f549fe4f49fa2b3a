ss_program(store_bench SOURCES store_bench.cpp bare_insert.cpp folder.cpp
  DEPS server_store SQLite::SQLite3 Threads::Threads)
