#include "e2e/draw/escape.hpp"

#include <array>
#include <span>
#include <utility>

namespace studiosync::e2e {
namespace {

using Replacement = std::pair<std::string_view, std::string_view>;

std::string replaced(std::string_view text, std::span<const Replacement> replacements) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    std::string_view taken = text.substr(0, 1);
    std::string_view written = taken;
    for (const auto& [from, to] : replacements) {
      if (!text.starts_with(from)) continue;
      taken = from;
      written = to;
    }
    out += written;
    text.remove_prefix(taken.size());
  }
  return out;
}

}  // namespace

std::string escape_html(std::string_view text) {
  static constexpr std::array<Replacement, 5> replacements{
      {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}}};
  return replaced(text, replacements);
}

std::string escape_json_for_script(std::string_view json) {
  static constexpr std::array<Replacement, 5> replacements{{{"<", "\\u003c"},
                                                            {">", "\\u003e"},
                                                            {"&", "\\u0026"},
                                                            {"\xE2\x80\xA8", "\\u2028"},
                                                            {"\xE2\x80\xA9", "\\u2029"}}};
  return replaced(json, replacements);
}

}  // namespace studiosync::e2e
