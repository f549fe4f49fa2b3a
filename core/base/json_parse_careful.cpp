#include <cmath>
#include <nlohmann/json.hpp>

#include "core/base/json_parse.hpp"
#include "core/base/limits.hpp"
#include "core/base/member_order.hpp"

namespace studiosync {
namespace {

// Receives the library's SAX events and builds our value with an explicit stack, so that depth
// costs no machine stack and is refused as soon as it passes the bound.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return add(Json()); }
  bool boolean(bool b) override { return add(b); }
  bool number_integer(std::int64_t n) override { return add(n); }
  bool number_unsigned(std::uint64_t n) override { return add(n); }
  bool number_float(double d, const std::string&) override {
    return std::isfinite(d) ? add(d) : refuse("a number is out of range");
  }
  bool string(std::string& s) override { return add(std::move(s)); }
  bool binary(nlohmann::json::binary_t&) override { return refuse("binary data"); }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool key(std::string& key) override {
    stack_.back().key = std::move(key);
    return true;
  }
  bool end_object() override {
    if (!sort_members(stack_.back().value.members())) return refuse("an object has a key twice");
    return close();
  }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    return refuse("malformed JSON at byte " + std::to_string(position));
  }

  Result<Json> take() {
    if (!message_.empty()) return fail(ErrorCode::bad_request, message_);
    return std::move(root_);
  }

 private:
  struct Level {
    Json value;
    std::string key{};  // of the member being read
  };

  bool add(Json value) {
    if (++values_ > limits::values_max) return refuse("too many values");
    if (stack_.empty()) {
      root_ = std::move(value);
    } else if (Level& top = stack_.back(); top.value.is_array()) {
      top.value.push_back(std::move(value));
    } else {
      top.value.members().push_back({std::move(top.key), std::move(value)});
    }
    return true;
  }

  bool open(Json empty) {
    if (stack_.size() == limits::depth_max) return refuse("nested too deeply");
    stack_.push_back({std::move(empty)});
    return true;
  }

  bool close() {
    Json done = std::move(stack_.back().value);
    stack_.pop_back();
    return add(std::move(done));
  }

  bool refuse(std::string message) {
    if (message_.empty()) message_ = std::move(message);
    return false;
  }

  std::vector<Level> stack_;
  std::size_t values_ = 0;
  Json root_;
  std::string message_;
};

}  // namespace

Result<Json> parse_json_carefully(std::string_view text) {
  if (!valid_utf8(text)) return fail(ErrorCode::bad_request, "not valid UTF-8");
  Builder builder;
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return builder.take();
}

}  // namespace studiosync
