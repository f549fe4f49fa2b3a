ss_program(core_conflicts_bench SOURCES core_conflicts_bench.cpp
  DEPS core_conflicts benchmark::benchmark_main)
