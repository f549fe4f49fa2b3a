#include "core/sanitizer/text/key_pair.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/text/token_format.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {
namespace {

constexpr std::string_view near_its_id =
    "Random text of exactly its length, close behind the id of the pair or its provider's name.";

struct KeyPair {
  Rule rule;
  std::array<std::string_view, 16> ids;  // how the id begins, or a word that announces the secret
  Part id;                               // the whole of it
  Part secret;
};

constexpr std::array pairs{
    KeyPair{.rule = {"provider.aws_secret_key", "AWS secret access key", near_its_id,
                     "aws: k7QxTz2LmWc9RbVn4YsHd6Jf"
                     "/Gp8EaUi3OoKq5Xt"},
            .ids = {"AKIA", "ASIA", "aws"},
            .id = run(chars::alnum, 3, 32),
            .secret = run(chars::base64, 40)},
    KeyPair{.rule = {"provider.google_hmac_secret", "Google Cloud Storage HMAC secret", near_its_id,
                     "GOOG1E: k7QxTz2LmWc9RbVn4YsHd6Jf"
                     "/Gp8EaUi3OoKq5Xt"},
            .ids = {"GOOG1E"},
            .id = run(chars::alnum, 6, 64),
            .secret = run(chars::base64, 40)},
    KeyPair{.rule = {"provider.alibaba_secret_key", "Alibaba Cloud access key secret", near_its_id,
                     "LTAIqwrtyplkjhgfds: k7QxTz2LmWc9RbV"
                     "n4YsHd6JfGp8EaU"},
            .ids = {"LTAI"},
            .id = run(chars::alnum, 16, 36),
            .secret = run(chars::alnum, 30)},
    KeyPair{.rule = {"provider.tencent_secret_key", "Tencent Cloud secret key", near_its_id,
                     "AKIDzkrbsjykbzqpnwfkmlpxgnphesax: k7QxTz2LmWc9RbV"
                     "n4YsHd6JfGp8EaUiq"},
            .ids = {"AKID"},
            .id = run(chars::alnum, 24, 52),
            .secret = run(chars::alnum, 32)},
    KeyPair{.rule = {"provider.twilio_secret", "Twilio auth token", near_its_id,
                     "ACd41d8cd98f00b204e9800998ecf8427e:7215ee9c7d9d"
                     "c229d2921a40e899ec5f"},
            .ids = {"AC0", "AC1", "AC2", "AC3", "AC4", "AC5", "AC6", "AC7", "AC8", "AC9", "ACa",
                    "ACb", "ACc", "ACd", "ACe", "ACf"},
            .id = run(chars::alnum, 34),
            .secret = run(chars::hex, 32)},
};

constexpr std::size_t reach_bytes = 160;

bool is_random(std::string_view secret, const Part& format) noexcept {
  const auto any = [&](auto is) { return std::any_of(secret.begin(), secret.end(), is); };
  const bool cased = format.set == &chars::hex || any(is_upper);
  return cased && any(is_lower) && any(is_digit) && entropy_bits(secret) > 2.5 &&
         !is_placeholder(secret);
}

// Each byte is looked at once however many ids there are: windows begin where the last one ended. A
// window ends with the first secret, already redacted or not: what lies behind it must not become a
// secret because redaction brought it nearer.
void match_pair(TextScan& scan, std::size_t at, const KeyPair& pair) {
  const std::string_view text = scan.text;
  const Run id = read_run(text, at, *pair.id.set, pair.id.max);
  if (id.count < pair.id.min) return;

  const std::size_t end = std::min(text.size(), id.end + reach_bytes);
  std::size_t i = std::max(id.end, scan.pair_end);
  scan.pair_end = std::max(end, scan.pair_end);
  while (i < end && !text.substr(i).starts_with(redaction_mark)) {
    const Run found = read_run(text, i, *pair.secret.set, pair.secret.max + 1U);
    if (found.count == pair.secret.max && starts_token(text, i) &&
        is_random(text.substr(i, found.end - i), pair.secret)) {
      add_hit(scan.hits, pair.rule, i, found.end);
      return;
    }
    i = std::max(found.end, i + 1);
    if (found.count == 0) continue;
    while (i < end && pair.secret.set->has(text[i])) ++i;
  }
}

template <std::size_t i>
void match(TextScan& scan, std::size_t at) {
  match_pair(scan, at, pairs[i]);
}

template <std::size_t... i>
std::vector<Anchor> make_anchors(std::index_sequence<i...>) {
  std::vector<Anchor> anchors;
  const auto add = [&](const KeyPair& pair, Recognizer recognize) {
    for (const std::string_view id : pair.ids) {
      if (!id.empty()) {
        anchors.push_back({.literal = id, .recognize = recognize, .begins_word = true});
      }
    }
  };
  (add(pairs[i], match<i>), ...);
  return anchors;
}

template <std::size_t... i>
constexpr std::array<const Rule*, sizeof...(i)> make_rules(std::index_sequence<i...>) {
  return {&pairs[i].rule...};
}

constexpr auto rules = make_rules(std::make_index_sequence<pairs.size()>());

}  // namespace

std::span<const Anchor> key_pair_anchors() noexcept {
  static const std::vector<Anchor> anchors = make_anchors(std::make_index_sequence<pairs.size()>());
  return anchors;
}

std::span<const Rule* const> key_pair_rules() noexcept {
  return rules;
}

}  // namespace studiosync
