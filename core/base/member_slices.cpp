#include "core/base/member_slices.hpp"

#include "core/base/json_text.hpp"

namespace studiosync {
namespace {

// Walks over one text from its beginning. After a failure, where it stands means nothing.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  bool take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool at_end() const { return at_ == text_.size(); }

  // Without its quotes; nothing where one is escaped.
  std::optional<std::string_view> plain_string() {
    if (!take('"')) return std::nullopt;
    const std::size_t end = find_escaped(text_, at_);
    if (end >= text_.size() || text_[end] != '"') return std::nullopt;
    const std::string_view string = text_.substr(at_, end - at_);
    at_ = end + 1;
    return string;
  }

  // Up to the comma or bracket that ends it; nothing where there is none.
  std::optional<std::string_view> value() {
    const std::size_t begin = at_;
    for (int open = 0; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        if (!skip_string()) return std::nullopt;
      } else if (c == '{' || c == '[') {
        ++open;
      } else if (open == 0 && (c == ',' || c == '}')) {
        return text_.substr(begin, at_ - begin);
      } else if (c == '}' || c == ']') {
        --open;
      } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

 private:
  // To its closing quote.
  bool skip_string() {
    for (at_ = find_escaped(text_, at_ + 1); at_ < text_.size();) {
      if (text_[at_] != '\\') return text_[at_] == '"';
      at_ = find_escaped(text_, at_ + 2);
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<std::vector<std::pair<std::string_view, std::string_view>>> member_slices(
    std::string_view object) {
  std::vector<std::pair<std::string_view, std::string_view>> slices;
  Walk walk(object);
  if (!walk.take('{')) return std::nullopt;
  while (!walk.take('}')) {
    if (!slices.empty() && !walk.take(',')) return std::nullopt;
    const auto key = walk.plain_string();
    if (!key || !walk.take(':')) return std::nullopt;
    const auto value = walk.value();
    if (!value || value->empty()) return std::nullopt;
    slices.emplace_back(*key, *value);
  }
  if (!walk.at_end()) return std::nullopt;
  return slices;
}

}  // namespace studiosync
