#include "core/sanitizer/validator/credential_names.hpp"

#include <array>

#include "core/sanitizer/validator/bytes.hpp"

namespace studiosync::validator {
namespace {

struct NameEnding {
  std::string_view letters;
  NameKind kind;
};

// The first that fits decides.
constexpr std::array<NameEnding, 12> endings{{{"password", NameKind::password},
                                              {"passwd", NameKind::password},
                                              {"pwd", NameKind::password},
                                              {"passphrase", NameKind::password},
                                              {"secretaccesskey", NameKind::long_key},
                                              {"sharedaccesskey", NameKind::long_key},
                                              {"accountkey", NameKind::long_key},
                                              {"secretkey", NameKind::key},
                                              {"apikey", NameKind::key},
                                              {"accesskey", NameKind::key},
                                              {"privatekey", NameKind::key},
                                              {"clientsecret", NameKind::secret}}};

// The longest ending with a separator between all of its letters.
constexpr std::size_t looked_at_max = 32;

}  // namespace

NameKind kind_of_name(std::string_view name) noexcept {
  if (equals_folded(name, "secret")) return NameKind::secret;
  if (name.size() > looked_at_max) name.remove_prefix(name.size() - looked_at_max);
  std::array<char, looked_at_max> letters{};
  std::size_t size = 0;
  for (const char c : name) {
    if (is_alnum(c)) letters[size++] = to_lower(c);
  }
  const std::string_view folded(letters.data(), size);
  for (const NameEnding& ending : endings) {
    // The last byte alone sorts out nearly all.
    if (size > 0 && ending.letters.back() == folded.back() && folded.ends_with(ending.letters)) {
      return ending.kind;
    }
  }
  return NameKind::none;
}

}  // namespace studiosync::validator
