// Reads the tokens of a JSON text one by one, straight from its bytes: no tree, no recursion, no
// other parser. For the validator, whose opinion must not depend on the code that it checks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace studiosync {

enum class TokenKind : std::uint8_t {
  begin_object,
  end_object,
  begin_array,
  end_array,
  name,  // a member's key; the colon behind it is consumed
  text,  // a string that is no key
  word,  // true, false, null
  number,
  end,     // of the text
  broken,  // no JSON from here on
};

struct Token {
  TokenKind kind = TokenKind::broken;
  std::string_view raw{};  // names and texts: between the quotes, escapes as written
};

// Views the text, which must outlive it. After `end` or `broken` nothing else comes. It tells
// tokens apart and does not check the grammar between them.
class JsonTokens {
 public:
  explicit JsonTokens(std::string_view text) : rest_(text) {}

  Token next();

 private:
  Token structural(TokenKind kind);
  Token string();
  Token scalar();
  void skip(std::string_view characters);

  std::string_view rest_;
};

}  // namespace studiosync
