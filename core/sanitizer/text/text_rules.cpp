#include "core/sanitizer/text/text_rules.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/sanitizer/text/assignment.hpp"
#include "core/sanitizer/text/command_line.hpp"
#include "core/sanitizer/text/connect_call.hpp"
#include "core/sanitizer/text/discord.hpp"
#include "core/sanitizer/text/encoded_token.hpp"
#include "core/sanitizer/text/encoded_uri.hpp"
#include "core/sanitizer/text/header.hpp"
#include "core/sanitizer/text/jwt.hpp"
#include "core/sanitizer/text/key_pair.hpp"
#include "core/sanitizer/text/login_pair.hpp"
#include "core/sanitizer/text/pem.hpp"
#include "core/sanitizer/text/providers.hpp"
#include "core/sanitizer/text/redis.hpp"
#include "core/sanitizer/text/settings.hpp"
#include "core/sanitizer/text/uri.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

struct Family {
  std::span<const Anchor> anchors;
  std::span<const Rule* const> rules;
};

// Of those that begin at one offset, the first looks first.
std::array<Family, 15> families() {
  return {{{pem_anchors(), pem_rules()},
           {provider_anchors(), provider_rules()},
           {key_pair_anchors(), key_pair_rules()},
           {discord_anchors(), discord_rules()},
           {jwt_anchors(), jwt_rules()},
           {uri_anchors(), uri_rules()},
           {encoded_uri_anchors(), encoded_uri_rules()},
           {encoded_token_anchors(), encoded_token_rules()},
           {settings_anchors(), settings_rules()},
           {redis_anchors(), redis_rules()},
           {connect_call_anchors(), connect_call_rules()},
           {header_anchors(), header_rules()},
           {command_line_anchors(), command_line_rules()},
           {login_pair_anchors(), login_pair_rules()},
           {assignment_anchors(), assignment_rules()}}};
}

void note_sql_word(TextScan& scan, std::size_t at) {
  scan.sql_places.note(at);
}

void note_sql_name(TextScan& scan, std::size_t at) {
  if (stands_in_credential_name(scan.text, at)) scan.sql_places.note(at);
}

void note_escaped_letter(TextScan& scan, std::size_t /*at*/) {
  scan.has_escaped_letters = true;
}

// Of what is plain ASCII the letters: programs write \u0026 and \u003c for safety, and \u00e9 for
// é.
constexpr std::array escaped_letters{R"(\u004)"sv, R"(\u005)"sv, R"(\u006)"sv, R"(\u007)"sv};

Anchor anchor_for(const TriggerWord& word) {
  const bool in_name = word.counts == TriggerWord::Counts::in_name;
  return {.literal = word.letters,
          .recognize = in_name ? note_sql_name : note_sql_word,
          .ends_word = word.counts == TriggerWord::Counts::at_word_end};
}

// Where a literal ends in a joint: what is split over several of them is found only as a whole.
constexpr std::array split_literals{"'||"sv, "||'"sv,   "' ||"sv,   "|| '"sv,
                                    "'+'"sv, "' + '"sv, "concat("sv};

// In code an anchor of prose alone tells that the inside of literals must be looked at.
Anchor in_code(const Anchor& anchor) {
  if (anchor.in_code) return anchor;
  return {anchor.literal, note_sql_word, true, anchor.begins_word, anchor.ends_word};
}

std::vector<Anchor> anchors_for(TextKind kind, std::span<const TriggerWord> sql_words) {
  std::vector<Anchor> anchors;
  for (const TriggerWord& word : sql_words) anchors.push_back(anchor_for(word));
  for (const std::string_view escape : escaped_letters)
    anchors.push_back({escape, note_escaped_letter});
  if (kind == TextKind::code) {
    for (const std::string_view joint : split_literals) anchors.push_back({joint, note_sql_word});
  }
  for (const Family& family : families()) {
    for (const Anchor& anchor : family.anchors)
      anchors.push_back(kind == TextKind::prose ? anchor : in_code(anchor));
  }
  return anchors;
}

}  // namespace

TextRules::TextRules(std::span<const TriggerWord> sql_words)
    : prose_(anchors_for(TextKind::prose, sql_words)),
      code_(anchors_for(TextKind::code, sql_words)) {}

TextFacts TextRules::find(std::string_view text, TextKind kind, Hits& hits) const {
  TextScan scan{.text = text, .kind = kind, .hits = hits};
  (kind == TextKind::prose ? prose_ : code_).run(scan);
  return {std::move(scan.sql_places), scan.has_escaped_letters};
}

std::span<const Rule* const> text_rules() {
  static const std::vector<const Rule*> rules = [] {
    std::vector<const Rule*> all;
    for (const Family& family : families()) {
      all.insert(all.end(), family.rules.begin(), family.rules.end());
    }
    return all;
  }();
  return rules;
}

}  // namespace studiosync
