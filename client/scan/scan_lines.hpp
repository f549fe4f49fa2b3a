// Answers JSON lines, for pipelines that sanitize texts of their own. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/base/json.hpp"

namespace studiosync::client {

struct LineAnswer {
  Json json;
  bool found = false;  // there were credentials
};

// `{"id","text","as":"sql"|"text"}` → `{"id","redacted","findings":[{"rule","start","end"}],
// "accepted"}`: offsets are bytes of `text` in UTF-8; `accepted`: the validator lets the redacted
// text pass. `as` may be left out (text). A line of another form is a bad_request.
Result<LineAnswer> answer_line(std::string_view line);

}  // namespace studiosync::client
