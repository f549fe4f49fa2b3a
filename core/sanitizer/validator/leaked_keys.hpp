// The validator's own idea of which keys name a credential. It shares no code or table with
// keys.hpp on purpose: a gap in the one is covered by the other. It is the narrower of the two (a
// test holds that), since what it refuses is refused for good.
#pragma once

#include <string>
#include <string_view>

namespace studiosync {

// The letters and digits of a JSON string as written between its quotes: escapes decoded, lower
// case, everything else left out.
std::string letters_of(std::string_view raw_string);

// All of these take what letters_of returns.
bool leaks_credential(std::string_view letters);
bool leaks_credential_within(std::string_view parent, std::string_view letters);
bool is_name_of_setting(std::string_view letters);
bool is_value_of_setting(std::string_view letters);

}  // namespace studiosync
