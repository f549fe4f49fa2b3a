#include "core/sanitizer/text/encoded_token.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "core/sanitizer/text/anchor_matcher.hpp"
#include "core/sanitizer/text/base64.hpp"
#include "core/sanitizer/text/providers.hpp"
#include "core/sanitizer/text/token_text.hpp"

namespace studiosync {
namespace {

constexpr Rule encoded_token{
    .id = "encoded.token",
    .title = "Key of a provider in base64",
    .why = "The secrets of Kubernetes and its like keep bare keys in base64, which hides nothing.",
    .example = "value Z2xwYXQtUTNlR1J3NVRZaE4ybEt4Wjh2Qm0="};

constexpr std::array rules{&encoded_token};

const AnchorMatcher& providers() {
  static const AnchorMatcher matcher(
      std::vector<Anchor>(provider_anchors().begin(), provider_anchors().end()));
  return matcher;
}

// `echo` leaves the end of its line in what is encoded.
std::string_view without_line_end(std::string_view text) {
  return text.substr(0, text.find_last_not_of("\r\n") + 1);
}

// One key and nothing else: what merely contains something like one may be any file.
bool is_token(std::string_view text) {
  const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20; });
  if (text.empty() || !printable) return false;
  Hits hits;
  TextScan scan{.text = text, .hits = hits};
  providers().run(scan);
  return std::any_of(hits.begin(), hits.end(),
                     [&](const Hit& hit) { return hit.begin == 0 && hit.end() == text.size(); });
}

void recognize(TextScan& scan, std::size_t at) {
  constexpr std::size_t chars_min = 24;
  constexpr std::size_t chars_max = 512;
  const Run run = read_run(scan.text, at, chars::base64, chars_max);
  if (run.count < chars_min || run.count == chars_max) return;
  const std::string decoded = decode_base64(scan.text.substr(at, run.end - at));
  if (!is_token(without_line_end(decoded))) return;
  add_hit(scan.hits, encoded_token, at, read_run(scan.text, run.end, chars::padding, 2).end);
}

// What the keys that are told by their beginning begin with. Others cannot be told from any base64.
constexpr Anchor anchor(std::string_view beginning) {
  return {.literal = beginning, .recognize = recognize, .begins_word = true};
}
constexpr std::array anchors{anchor("Z2hwX"),           // ghp_
                             anchor("Z2hvX"),           // gho_
                             anchor("Z2h1X"),           // ghu_
                             anchor("Z2hzX"),           // ghs_
                             anchor("Z2hyX"),           // ghr_
                             anchor("Z2l0aHViX3BhdF"),  // github_pat_
                             anchor("Z2xwYXQt"),        // glpat-
                             anchor("c2st"),            // sk-
                             anchor("c2tfbGl2ZV"),      // sk_live
                             anchor("c2tfdGVzdF"),      // sk_test
                             anchor("cmtfbGl2ZV"),      // rk_live
                             anchor("QUtJQ"),           // AKIA
                             anchor("QVNJQ"),           // ASIA
                             anchor("eG94"),            // xox
                             anchor("QUl6Y"),           // AIza
                             anchor("bnBtX"),           // npm_
                             anchor("aGZf"),            // hf_
                             anchor("ZGNrcl9wYXRf"),    // dckr_pat_
                             anchor("U0cu"),            // SG.
                             anchor("ZG9wX3YxX"),       // dop_v1_
                             anchor("c2hwYXRf"),        // shpat_
                             anchor("cHlwaS"),          // pypi-
                             anchor("Z2xzYV"),          // glsa_
                             anchor("aHZzL"),           // hvs.
                             anchor("ZGFwa"),           // dapi
                             anchor("Z3NrX"),           // gsk_
                             anchor("eGFpL"),           // xai-
                             anchor("QVRBVF")};         // ATATT

}  // namespace

std::span<const Anchor> encoded_token_anchors() noexcept {
  return anchors;
}

std::span<const Rule* const> encoded_token_rules() noexcept {
  return rules;
}

}  // namespace studiosync
