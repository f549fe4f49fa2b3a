ss_program(store_bench SOURCES store_bench.cpp DEPS server_store SQLite::SQLite3 Threads::Threads)
