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

# It walks a table for every byte of a text frame, one load behind another. A character that begins
# and ends in one byte needs none: that is most of them.
file(READ ${STUDIOSYNC_WEBSOCKETPP}/websocketpp/utf8_validator.hpp _text)
set(_loop "for (iterator_type it = begin; it != end; ++it) {\n")
set(_skip "if (m_state == utf8_accept && static_cast<uint8_t>(*it) < 0x80) continue;\n")
string(REPLACE "${_loop}" "${_loop}            ${_skip}" _fast "${_text}")
if(_fast STREQUAL _text)
  message(FATAL_ERROR "websocketpp's UTF-8 validator is not the one that is corrected here")
endif()
file(CONFIGURE OUTPUT ${_wspp_fixed}/websocketpp/utf8_validator.hpp CONTENT "${_fast}" @ONLY)

add_library(studiosync_websocketpp INTERFACE)
target_include_directories(studiosync_websocketpp SYSTEM BEFORE INTERFACE
  ${_wspp_fixed} ${STUDIOSYNC_WEBSOCKETPP})
