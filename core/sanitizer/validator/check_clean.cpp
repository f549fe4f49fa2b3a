#include "core/sanitizer/validator/check_clean.hpp"

#include <string>
#include <utility>
#include <vector>

#include "core/base/json.hpp"
#include "core/sanitizer/validator/json_tokens.hpp"
#include "core/sanitizer/validator/leaked_keys.hpp"
#include "core/schema/json_path.hpp"

namespace studiosync {
namespace {

constexpr std::string_view key_rule = "validator.key";
constexpr std::string_view pair_rule = "validator.pair";
constexpr std::string_view unreadable_rule = "validator.unreadable";

// An object or array that is open at the current byte.
struct Level {
  bool array = false;
  std::string parent;              // letters of the key that holds it
  std::size_t elements = 0;        // arrays: seen so far
  std::string_view raw_key;        // objects: of the current member
  std::string key;                 // its letters
  bool names_credential = false;   // objects: one member is the name of a credential …
  std::string_view raw_value_key;  // … and this one holds its value
};

class Validator {
 public:
  explicit Validator(std::string_view content) : tokens_(content) {}

  Result<> run() {
    for (;;) {
      const Token token = tokens_.next();
      switch (token.kind) {
        case TokenKind::begin_object:
        case TokenKind::begin_array:
          open(token.kind == TokenKind::begin_array);
          break;
        case TokenKind::end_object:
        case TokenKind::end_array:
          SS_TRY(close(token.kind == TokenKind::end_array));
          break;
        case TokenKind::name:
          SS_TRY(enter_member(token.raw));
          break;
        case TokenKind::text:
        case TokenKind::word:
        case TokenKind::number:
          take_value(token);
          break;
        case TokenKind::broken:
          return leak(unreadable_rule, "$");
        case TokenKind::end:
          return levels_.empty() ? Result<>{} : Result<>(leak(unreadable_rule, "$"));
      }
    }
  }

 private:
  static Unexpected leak(std::string_view rule, std::string path) {
    return Unexpected(Error{.code = ErrorCode::credential_leaked,
                            .message = "the content may hold a credential",
                            .path = std::move(path),
                            .rule = std::string(rule)});
  }

  void open(bool array) {
    count_value(true);
    Level level{.array = array};
    // Objects in an array belong to the array's key.
    if (!levels_.empty())
      level.parent = levels_.back().array ? levels_.back().parent : levels_.back().key;
    levels_.push_back(std::move(level));
  }

  Result<> close(bool array) {
    if (levels_.empty() || levels_.back().array != array) return leak(unreadable_rule, "$");
    Level& level = levels_.back();
    if (level.names_credential && level.raw_value_key.data() != nullptr) {
      level.raw_key = level.raw_value_key;
      return leak(pair_rule, path());
    }
    levels_.pop_back();
    return {};
  }

  Result<> enter_member(std::string_view raw) {
    if (levels_.empty() || levels_.back().array) return leak(unreadable_rule, "$");
    Level& level = levels_.back();
    level.raw_key = raw;
    level.key = letters_of(raw);
    if (leaks_credential(level.key) || leaks_credential_within(level.parent, level.key)) {
      return leak(key_rule, path());
    }
    return {};
  }

  void take_value(const Token& token) {
    count_value(token.kind != TokenKind::word);
    if (levels_.empty() || levels_.back().array || token.kind != TokenKind::text) return;
    Level& level = levels_.back();
    if (is_name_of_setting(level.key) && leaks_credential(letters_of(token.raw))) {
      level.names_credential = true;
    }
  }

  void count_value(bool can_be_secret) {
    if (levels_.empty()) return;
    Level& level = levels_.back();
    ++level.elements;
    if (!level.array && can_be_secret && is_value_of_setting(level.key)) {
      level.raw_value_key = level.raw_key;
    }
  }

  std::string path() const {
    std::string path = "$";
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      const Level& level = levels_[i];
      path = level.array ? element_path(path, level.elements - 1)
                         : member_path(path, key_text(level.raw_key));
    }
    return path;
  }

  static std::string key_text(std::string_view raw) {
    const auto parsed = parse_json(std::string("\"").append(raw).append("\""));
    return parsed && parsed->is_string() ? parsed->as_string() : "?";
  }

  JsonTokens tokens_;
  std::vector<Level> levels_;
};

}  // namespace

Result<> check_clean(std::string_view content) {
  return Validator(content).run();
}

}  // namespace studiosync
