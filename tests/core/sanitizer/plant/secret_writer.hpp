// A random secret, the ways in which SQL can write it, and the forms in which it could leak.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/random.hpp"

namespace studiosync::test {

enum class Alphabet {
  any,      // quotes, backslashes, blanks and letters of other scripts too
  graphic,  // ASCII without quotes, backslash and blank
  word,     // letters, digits, _: begins with a letter
};

// 8 to 32 characters that no placeholder looks like.
std::string random_secret(Random& random, Alphabet alphabet);

// `secret` as a literal of that style: plain ('…''…'), national (N'…'), escape (E'…\'…'),
// unicode (U&'…\0027…'), dollar ($tag$…$tag$), q (q'[…]'), mysql ('…\'…'), dquote ("…" with \"),
// raw (r'…'), triple ('''…'''), pieces ('…' || '…'), plus (N'…' + N'…'). Falls back to plain where
// the style cannot hold the secret.
std::string write_literal(Random& random, const std::string& secret, const std::string& style);

// Every form in which the secret could leave: raw, JSON, URL, hex (both cases), base64 (three
// alignments), UTF-16 (both orders), doubled quotes, and its halves.
std::vector<std::string> leak_forms(std::string_view secret);

}  // namespace studiosync::test
