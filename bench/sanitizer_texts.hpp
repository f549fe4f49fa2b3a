// The texts that the sanitizer's speed is measured on.
#pragma once

#include <string>
#include <vector>

namespace studiosync::bench {

struct NamedText {
  std::string name;
  std::string text;
};

// Saved queries and history of a plausible user, joined to about `bytes`.
std::string ordinary_sql(std::size_t bytes);

// The corpus' ordinary SQL that speaks of passwords, keys and tokens: no finding, but much to look
// at.
std::string suspicious_sql(std::size_t bytes);

// Texts that make one part of the sanitizer work as much as it can.
std::vector<NamedText> worst_texts(std::size_t bytes);

}  // namespace studiosync::bench
