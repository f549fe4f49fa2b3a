#include "core/sanitizer/validator/shape.hpp"

#include <bitset>

#include "core/base/check.hpp"
#include "core/sanitizer/validator/bytes.hpp"
#include "core/sanitizer/validator/stand_ins.hpp"

namespace studiosync::validator {
namespace {

// Random runs show more than this many different bytes; `xxxx…` and `0000…` do not.
constexpr int distinct_min = 6;

bool in_class(char run_class, char c) noexcept {
  switch (run_class) {
    case 'd':
      return is_digit(c);
    case 'h':
      return is_digit(c) || (c >= 'a' && c <= 'f');
    case 'H':
      return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    case 'u':
      return is_upper(c) || is_digit(c);
    case 'l':
      return is_lower(c) || is_digit(c);
    case 'a':
      return is_alnum(c);
    case 'w':
      return is_base64url(c);
    case 'b':
      return is_base64(c) || c == '=';
    case 't':
      return is_base64url(c) || c == '.' || c == '~';
    case 'q':
      return is_blank(c) || is_quote(c) || c == '=' || c == ':' || c == ']' || c == '\\';
    case 's':
      return c == '_' || c == '-';
    case 'e':
      return c == '/' || c == '\\';
    default:
      return false;
  }
}

struct Run {
  char run_class = '\0';
  std::size_t min = 0;
  std::size_t max = 0;
};

std::size_t take_number(std::string_view& shape) noexcept {
  std::size_t number = 0;
  while (!shape.empty() && is_digit(shape.front())) {
    number = number * 10 + static_cast<std::size_t>(shape.front() - '0');
    shape.remove_prefix(1);
  }
  return number;
}

// `shape` begins with the brace.
Run take_run(std::string_view& shape) noexcept {
  Run run{.run_class = shape[1]};
  shape.remove_prefix(2);
  run.min = run.max = take_number(shape);
  if (shape.starts_with(',')) {
    shape.remove_prefix(1);
    run.max = take_number(shape);
  }
  SS_CHECK(shape.starts_with('}') && run.max >= run.min);
  shape.remove_prefix(1);
  return run;
}

}  // namespace

bool Cell::accepts(char c) const noexcept {
  return run_class == '\0' ? c == literal : in_class(run_class, c);
}

Cell cell_of(std::string_view shape, std::size_t index) noexcept {
  for (;;) {
    SS_CHECK(!shape.empty());
    if (shape.front() != '{') {
      if (index-- == 0) return {.literal = shape.front()};
      shape.remove_prefix(1);
      continue;
    }
    const Run run = take_run(shape);
    if (index < run.min) return {.run_class = run.run_class};
    SS_CHECK(run.min == run.max);
    index -= run.min;
  }
}

std::string sample_of(std::string_view shape) {
  std::string sample;
  // A full period modulo 128 (Hull and Dobell): every class gets bytes of its own, in disorder.
  unsigned state = 7;
  const auto next_of = [&](char run_class) {
    do state = (state * 77 + 37) % 128;
    while (!in_class(run_class, static_cast<char>(state)) || state == '=' || state == '~');
    return static_cast<char>(state);
  };
  while (!shape.empty()) {
    if (shape.front() != '{') {
      sample.push_back(shape.front());
      shape.remove_prefix(1);
      continue;
    }
    const Run run = take_run(shape);
    for (std::size_t i = 0; i < run.min; ++i) sample.push_back(next_of(run.run_class));
  }
  return sample;
}

bool has_shape(std::string_view text, std::size_t at, std::string_view shape) noexcept {
  if (!begins_key(text, at)) return false;
  const std::size_t token = at;
  std::bitset<128> seen;
  char last_class = '\0';
  while (!shape.empty()) {
    if (shape.front() != '{') {
      if (at >= text.size() || text[at] != shape.front()) return false;
      shape.remove_prefix(1);
      ++at;
      continue;
    }
    const Run run = take_run(shape);
    last_class = run.run_class;
    const std::size_t begin = at;
    for (; at < text.size() && at - begin < run.max && in_class(last_class, text[at]); ++at) {
      seen.set(static_cast<unsigned char>(text[at]));
    }
    if (at - begin < run.min) return false;
  }
  const bool ends = ends_token(text, at) && (at >= text.size() || !in_class(last_class, text[at]));
  return ends && static_cast<int>(seen.count()) >= distinct_min &&
         !is_stand_in(text.substr(token, at - token));
}

}  // namespace studiosync::validator
