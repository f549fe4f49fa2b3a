#include "core/sanitizer/sql/local_clauses.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "core/sanitizer/sql/nested_quote.hpp"
#include "core/sanitizer/sql/sql_rule_list.hpp"
#include "core/sanitizer/sql/text_words.hpp"
#include "core/sanitizer/sql/value_filter.hpp"
#include "core/sanitizer/sql/word_mask.hpp"
#include "core/sanitizer/sql/word_tables.hpp"
#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

struct Opener {
  std::string_view word;
  Claim claim;  // when the quotes say nothing about being SQL
};

constexpr std::array openers{Opener{"password", Claim::named},
                             Opener{"identified", Claim::certain},
                             Opener{"master_password", Claim::certain},
                             Opener{"source_password", Claim::certain},
                             Opener{"old_password", Claim::named},
                             Opener{"secret", Claim::named},
                             Opener{"secret_access_key", Claim::named},
                             Opener{"aws_secret_key", Claim::named},
                             Opener{"access_key_id", Claim::named},
                             Opener{"aws_key_id", Claim::named},
                             Opener{"session_token", Claim::named},
                             Opener{"aws_token", Claim::named},
                             Opener{"azure_sas_token", Claim::named},
                             Opener{"master_key", Claim::named},
                             Opener{"key_source", Claim::certain},
                             Opener{"secret_string", Claim::named},
                             Opener{"oauth_client_secret", Claim::named},
                             Opener{"encryption_key", Claim::named},
                             Opener{"rekey", Claim::named}};

std::size_t skip_space(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && is_space(text[at])) ++at;
  return at;
}

// Reads what stands between a clause's first word and its value.
class ClauseCursor {
 public:
  ClauseCursor(std::string_view text, std::size_t at) noexcept : text_(text), at_(at) {}

  std::size_t at() const noexcept { return at_; }
  void skip_spaces() noexcept { at_ = skip_space(text_, at_); }

  bool take_sign(std::string_view sign) noexcept {
    const std::size_t begin = skip_space(text_, at_);
    if (!text_.substr(begin).starts_with(sign)) return false;
    at_ = begin + sign.size();
    return true;
  }

  bool take_word(std::string_view lower) noexcept {
    const std::size_t begin = skip_space(text_, at_);
    const std::size_t end = text_word_end(text_, begin);
    if (!equals_folded(text_.substr(begin, end - begin), lower)) return false;
    at_ = end;
    return true;
  }

  // A plugin or an account: app, 'app'@'%', "app".
  std::string_view take_name() noexcept {
    constexpr std::size_t name_bytes_max = 128;
    const std::size_t begin = skip_space(text_, at_);
    std::size_t end = begin;
    while (end < text_.size() && end - begin < name_bytes_max && !is_space(text_[end]) &&
           std::string_view("=;,()").find(text_[end]) == std::string_view::npos) {
      ++end;
    }
    at_ = end;
    return text_.substr(begin, end - begin);
  }

  // N'…', E'…', _utf8'…'
  void skip_prefix() noexcept {
    const std::size_t end = text_word_end(text_, at_);
    constexpr std::size_t prefix_bytes_max = 8;
    const bool quote = end < text_.size() && (text_[end] == '\'' || text_[end] == '\\');
    if (end > at_ && end - at_ <= prefix_bytes_max && quote &&
        (end - at_ == 1 || text_[at_] == '_')) {
      at_ = end;
    }
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

// IDENTIFIED [WITH plugin] BY|AS|USING [PASSWORD|VALUES] [(]
bool read_identified(ClauseCursor& cursor) noexcept {
  if (cursor.take_word("with") || cursor.take_word("via")) {
    const std::string_view plugin = cursor.take_name();
    if (plugin.empty() || is_external_plugin(plugin)) return false;
  }
  if (!cursor.take_word("by") && !cursor.take_word("as") && !cursor.take_word("using")) {
    return false;
  }
  if (!cursor.take_word("password")) cursor.take_word("values");
  cursor.take_sign("(");
  return true;
}

// PASSWORD [FOR account] [=|:=] [(]
bool read_assigned(ClauseCursor& cursor, bool& assigned) noexcept {
  if (cursor.take_word("for") && cursor.take_name().empty()) return false;
  assigned = cursor.take_sign(":=") || cursor.take_sign("=");
  if (assigned) cursor.take_word("password");
  cursor.take_sign("(");
  return true;
}

struct LocalClause {
  std::size_t value = 0;  // where the quotes should be
  bool assigned = true;
};

std::optional<LocalClause> read_clause(std::string_view text, std::size_t begin,
                                       std::size_t end) noexcept {
  ClauseCursor cursor(text, end);
  LocalClause clause;
  const bool identified = equals_folded(text.substr(begin, end - begin), "identified");
  if (!(identified ? read_identified(cursor) : read_assigned(cursor, clause.assigned))) return {};
  cursor.skip_spaces();
  cursor.skip_prefix();
  clause.value = cursor.at();
  // `"password" …` and `password's`: the quote belongs to the word.
  if (clause.value == end) return {};
  return clause;
}

// ''hun'' || ''ter2'': where the next piece of the value begins; npos when there is none.
std::size_t next_piece(std::string_view text, std::size_t at) noexcept {
  at = std::min(text.find_first_not_of("'\"\\", at), text.size());
  const std::string_view rest = text.substr(skip_space(text, at));
  const std::size_t joint = rest.starts_with("||") ? 2 : rest.starts_with('+') ? 1 : 0;
  return joint == 0 ? std::string_view::npos : skip_space(text, skip_space(text, at) + joint);
}

void find_pieces(std::string_view text, NestedQuote quote, SqlSink& sink) {
  sink.hit(sql_rule::clause_in_text, quote.body_begin, quote.body_end, Replace::body);
  constexpr int pieces_max = 16;
  for (int i = 1; i < pieces_max && quote.closed; ++i) {
    const std::size_t begin = next_piece(text, quote.body_end);
    const auto piece = begin < text.size() ? read_nested_quote(text, begin) : std::nullopt;
    if (!piece || !piece->closed) return;
    quote = *piece;
    sink.hit(sql_rule::clause_in_text, quote.body_begin, quote.body_end, Replace::body);
  }
}

void find_clause(std::string_view text, std::size_t begin, std::size_t end, const Opener& opener,
                 SqlSink& sink) {
  const auto clause = read_clause(text, begin, end);
  if (!clause) return;
  const auto quote = read_nested_quote(text, clause->value);
  if (!quote || (!quote->closed && !clause->assigned && !quote->nested)) return;
  const std::string_view value =
      text.substr(quote->body_begin, quote->body_end - quote->body_begin);
  if (is_signs(value) || !is_secret(value, quote->nested ? Claim::certain : opener.claim)) return;
  find_pieces(text, *quote, sink);
}

const Opener* opener_of(std::string_view word) noexcept {
  static constexpr WordMask mask = [] {
    WordMask built;
    for (const Opener& opener : openers) built.add(opener.word);
    return built;
  }();
  if (!mask.may_hold(word)) return nullptr;
  const auto found = std::find_if(openers.begin(), openers.end(), [&](const Opener& opener) {
    return equals_folded(word, opener.word);
  });
  return found == openers.end() ? nullptr : &*found;
}

}  // namespace

void find_local_clauses(std::string_view text, SqlSink& sink) {
  TextWords words(text);
  for (TextWord word = words.next(); !word.empty(); word = words.next()) {
    if (const Opener* opener = opener_of(text.substr(word.begin, word.end - word.begin))) {
      find_clause(text, word.begin, word.end, *opener, sink);
    }
  }
}

}  // namespace studiosync
