# websocketpp 0.8.2 names constructors and destructors by template-id
# (`basic<concurrency,names>(…)`), which C++20 forbids. Corrected copies of just those headers are
# written into the build tree and found first.
find_path(STUDIOSYNC_WEBSOCKETPP websocketpp/version.hpp REQUIRED)
set(_wspp_fixed ${CMAKE_BINARY_DIR}/websocketpp-cxx20)
foreach(_header logger/basic.hpp logger/syslog.hpp roles/server_endpoint.hpp endpoint.hpp)
  file(READ ${STUDIOSYNC_WEBSOCKETPP}/websocketpp/${_header} _text)
  string(REGEX REPLACE
    "(\n[ ]+~?)(basic|syslog|server|endpoint)<[a-z_,]+>\\(" "\\1\\2(" _text "${_text}")
  file(CONFIGURE OUTPUT ${_wspp_fixed}/websocketpp/${_header} CONTENT "${_text}" @ONLY)
endforeach()

add_library(studiosync_websocketpp INTERFACE)
target_include_directories(studiosync_websocketpp SYSTEM BEFORE INTERFACE
  ${_wspp_fixed} ${STUDIOSYNC_WEBSOCKETPP})
