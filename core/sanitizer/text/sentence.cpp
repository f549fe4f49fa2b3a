#include "core/sanitizer/text/sentence.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/text/bare_judge.hpp"
#include "core/sanitizer/text/quotes.hpp"
#include "core/sanitizer/text/sentence_words.hpp"
#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/randomness.hpp"
#include "core/sanitizer/value/references.hpp"
#include "core/sanitizer/value/word_table.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr auto npos = std::string_view::npos;
constexpr std::size_t sentence_bytes_max = 200;
constexpr std::size_t value_bytes_max = 128;

// Longer ones first.
constexpr std::array joining_signs{"-->"sv, "->"sv, "=>"sv, ">>"sv, "→"sv, "⇒"sv,
                                   "—"sv,   "–"sv,  "="sv,  ":"sv,  "-"sv};

// Between `as` or `is` and the name that follows: `as the new root password`.
constexpr WordTable determiners{
    "the"sv, "my"sv,    "your"sv,  "our"sv,     "his"sv,  "her"sv,       "their"sv,   "new"sv,
    "old"sv, "root"sv,  "admin"sv, "current"sv, "temp"sv, "temporary"sv, "initial"sv, "default"sv,
    "das"sv, "mein"sv,  "unser"sv, "neues"sv,   "la"sv,   "mi"sv,        "le"sv,      "mon"sv,
    "a"sv,   "minha"sv, "mia"sv,   "het"sv,     "mijn"sv, "db"sv,        "database"sv};
constexpr WordTable named_as{"as"sv,  "is"sv,   "als"sv, "ist"sv, "como"sv, "es"sv, "comme"sv,
                             "est"sv, "come"sv, "è"sv,   "é"sv,   "jako"sv, "was"sv};
// `take X for the password`
constexpr WordTable takers{"use"sv, "take"sv, "try"sv, "enter"sv, "type"sv, "with"sv};

constexpr WordTable given_with{"with"sv, "using"sv, "mit"sv, "con"sv, "avec"sv, "com"sv, "met"sv};

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

std::string_view word_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(std::min(at, text.size()));
  return rest.substr(0, find_first_of(rest, " \t\r\n\f\v\"`"_bytes));
}

// The signs behind a word belong to the sentence.
std::string_view without_signs(std::string_view word) {
  while (!word.empty() && ".,;:)]}\"'`"_bytes.has(word.back())) word.remove_suffix(1);
  return word;
}

// 12-digit, 90days, 2nd: a number and its unit.
bool is_measure(std::string_view word) {
  const std::size_t digits = std::min(find_first_not_of(word, "0123456789"_bytes), word.size());
  if (digits == 0) return false;
  const std::string_view unit = word.substr(digits);
  return std::all_of(unit.begin(), unit.end(), [](char c) { return is_lower(c) || c == '-'; });
}

// Whether a text in quotes behind a link is a value, not an identifier or a command.
bool is_quoted_value(std::string_view value, Claim claim) {
  constexpr std::size_t bytes_min = 3;
  return value.size() >= bytes_min && !ends_folded(value, "key") &&
         !equals_folded(value, "value") && value.size() <= value_bytes_max &&
         value.find('\n') == npos && value.find(" -") == npos && value.find('(') == npos &&
         !claim_of_name(value) && is_secret(value, claim);
}

// Reads on from word to word, as long as they can lead to a value.
class SentenceReader {
 public:
  // `goes_on`: a value has been found already.
  SentenceReader(TextScan& scan, const Rule& rule, const CredentialName& name, bool changes,
                 bool goes_on)
      : scan_(scan), rule_(rule), claim_(name.claim), changes_(changes), started_(goes_on) {
    const std::string_view word = name.in(scan.text);
    plain_name_ =
        std::none_of(word.begin(), word.end(), [](char c) { return is_digit(c) || c == '_'; });
  }

  void read(std::size_t at) {
    begin_ = at;
    text_ = scan_.text.substr(0, std::min(scan_.text.size(), at + sentence_bytes_max));
    while (true) {
      at = skip_blanks(text_, at);
      if (at >= text_.size() || is_space(text_[at])) break;
      const std::size_t next = step(at);
      if (next == npos) break;
      at = next;
    }
    scan_.word_end = std::max(scan_.word_end, std::min(at, text_.size()));
  }

