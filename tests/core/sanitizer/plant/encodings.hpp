// The forms that a text takes on its way: what a search for a leaked secret must look for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace studiosync::test {

std::string url_encoded(std::string_view text);  // RFC 3986, upper-case hex
std::string hex_of(std::string_view text, std::string_view digits);
// Code points below U+10000 and surrogate pairs above; `little` endian or big.
std::string utf16(std::string_view utf8, bool little);
// What every base64 text that holds `text` at any offset holds: the characters of each alignment
// that depend on `text` alone.
std::vector<std::string> base64_alignments(std::string_view text);

}  // namespace studiosync::test
