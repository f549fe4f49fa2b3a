// What syncctl prints: results on standard output, progress and errors on standard error.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"

namespace studiosync::client {

class Output {
 public:
  explicit Output(bool json) : json_(json) {}

  bool json() const noexcept { return json_; }
  // With --json the value as one line, else the text.
  void result(const Json& value, const std::string& text) const;
  void line(std::string_view text) const;  // standard output
  void note(std::string_view text) const;  // standard error; silent with --json
  void error(const Error& error) const;    // standard error; with --json as a JSON object

 private:
  bool json_;
};

// Columns as wide as their widest cell; the first row is the head. Cells are cut at 60 characters.
std::string table(const std::vector<std::vector<std::string>>& rows);

// "1 record", "2 records".
std::string counted(std::size_t count, std::string_view noun);

// A bar on a terminal's standard error; nothing elsewhere.
class Progress {
 public:
  Progress(std::string title, bool quiet);
  ~Progress();  // ends the line
  // `total` 0: unknown.
  void show(std::size_t done, std::size_t total);

 private:
  std::string title_;
  bool active_;
  bool drawn_ = false;
  int last_percent_ = -1;
};

}  // namespace studiosync::client
