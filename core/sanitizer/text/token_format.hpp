// How the keys and tokens of one provider are written: data, and one function that reads them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/sanitizer/hit.hpp"
#include "core/sanitizer/text/anchor.hpp"
#include "core/sanitizer/text/char_set.hpp"
#include "core/sanitizer/text/token_text.hpp"

namespace studiosync {

// A run of characters of one set or, without a set, a literal. Runs are greedy and nothing is tried
// twice: where a literal follows a run, the run's set lacks the literal's first character.
struct Part {
  constexpr Part() = default;
  constexpr Part(const char* text) : literal(text) {}  // NOLINT: tables read better

  std::string_view literal;
  const CharSet* set = nullptr;
  std::uint16_t min = 0;
  std::uint16_t max = 0;
};

constexpr Part run(const CharSet& set, std::uint16_t min, std::uint16_t max) {
  Part part;
  part.set = &set;
  part.min = min;
  part.max = max;
  return part;
}
constexpr Part run(const CharSet& set, std::uint16_t exactly) {
  return run(set, exactly, exactly);
}

// What tells the variable part of a token from an identifier that begins like it.
enum class Body : std::uint8_t {
  any,         // prefix and length say enough
  with_digit,  // a digit, or upper and lower case by turns: other letters could be words
  mixed_case,  // also upper and lower case, for prefixes that are words themselves
  no_word,     // of upper case: a digit, a letter that words hardly have, or few vowels
};

struct TokenFormat {
  Rule rule;
  std::array<std::string_view, 16> prefixes;  // one of them stands there, as written; anchors
  std::array<Part, 9> parts;                  // what follows it
  Body body = Body::any;
  Part before{};              // a run that stands before the prefix
  bool keeps_prefix = false;  // it is a name and no part of the secret
  bool glued = false;         // may follow a letter or digit
};

// Looks for a token of `format` whose prefix stands at `at`.
void match_token(TextScan& scan, std::size_t at, const TokenFormat& format);

// The anchors and rules of a table with static storage.
template <const auto& formats, std::size_t i>
void match_format(TextScan& scan, std::size_t at) {
  match_token(scan, at, formats[i]);
}

template <const auto& formats>
std::vector<Anchor> anchors_of() {
  std::vector<Anchor> anchors;
  const auto add = [&](const TokenFormat& format, Recognizer recognize) {
    for (const std::string_view prefix : format.prefixes) {
      const bool begins_word = !format.glued && format.before.set == nullptr;
      if (!prefix.empty()) {
        anchors.push_back({.literal = prefix, .recognize = recognize, .begins_word = begins_word});
      }
    }
  };
  [&]<std::size_t... i>(std::index_sequence<i...>) {
    (add(formats[i], match_format<formats, i>), ...);
  }
  (std::make_index_sequence<formats.size()>());
  return anchors;
}

}  // namespace studiosync
