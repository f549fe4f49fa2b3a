#include "core/sanitizer/text/discord.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/sanitizer/text/base64.hpp"
#include "core/sanitizer/text/token_format.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

constexpr Rule discord_token{
    "provider.discord_token", "Discord bot token",
    "The bot's number, the time of issue and a signature. It acts as the bot on all its servers.",
    "MT"
    "A4MjczNjQ1MDkxODI3MzY0NQ.GxQ7Lm.k7QxTz2LmWc9RbVn4YsHd6JfGp8EaUi3OoKq5X"};

constexpr std::size_t number_digits_min = 17;
constexpr std::size_t number_digits_max = 20;

bool is_number_in_base64(std::string_view base64) noexcept {
  const std::string bytes = decode_base64(base64);
  return bytes.size() >= number_digits_min && bytes.size() <= number_digits_max &&
         std::all_of(bytes.begin(), bytes.end(), is_digit);
}

void match_discord(TextScan& scan, std::size_t at) {
  const std::string_view text = scan.text;
  if (scan.inside_token(at)) return;
  const Run number = read_run(text, at, chars::base64url, 28);
  if (number.end - at < 23 || !text.substr(number.end).starts_with('.')) return;
  const Run time = read_run(text, number.end + 1, chars::base64url, 8);
  if (time.count < 5 || !text.substr(time.end).starts_with('.')) return;
  const Run signature = read_run(text, time.end + 1, chars::base64url, 64);
  if (signature.count < 25 || !is_number_in_base64(text.substr(at, number.end - at))) return;
  scan.token_begin = at;
  scan.token_end = signature.end;
  add_hit(scan.hits, discord_token, at, signature.end);
}

// The first three base64 characters of a number encode its first two digits and the third's half.
constexpr std::array<std::array<char, 3>, 90> make_number_heads() {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::array<std::array<char, 3>, 90> heads{};
  for (unsigned i = 0; i < heads.size(); ++i) {
    const unsigned bits = ((i / 10 + '1') << 10U) | ((i % 10 + '0') << 2U);  // 18 bits, '0' to '?'
    heads[i] = {alphabet[bits >> 12U], alphabet[(bits >> 6U) & 63U], alphabet[bits & 63U]};
  }
  return heads;
}

constexpr auto number_heads = make_number_heads();

constexpr std::array<Anchor, number_heads.size()> make_anchors() {
  std::array<Anchor, number_heads.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = {.literal = {number_heads[i].data(), number_heads[i].size()},
              .recognize = match_discord,
              .in_code = false,
              .begins_word = true};
  }
  return all;
}

constexpr auto anchors = make_anchors();
constexpr std::array rules{&discord_token};

}  // namespace

std::span<const Anchor> discord_anchors() noexcept {
  return anchors;
}

std::span<const Rule* const> discord_rules() noexcept {
  return rules;
}

}  // namespace studiosync
