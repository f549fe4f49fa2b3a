// How what was written may read where it is found again. Pure; any thread.
#pragma once

#include <string_view>

namespace studiosync::e2e::judging {

// Whether `stored` may be what the sanitizer left of `original`; both canonical values. It leaves
// everything else byte for byte.
bool redaction_of(std::string_view original, std::string_view stored);

// Whether a copy's name may be made of `name`; both canonical texts.
bool copied_name(std::string_view name, std::string_view copy);

}  // namespace studiosync::e2e::judging
