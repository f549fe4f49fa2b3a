// A page of rows out of its JSON text without a tree: most of what a device reads in its life.
#pragma once

#include <optional>
#include <string_view>

#include "core/protocol/message.hpp"

namespace studiosync {

// A `changes` frame in exactly the form that codec_changes.cpp and codec_record.cpp write, with
// what their readers would make of it. Nothing for any other text, be it another frame, another
// writer's or wrong: those readers judge it. Pure; any thread.
std::optional<Frame> read_changes_text(std::string_view text);

}  // namespace studiosync
