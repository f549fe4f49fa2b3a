#include "core/base/json_parse.hpp"

namespace studiosync {

Result<Json> parse_json(std::string_view text) {
  if (auto fast = parse_json_fast(text)) return std::move(*fast);
  return parse_json_carefully(text);
}

}  // namespace studiosync