 private:
  // The place behind the word at `at`; npos when the sentence leads to no value.
  std::size_t step(std::size_t at) {
    if (const std::size_t bytes = sign_bytes(at)) {
      linked_ = true;
      return at + bytes;
    }
    if (text_.substr(at).starts_with("'s ")) return follow_link(at + 2);
    if (text_[at] == ',') return apposition(at);
    if (text_[at] == '(') return parenthesis(at);
    if (const auto quoted = read_quoted(text_, at)) return take_quoted(*quoted);
    return take_word(at, word_at(text_, at));
  }

  std::size_t follow_link(std::size_t at) {
    linked_ = true;
    return at;
  }

  // A sign stands alone, or right behind the word before it.
  std::size_t sign_bytes(std::size_t at) const {
    const std::string_view rest = text_.substr(at);
    for (const std::string_view sign : joining_signs) {
      if (!begins_with(rest, sign)) continue;
      const bool alone = rest.size() > sign.size() && is_blank(rest[sign.size()]);
      return alone ? sign.size() : 0;
    }
    return 0;
  }

  // `My password, X, does not work`
  std::size_t apposition(std::size_t at) {
    if (at != begin_) return linked_ ? npos : at + 1;
    const std::size_t value = skip_blanks(text_, at + 1);
    const std::string_view word = word_at(text_, value);
    if (plain_name_ && word.ends_with(',')) judge_word(value, word);
    return npos;
  }

  // `the password (X) is right`
  std::size_t parenthesis(std::size_t at) {
    // A name with its parenthesis is a function.
    if (at == begin_) return npos;
    const std::size_t close = text_.find(')', at);
    if (close == npos) return npos;
    if (at == begin_ + 1) {
      const auto quoted = read_quoted(text_, at + 1);
      if (quoted && quoted->after == close) return take(quoted->begin, quoted->end, true);
      const std::string_view inside = text_.substr(at + 1, close - at - 1);
      if (inside.find(' ') == npos && judge_word(at + 1, inside)) return npos;
    }
    return close + 1;
  }

  std::size_t take_quoted(const Quoted& quoted) {
    if (!quoted.closed) return npos;
    if (!linked_) return started_ ? quoted.after : npos;
    return take(quoted.begin, quoted.end, true);
  }

  std::size_t take(std::size_t begin, std::size_t end, bool is_quoted) {
    linked_ = false;
    started_ = true;
    if (is_quoted && !is_quoted_value(text_.substr(begin, end - begin), claim_)) return npos;
    add_hit(scan_.hits, rule_, begin, end);
    return end + (is_quoted ? quote_bytes(text_, end) : 0);
  }

  bool judge_word(std::size_t at, std::string_view word) {
    const std::string_view value = without_signs(word);
    if (!stands_out(value) || !is_secret(value, claim_)) return false;
    add_hit(scan_.hits, rule_, at, at + value.size());
    return true;
  }

  std::size_t take_word(std::size_t at, std::string_view word) {
    const std::string_view bare = without_signs(word);
    const std::size_t next = at + word.size();
    const bool ends = bare.size() != word.size() && ".;?!"_bytes.has(word.back());
    // Another setting begins.
    if (!linked_ && find_first_of(bare, "=:"_bytes) != npos) return npos;
    const WordKind kind = kind_of_word(bare);
    if (!started_ && kind == WordKind::other && !linked_) return npos;
    if (kind == WordKind::other && linked_) {
      if (!judge_word(at, word)) return npos;
      linked_ = false;
    }
    if (kind == WordKind::verb) changes_ = true;
    if (kind == WordKind::link || (kind == WordKind::to && changes_))
      linked_ = true;
    else if (kind != WordKind::filler)
      linked_ = false;
    started_ = true;
    if (word.ends_with(':')) linked_ = true;
    return ends ? npos : next;
  }

  TextScan& scan_;
  const Rule& rule_;
  Claim claim_;
  bool plain_name_ = true;  // not that of a variable
  bool changes_;            // something is said to be changed
  std::string_view text_;
  std::size_t begin_ = 0;
  bool linked_ = false;   // the next word may be the value
  bool started_ = false;  // a word that leads on has been read
};

