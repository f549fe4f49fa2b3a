// The text that a JSON string stands for (RFC 8259 section 7). Pure; any thread; linear time.
#pragma once

#include <string>
#include <string_view>

namespace studiosync::validator {

// `raw` is what stands between the quotes. The result views `raw` where nothing is escaped and
// `buffer` otherwise; what is no escape stays as it is.
std::string_view decode_json_string(std::string_view raw, std::string& buffer);

}  // namespace studiosync::validator
