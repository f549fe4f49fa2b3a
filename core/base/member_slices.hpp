// Where the members of an object stand in its canonical text: for content that we wrote ourselves,
// which need not become a tree to be taken apart.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace studiosync {

// Keys without their quotes, and values; views into the text, in its order. Nothing for text that
// is not an object without white space between its members, and for keys that are escaped: a
// parser's business. What is inside of a value is not looked at beyond its brackets and quotes.
std::optional<std::vector<std::pair<std::string_view, std::string_view>>> member_slices(
    std::string_view object);

}  // namespace studiosync
