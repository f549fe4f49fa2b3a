#include "core/sanitizer/validator/check_clean.hpp"

#include <string>
#include <utility>
#include <vector>

#include "core/base/json.hpp"
#include "core/sanitizer/validator/json_tokens.hpp"
#include "core/sanitizer/validator/leaked_keys.hpp"
#include "core/sanitizer/validator/leaked_text.hpp"
#include "core/sanitizer/validator/rule_texts.hpp"
#include "core/schema/json_path.hpp"

namespace studiosync {
namespace {

// Stands in a path for a key that is, or holds, a credential itself.
constexpr std::string_view hidden_key = "[REDACTED]";

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
          SS_TRY(take_value(token));
          break;
        case TokenKind::broken:
          return leak(validator::unreadable_rule.id, "$");
        case TokenKind::end:
          return levels_.empty() ? Result<>{} : Result<>(leak(validator::unreadable_rule.id, "$"));
      }
    }
  }

 private:
  Unexpected leak(std::string_view rule, std::string path) {
    // Harmless keys may make up a credential together.
    if (!leaked_text_.find(Json(path).dump()).empty()) path = "$";
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
    if (levels_.empty() || levels_.back().array != array)
      return leak(validator::unreadable_rule.id, "$");
    Level& level = levels_.back();
    if (level.names_credential && level.raw_value_key.data() != nullptr) {
      level.raw_key = level.raw_value_key;
      return leak(validator::setting_rule.id, path());
    }
    levels_.pop_back();
    return {};
  }

  Result<> enter_member(std::string_view raw) {
    if (levels_.empty() || levels_.back().array) return leak(validator::unreadable_rule.id, "$");
    Level& level = levels_.back();
    level.raw_key = raw;
    const std::string_view rule = leaked_text_.find(raw);
    if (!rule.empty()) return leak(rule, path(hidden_key));
    level.key = letters_of(raw);
    if (leaks_credential(level.key) || leaks_credential_within(level.parent, level.key)) {
      return leak(validator::key_rule.id, path());
    }
    return {};
  }

  Result<> take_value(const Token& token) {
    count_value(token.kind != TokenKind::word);
    if (token.kind != TokenKind::text) return {};
    const std::string_view rule = leaked_text_.find(token.raw);
    if (!rule.empty()) return leak(rule, path());
    if (levels_.empty() || levels_.back().array) return {};
    Level& level = levels_.back();
    if (is_name_of_setting(level.key) && leaks_credential(letters_of(token.raw))) {
      level.names_credential = true;
    }
    return {};
  }

  void count_value(bool can_be_secret) {
    if (levels_.empty()) return;
    Level& level = levels_.back();
    ++level.elements;
    if (!level.array && can_be_secret && is_value_of_setting(level.key)) {
      level.raw_value_key = level.raw_key;
    }
  }

  // Where the current value or key stands. Keys further up hold no credential: they were looked at
  // when they came.
  std::string path() const {
    return levels_.empty() ? "$" : path(key_text(levels_.back().raw_key));
  }

  std::string path(std::string_view last_key) const {
    std::string path = "$";
    for (const Level& level : levels_) {
      if (level.array) {
        path = element_path(path, level.elements - 1);
      } else {
        path = member_path(path, &level == &levels_.back() ? last_key : key_text(level.raw_key));
      }
    }
    return path;
  }

  static std::string key_text(std::string_view raw) {
    const auto parsed = parse_json(std::string("\"").append(raw).append("\""));
    return parsed && parsed->is_string() ? parsed->as_string() : "?";
  }

  JsonTokens tokens_;
  validator::LeakedText leaked_text_;
  std::vector<Level> levels_;
};

}  // namespace

Result<> check_clean(std::string_view content) {
  return Validator(content).run();
}

bool is_clean_text(std::string_view text) noexcept {
  return validator::leak_in(text).empty();
}

}  // namespace studiosync
