// Whether a value without quotes is a credential, or goes on as prose or code. Pure; any thread.
#pragma once

#include <string_view>

#include "core/sanitizer/text/anchor.hpp"
#include "core/sanitizer/text/joints.hpp"
#include "core/sanitizer/text/names.hpp"

namespace studiosync {

// More than letters: what a person would not write in a sentence.
bool is_unlike_a_word(std::string_view value) noexcept;

// sha256, bcrypt-hashed, varchar2: names of algorithms and formats mix letters and digits like
// passwords do.
bool names_technique(std::string_view value) noexcept;

// Judges the values that may belong to one name. Views the text of the name.
class BareJudge {
 public:
  // `begins_line`: the name is the first of its line, as in a file of settings.
  BareJudge(std::string_view name, Claim claim, TextKind kind, const Joined& joined,
            bool begins_line) noexcept;

  bool begins_line() const noexcept { return begins_line_; }
  // NAME=value
  bool is_environment() const noexcept { return environment_; }
  // Whether the value alone, wherever it stands, could be a credential of that name.
  bool is_claimed(std::string_view value) const noexcept { return is_secret(value, claim_); }

  // Among settings that are joined without blanks: no name of a column, and no call.
  bool is_setting(std::string_view value) const noexcept;

  // `more`: prose goes on behind the value.
  bool is_credential(std::string_view value, bool more) const noexcept;

  // Several words, as in `DB_PASSWORD=correct horse battery staple`.
  bool is_passphrase(std::string_view value) const noexcept;

 private:
  bool is_credible(std::string_view value, bool more) const noexcept;
  bool is_credible_word(std::string_view value) const noexcept;

  std::string_view name_;
  Claim claim_;
  TextKind kind_;
  Joined joined_;
  bool begins_line_;
  bool environment_;
};

}  // namespace studiosync
