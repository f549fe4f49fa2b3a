# Unity builds: several files of a room are compiled as one, for half the time of a whole build. The
# release preset does so; debug, asan, tsan and lint compile every file by itself, and so find what
# a file forgot to include.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 10)

# Files that stay by themselves, as patterns below the source folder: they have a local name that
# another file of their room has, too.
set(STUDIOSYNC_APART
  bench/.*
  client/cli/transfer.cpp
  client/engine/sync_lock.cpp
  client/store/originals_table.cpp
  client/ws/ws_client_codec.cpp
  core/base/expected_text.cpp
  core/base/hex.cpp
  core/base/json_parse_fast.cpp
  core/sanitizer/.*
  core/schema/entity_connection.cpp
  core/schema/entity_preference.cpp
  core/sync/give_back.cpp
  core/sync/go_local.cpp
  core/sync/inbound.cpp
  e2e/cli/shrink.cpp
  e2e/crash/server_subject.cpp
  e2e/crash/sweep.cpp
  e2e/demo/act_live.cpp
  e2e/disk/file_methods.cpp
  e2e/history/user_edit.cpp
  e2e/sim/expectation.cpp
  loadtest/curve.cpp
  loadtest/linked/socket_crowd.cpp
  loadtest/null_server/null_server.cpp
  loadtest/report/tables.cpp
  loadtest/scenarios/spike.cpp
  loadtest/scenarios/steady.cpp
  os/private_file.cpp
  server/net/ws_codec.cpp
  sqlite/database.cpp
  tests/client/cli/sync_verbs_test.cpp
  tests/client/cli/watch_test.cpp
  tests/client/store/journal_contract_test.cpp
  tests/client/store/recovery_contract_test.cpp
  tests/core/base/json_test.cpp
  tests/core/conflicts/resolve_property.cpp
  tests/core/sanitizer/key_cases.cpp
  tests/core/sanitizer/sql/sql_r.*_test.cpp
  tests/core/sanitizer/text/command_line_test.cpp
  tests/core/sanitizer/text/header_test.cpp
  tests/core/sanitizer/text/settings_test.cpp
  tests/core/sync/delete_breaker_test.cpp
  tests/core/sync/originals_property.cpp
  tests/core/sync/reconcile_test.cpp
  tests/core/sync/removed_fields_test.cpp
  tests/core/sync/taken_back_test.cpp
  tests/e2e/scenario/parse_test.cpp
  tests/e2e/shrink/shrink_test.cpp
  tests/e2e_checkers/edits_test.cpp
  tests/e2e_sim/sqlite_storage_test.cpp
  tests/e2e_sim/two_stores_test.cpp
  tests/loadtest/live/mixed_devices_test.cpp
  tests/server/app/retention_run_test.cpp
  tests/server/auth/token_test.cpp
  tests/server/limits/token_bucket_test.cpp
  tests/server/store/contract_retention_test.cpp)

# Marks those among the sources of the current folder.
function(ss_keep_apart)
  list(JOIN STUDIOSYNC_APART "|" apart)
  foreach(source IN LISTS ARGN)
    cmake_path(ABSOLUTE_PATH source OUTPUT_VARIABLE path)
    cmake_path(RELATIVE_PATH path BASE_DIRECTORY ${CMAKE_SOURCE_DIR})
    if(path MATCHES "^(${apart})$")
      set_source_files_properties(${source} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
  endforeach()
endfunction()
