#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include "core/base/cbor_head.hpp"
#include "core/base/json.hpp"
#include "core/base/limits.hpp"

namespace studiosync {
namespace {

class CborScanner {
 public:
  explicit CborScanner(std::string_view bytes) noexcept : rest_(bytes) {}

  const char* scan() noexcept {
    do {
      if (const char* flaw = item()) return flaw;
      while (depth_ > 0 && open_[depth_ - 1].missing == 0) --depth_;
    } while (depth_ > 0);
    return rest_.empty() ? nullptr : "bytes behind the item";
  }

 private:
  struct Container {
    std::uint64_t missing;  // items to come; keys and values both count
    bool map;
  };

  const char* item() noexcept {
    const auto head = take_cbor_head(rest_);
    if (!head) return "cut short, or an indefinite length";
    const bool key = key_expected();
    if (key && head->major != CborMajor::text) return "a key that is no text";
    if (!key && ++values_ > limits::values_max) return "too many values";
    if (depth_ > 0) --open_[depth_ - 1].missing;
    return body(*head);
  }

  bool key_expected() const noexcept {
    return depth_ > 0 && open_[depth_ - 1].map && open_[depth_ - 1].missing % 2 == 0;
  }

  const char* body(const CborHead& head) noexcept {
    switch (head.major) {
      case CborMajor::natural:
        return nullptr;
      case CborMajor::negative:
        return head.argument > std::numeric_limits<std::int64_t>::max() ? "a number below 64 bits"
                                                                        : nullptr;
      case CborMajor::text:
        return text(head.argument);
      case CborMajor::array:
        return open({head.argument, false}, rest_.size());
      case CborMajor::map:
        return open({head.argument, true}, rest_.size() / 2);
      case CborMajor::simple:
        return simple(head);
      default:
        return "a byte string or a tag";
    }
  }

  const char* text(std::uint64_t length) noexcept {
    if (length > rest_.size()) return "cut short";
    const std::string_view text = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return valid_utf8(text) ? nullptr : "a text that is not UTF-8";
  }

  // Every item takes at least a byte, so a count beyond what is left is a lie.
  const char* open(Container container, std::size_t count_max) noexcept {
    if (container.missing > count_max) return "cut short";
    if (depth_ == open_.size()) return "nested too deeply";
    if (container.map) container.missing *= 2;
    open_[depth_++] = container;
    return nullptr;
  }

  static const char* simple(const CborHead& head) noexcept {
    if (head.info >= cbor_false && head.info <= cbor_null) return nullptr;
    if (head.info < cbor_half) return "a value that JSON does not have";
    return std::isfinite(cbor_float(head)) ? nullptr : "a number that is not finite";
  }

  std::string_view rest_;
  std::array<Container, limits::depth_max> open_{};
  std::size_t depth_ = 0;
  std::size_t values_ = 0;  // without keys
};

}  // namespace

const char* cbor_flaw(std::string_view bytes) noexcept {
  return CborScanner(bytes).scan();
}

}  // namespace studiosync
