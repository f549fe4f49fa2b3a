#include "core/sanitizer/text/vague_name.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/text/joints.hpp"
#include "core/sanitizer/text/sentence.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/randomness.hpp"

namespace studiosync {
namespace {

using Judge = bool (*)(std::string_view value);

// Random letters in both cases with digits: no name, path or hash looks like that.
bool is_generated_key(std::string_view value) {
  constexpr std::size_t bytes_min = 20;
  return value.size() >= bytes_min && std::any_of(value.begin(), value.end(), is_upper) &&
         std::any_of(value.begin(), value.end(), is_lower) &&
         find_first_of(value, ".:,;|\\"_bytes) == std::string_view::npos && looks_random(value);
}

bool is_pin(std::string_view value) {
  return value.size() >= 4 && value.size() <= 8 &&
         std::all_of(value.begin(), value.end(), is_digit);
}

struct VagueName {
  std::string_view name;
  Judge judge;
};

constexpr std::array names{VagueName{"key", is_generated_key}, VagueName{"clave", stands_out},
                           VagueName{"schlüssel", is_generated_key}, VagueName{"pin", is_pin}};

std::string_view value_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(std::min(at, text.size()), bare_bytes_max);
  std::string_view value = rest.substr(0, find_first_of(rest, " \t\r\n\"'`<>,;)"_bytes));
  while (!value.empty() && ".:"_bytes.has(value.back())) value.remove_suffix(1);
  return value;
}

}  // namespace

std::optional<Extent> value_of_vague_name(std::string_view text, std::size_t at) noexcept {
  if (at > 0 && (is_word_char(text[at - 1]) || "-.$@"_bytes.has(text[at - 1]))) return {};
  const CredentialName name{at, name_end(text, at), Claim::named};
  const auto* const vague = std::find_if(names.begin(), names.end(), [&](const VagueName& entry) {
    return equals_folded(name.in(text), entry.name);
  });
  // `pin` is a word, PIN is a number.
  if (vague == names.end() || (vague->name == "pin" && name.in(text) != "PIN")) return {};
  const auto joined = read_joint(text, name);
  if (!joined || joined->quoted_name || joined->tight) return {};
  if (joined->joint != Joint::colon && joined->joint != Joint::copula) return {};
  const std::string_view value = value_at(text, joined->value);
  if (!vague->judge(value) || !is_secret(value, Claim::named)) return {};
  return Extent{joined->value, joined->value + value.size()};
}

}  // namespace studiosync