// The word that ends at `end`, behind blanks.
std::string_view last_word(std::string_view text, std::size_t end) {
  constexpr std::size_t word_bytes_max = value_bytes_max;
  while (end > 0 && is_blank(text[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && end - begin < word_bytes_max && !is_space(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

std::size_t offset_in(std::string_view text, std::string_view part) {
  return static_cast<std::size_t>(part.data() - text.data());
}

// `changed the password`: a verb stands in front of the name, behind at most a few words.
bool is_changed_before(std::string_view text, std::size_t name_begin) {
  constexpr int words_max = 5;
  std::size_t end = name_begin;
  for (int i = 0; i < words_max; ++i) {
    const std::string_view word = last_word(text, end);
    if (word.empty() || ".;:,"_bytes.has(word.back())) return false;
    if (kind_of_word(word) == WordKind::verb) return true;
    end = offset_in(text, word);
    if (end > 0 && !is_blank(text[end - 1])) return false;
  }
  return false;
}

// The quoted text that ends with the quote in front of `end`.
std::optional<Extent> quoted_before(std::string_view text, std::size_t end) {
  if (end == 0 || !"\"'`"_bytes.has(text[end - 1])) return {};
  const char quote = text[end - 1];
  for (std::size_t at = end - 1; at > 0 && end - at < value_bytes_max; --at) {
    if (text[at - 1] == '\n') return {};
    if (text[at - 1] == quote) return Extent{at, end - 1};
  }
  return {};
}

// Whether the name ends its phrase: `the password column` is not `the password`.
bool ends_phrase(std::string_view text, std::size_t name_end) {
  const std::size_t at = skip_blanks(text, name_end);
  if (at == text.size() || is_space(text[at]) || ".,;!?)\"'`"_bytes.has(text[at])) return true;
  return at > name_end && (kind_of_word(without_signs(word_at(text, at))) != WordKind::other ||
                           starts_folded(text.substr(at), "and "));
}

}  // namespace

bool stands_out(std::string_view word) noexcept {
  constexpr std::size_t bytes_min = 6;
  if (word.size() < bytes_min || word.size() > value_bytes_max) return false;
  const bool digit = std::any_of(word.begin(), word.end(), is_digit);
  const bool letter = std::any_of(word.begin(), word.end(),
                                  [](char c) { return is_letter(c) || is_beyond_ascii(c); });
  const std::size_t sign = find_first_of(word, "!@#$%^&*+~?"_bytes);
  const bool sign_within = sign != npos && sign > 0 && sign + 1 < word.size();
  if (!letter || !(digit || sign_within) || word.find("&quot") != npos) return false;
  if (word.find('@') != npos && word.find('.', word.find('@')) != npos) return false;
  if (find_first_of(word, "()[]{}=|\\"_bytes) != npos && !looks_random(word)) return false;
  const bool host_or_path = find_first_of(word, "./:_"_bytes) != npos && is_composed_of_words(word);
  const bool path = word.find('/') != npos && !looks_random(word);
  return !host_or_path && !path && !is_measure(word) && !names_technique(word) &&
         !points_elsewhere(word) && word.find("://") == npos;
}

void find_in_sentence(TextScan& scan, const Rule& rule, const CredentialName& name,
                      std::size_t at) {
  // Polish: hasło to X.
  const bool polish = starts_folded(name.in(scan.text), "has");
  const bool changes = polish || is_changed_before(scan.text, name.begin);
  SentenceReader(scan, rule, name, changes, at != name.end).read(at);
}

bool is_given_with(std::string_view text, const CredentialName& name) noexcept {
  std::string_view word = last_word(text, name.begin);
  if (determiners.has_folded(word)) word = last_word(text, offset_in(text, word));
  return given_with.has_folded(word);
}

std::optional<Extent> value_before(std::string_view text, const CredentialName& name) noexcept {
  constexpr int determiners_max = 3;
  if (name.begin == 0 || !is_blank(text[name.begin - 1])) return {};
  std::string_view word = last_word(text, name.begin);
  int skipped = 0;
  while (skipped < determiners_max && determiners.has_folded(word)) {
    word = last_word(text, offset_in(text, word));
    ++skipped;
  }
  const bool as = named_as.has_folded(word);
  if (!as && !equals_folded(word, "for")) return {};
  if (!ends_phrase(text, name.end)) return {};
  const std::string_view value = last_word(text, offset_in(text, word));
  const std::size_t end = offset_in(text, value) + value.size();
  std::optional<Extent> quoted = quoted_before(text, end);
  const std::size_t begin = quoted ? quoted->begin - 1 : end - value.size();
  if (!as && !takers.has_folded(last_word(text, begin))) return {};
  // SQL names its columns so: SELECT 'x' AS password.
  if (quoted && skipped > 0 &&
      is_quoted_value(text.substr(quoted->begin, quoted->end - quoted->begin), name.claim))
    return quoted;
  if (quoted || !stands_out(value) || !is_secret(value, name.claim)) return {};
  return Extent{end - value.size(), end};
}

}  // namespace studiosync
