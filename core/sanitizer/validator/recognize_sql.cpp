// The clauses of SQL that no ordinary query holds.
#include "core/sanitizer/validator/bytes.hpp"
#include "core/sanitizer/validator/quoted.hpp"
#include "core/sanitizer/validator/recognizers.hpp"
#include "core/sanitizer/validator/rule_texts.hpp"
#include "core/sanitizer/validator/stand_ins.hpp"

namespace studiosync::validator {
namespace {

constexpr std::size_t word_bytes_max = 64;

// Takes words off the front of a clause. Bounded: a word is no longer than names are.
class Clause {
 public:
  Clause(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  bool take(std::string_view lower) noexcept {
    const std::size_t begin = skip_blanks(text_, at_);
    const std::size_t end = run_end(text_, begin, is_word, word_bytes_max);
    if (!equals_folded(text_.substr(begin, end - begin), lower)) return false;
    at_ = end;
    return true;
  }

  bool take_mark(char mark) noexcept {
    const std::size_t begin = skip_blanks(text_, at_);
    if (begin >= text_.size() || text_[begin] != mark) return false;
    at_ = begin + 1;
    return true;
  }

  // A name, bare or quoted.
  void take_name() noexcept {
    at_ = skip_blanks(text_, at_);
    if (const auto name = quoted_value(text_, at_)) {
      at_ = static_cast<std::size_t>(name->body.data() - text_.data()) + name->body.size();
      at_ = run_end(text_, at_, [](char c) { return is_quote(c) || c == '\\'; });
      return;
    }
    at_ = run_end(text_, at_, is_word, word_bytes_max);
  }

  bool holds_secret() const noexcept {
    const auto value = quoted_value(text_, skip_blanks(text_, at_));
    return value && !is_stand_in(value->body);
  }

 private:
  std::string_view text_;
  std::size_t at_;
};

}  // namespace

const Rule* recognize_identified(Passage& passage, std::size_t at) {
  constexpr std::string_view word = "identified";
  const std::string_view text = passage.text();
  if (!begins_token(text, at) || !has_folded(text, at, word)) return nullptr;
  Clause clause(text, at + word.size());
  if (clause.take("with") || clause.take("via")) clause.take_name();
  if (!clause.take("by") && !clause.take("as") && !clause.take("using")) return nullptr;
  if (clause.take("password") || clause.take("values")) clause.take_mark('(');
  return clause.holds_secret() ? &identified_rule : nullptr;
}

const Rule* recognize_pragma(Passage& passage, std::size_t at) {
  constexpr std::string_view word = "pragma";
  const std::string_view text = passage.text();
  if (!begins_token(text, at) || !has_folded(text, at, word)) return nullptr;
  Clause clause(text, at + word.size());
  if (!clause.take("key") && !clause.take("rekey") && !clause.take("hexkey") &&
      !clause.take("hexrekey")) {
    clause.take_name();
    if (!clause.take_mark('.') || (!clause.take("key") && !clause.take("rekey"))) return nullptr;
  }
  if (!clause.take_mark('=') && !clause.take_mark('(')) return nullptr;
  return clause.holds_secret() ? &pragma_rule : nullptr;
}

}  // namespace studiosync::validator
