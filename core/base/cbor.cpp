#include <bit>

#include "core/base/cbor_head.hpp"
#include "core/base/check.hpp"
#include "core/base/json.hpp"
#include "core/base/member_order.hpp"

namespace studiosync {
namespace {

// Builds the value of bytes in which cbor_flaw found nothing: neither lengths nor depth nor the
// number of values need a second look, so recursion is bounded by limits::depth_max.
class CborDecoder {
 public:
  explicit CborDecoder(std::string_view scanned) : rest_(scanned) {}

  Json item() {
    const CborHead head = *take_cbor_head(rest_);
    switch (head.major) {
      case CborMajor::natural:
        return Json(head.argument);
      case CborMajor::negative:
        return Json(-1 - static_cast<std::int64_t>(head.argument));
      case CborMajor::text:
        return Json(text(head.argument));
      case CborMajor::array:
        return array(head.argument);
      case CborMajor::map:
        return map(head.argument);
      default:
        return simple(head);
    }
  }

  bool repeated_key() const noexcept { return repeated_key_; }

 private:
  std::string text(std::size_t length) {
    std::string text(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return text;
  }

  Json array(std::size_t count) {
    Json::Array items;
    items.reserve(count);
    while (count-- > 0) items.push_back(item());
    return Json(std::move(items));
  }

  Json map(std::size_t count) {
    Json::Object members;
    members.reserve(count);
    while (count-- > 0) {
      std::string key = text(take_cbor_head(rest_)->argument);
      members.push_back({std::move(key), item()});
    }
    repeated_key_ |= !sort_members(members);
    return Json(std::move(members));
  }

  static Json simple(const CborHead& head) {
    if (head.info == cbor_null) return Json();
    if (head.info < cbor_null) return Json(head.info == cbor_true);
    return Json(cbor_float(head));
  }

  std::string_view rest_;
  bool repeated_key_ = false;
};

class CborEncoder {
 public:
  explicit CborEncoder(std::string& out) : out_(out) {}

  void write(const Json& json) {
    if (json.is_null()) {
      head(CborMajor::simple, cbor_null);
    } else if (json.is_bool()) {
      head(CborMajor::simple, json.as_bool() ? cbor_true : cbor_false);
    } else if (json.is_integer()) {
      integer(json);
    } else if (json.is_number()) {
      number(json.as_double());
    } else if (json.is_string()) {
      text(json.as_string());
    } else if (json.is_array()) {
      head(CborMajor::array, json.items().size());
      for (const Json& item : json.items()) write(item);
    } else if (json.is_object()) {
      object(json.members());
    } else {
      raw(json.raw_text());
    }
  }

 private:
  void head(CborMajor major, std::uint64_t argument) {
    if (argument < 24) {
      first(major, argument);
    } else if (argument <= 0xFF) {
      first(major, 24), big_endian(argument, 1);
    } else if (argument <= 0xFFFF) {
      first(major, 25), big_endian(argument, 2);
    } else if (argument <= 0xFFFFFFFF) {
      first(major, 26), big_endian(argument, 4);
    } else {
      first(major, 27), big_endian(argument, 8);
    }
  }

  void first(CborMajor major, std::uint64_t info) {
    out_ += static_cast<char>(static_cast<unsigned>(major) << 5 | static_cast<unsigned>(info));
  }

  void big_endian(std::uint64_t value, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      out_ += static_cast<char>(value >> shift & 0xFF);
    }
  }

  void integer(const Json& json) {
    const std::int64_t n = json.as_int();
    if (n < 0) {
      head(CborMajor::negative, static_cast<std::uint64_t>(-1 - n));
    } else {
      head(CborMajor::natural, json.as_uint());
    }
  }

  void number(double d) {
    first(CborMajor::simple, cbor_double);
    big_endian(std::bit_cast<std::uint64_t>(d), 8);
  }

  void text(std::string_view text) {
    head(CborMajor::text, text.size());
    out_ += text;
  }

  void object(const Json::Object& members) {
    head(CborMajor::map, members.size());
    for (const auto& [key, value] : members) {
      text(key);
      write(value);
    }
  }

  void raw(std::string_view well_formed) {
    const auto parsed = parse_json(well_formed);
    SS_CHECK(parsed.has_value());
    write(*parsed);
  }

  std::string& out_;
};

}  // namespace

Result<Json> parse_cbor(std::string_view bytes) {
  if (const char* flaw = cbor_flaw(bytes)) {
    return fail(ErrorCode::bad_request, std::string("malformed CBOR: ") + flaw);
  }
  CborDecoder decoder(bytes);
  Json value = decoder.item();
  if (decoder.repeated_key()) return fail(ErrorCode::bad_request, "an object has a key twice");
  return value;
}

std::string to_cbor(const Json& value) {
  std::string out;
  CborEncoder(out).write(value);
  return out;
}

}  // namespace studiosync
