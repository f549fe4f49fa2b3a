// How one field merges when both sides changed it to different values. Pure; any thread.
// Every rule is symmetrical, and merging a side into its own result changes nothing.
#pragma once

#include <string>

#include "core/conflicts/version.hpp"
#include "core/schema/registry.hpp"

namespace studiosync {

// A field as one side has it.
struct FieldSide {
  const std::string* value = nullptr;  // canonical JSON; null = removed
  Origin origin;                       // authored
};

struct Merged {
  enum class Winner : std::uint8_t { stored, incoming, neither };
  Winner winner = Winner::stored;
  std::string value;  // canonical JSON; only with Winner::neither
};

// By the field's rule; `newest` for an unknown field (null), and for values that are not what the
// rule is for. Under every rule but `newest` a value outlives a removal.
Merged merge_values(const FieldSpec* spec, const FieldSide& stored, const FieldSide& incoming);

}  // namespace studiosync
