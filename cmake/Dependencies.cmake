# Everything comes from Debian's packages; nothing is downloaded here. ./dev lists the packages.
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CURL REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(simdjson REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(tl-expected REQUIRED)
find_package(GTest REQUIRED)
find_package(rapidcheck REQUIRED)
find_package(Boost 1.81 REQUIRED)
if(STUDIOSYNC_BENCH)
  find_package(benchmark REQUIRED)
endif()

# bcrypt lives in libxcrypt, which Debian ships as the system's libcrypt.
find_library(STUDIOSYNC_CRYPT crypt REQUIRED)
add_library(studiosync_crypt INTERFACE)
target_link_libraries(studiosync_crypt INTERFACE ${STUDIOSYNC_CRYPT})

# For our programs; the sanitizers bring an allocator of their own. bench/PROFILES.md has what it
# gives.
add_library(studiosync_allocator INTERFACE)
if(NOT STUDIOSYNC_SANITIZE)
  find_library(STUDIOSYNC_JEMALLOC jemalloc REQUIRED)
  target_link_libraries(studiosync_allocator INTERFACE ${STUDIOSYNC_JEMALLOC})
endif()

include(Websocketpp)
