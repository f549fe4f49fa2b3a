#include "core/sanitizer/sql/plain_tokens.hpp"

#include <initializer_list>

#include "core/sanitizer/sql/byte_class.hpp"

namespace studiosync {
namespace {

constexpr std::uint16_t all_but(std::initializer_list<Lead> excluded) noexcept {
  unsigned others = 0xffff;
  for (const Lead lead : excluded) others &= ~(1U << static_cast<unsigned>(lead));
  return static_cast<std::uint16_t>(others);
}

constexpr std::uint16_t only(Lead lead) noexcept {
  return static_cast<std::uint16_t>(1U << static_cast<unsigned>(lead));
}

// REM, PROMPT
constexpr bool begins_client_word(unsigned char first) noexcept {
  return (first | 0x20U) == 'r' || (first | 0x20U) == 'p';
}

// A class is left out when its bytes may go on with the token, or make it another one.
constexpr PlainToken plain_token_at(unsigned char first, bool client_lines) noexcept {
  switch (lead_of(first)) {
    case Lead::separator:
      return {SqlTokenKind::punctuation, all_but({})};
    case Lead::operator_:
      return {SqlTokenKind::punctuation,
              all_but({Lead::operator_, Lead::sigil, Lead::joiner, Lead::comment, Lead::digit})};
    case Lead::comment:
      return {SqlTokenKind::punctuation,
              all_but({Lead::operator_, Lead::sigil, Lead::joiner, Lead::comment})};
    case Lead::digit:
      return {SqlTokenKind::number,
              all_but({Lead::operator_, Lead::comment, Lead::joiner, Lead::word, Lead::digit})};
    case Lead::word:
      if (client_lines && begins_client_word(first)) break;
      return {SqlTokenKind::word, all_but({Lead::quote, Lead::name_quote, Lead::joiner, Lead::high,
                                           Lead::word, Lead::digit})};
    default:
      if (first == ':' || first == '{') return {SqlTokenKind::punctuation, only(Lead::space)};
      break;
  }
  return {};
}

constexpr PlainTokens plain_table(bool client_lines) noexcept {
  PlainTokens all{};
  for (std::size_t byte = 0; byte < all.size(); ++byte) {
    const auto first = static_cast<unsigned char>(byte);
    all[byte] = plain_token_at(first, client_lines);
    all[byte].of_class = only(lead_of(first));
  }
  return all;
}

constexpr PlainTokens mostly = plain_table(false);
constexpr PlainTokens with_client_lines = plain_table(true);

}  // namespace

const PlainTokens& plain_tokens(const SqlReading& reading) noexcept {
  return reading.client_lines ? with_client_lines : mostly;
}

}  // namespace studiosync
