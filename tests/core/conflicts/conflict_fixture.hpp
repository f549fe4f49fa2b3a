// One case of fixtures/conflicts, read from its file. The format is described in the README there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/conflicts/resolve.hpp"

namespace studiosync::testing {

// A side's content: canonical JSON, or nothing for a delete.
using Content = std::optional<std::string>;

struct ExpectedConflict {
  bool open = false;
  Strategy strategy{};
  std::optional<Content> local;  // not looked at when absent
  std::optional<Content> remote;
};

struct Expected {
  Status status{};
  std::optional<Content> content;  // absent: no record is written
  std::string reason;              // of a tombstone
  std::optional<Version> version;  // absent: the stored one's successor
  std::optional<std::string> copy;
  std::optional<ExpectedConflict> conflict;
  std::optional<ErrorCode> error;
};

struct ConflictFixture {
  std::string file;  // without folder and extension
  std::string name;
  Strategy strategy{};
  std::optional<Record> stored;
  Incoming incoming;
  Expected expected;
};

// All cases, by file name. Stops the program at a file that is not what the README describes.
std::vector<ConflictFixture> read_conflict_fixtures();

}  // namespace studiosync::testing
