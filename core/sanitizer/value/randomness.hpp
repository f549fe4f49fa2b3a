// Tells what a generator made from what a person wrote. Pure; any thread.
#pragma once

#include <string_view>

namespace studiosync {

// A key, token or generated password: letters and digits that follow no pattern of words, numbers,
// dates, versions or paths. A UUID counts, the nil one and the one of the manuals do not.
bool looks_random(std::string_view value) noexcept;

// `order-created`, `us-east-1`, `2024-01-15`, `v1.2.3`, `user_42`: words and numbers, separated.
bool is_composed_of_words(std::string_view value) noexcept;

}  // namespace studiosync
