// A store under a workload that can be crashed at any moment and continued.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace studiosync::sqlite {
class Database;
}

namespace studiosync::e2e {

enum class CrashSide : std::uint8_t { server, device };

// What one transaction of a step was answered.
struct TaskAnswer {
  std::size_t part = 0;  // of the content: nothing else of it is changed
  Result<> result;
};

// Success when all of them are; else the first error.
inline Result<> overall(const std::vector<TaskAnswer>& answers) {
  for (const TaskAnswer& answer : answers) SS_TRY(answer.result);
  return {};
}

// State number n is the one after n steps. Not thread-safe.
class CrashSubject {
 public:
  virtual ~CrashSubject() = default;

  // Another store under the same workload: what one has learned of a step, both know.
  virtual std::unique_ptr<CrashSubject> twin() const = 0;

  // Opens the store that the VFS of this name holds, or makes it.
  virtual Result<> open(const std::string& vfs) = 0;
  // Whatever is not committed is forgotten.
  virtual void close() = 0;

  // One group of transactions, which may be committed together and succeed or fail each for itself;
  // no two of them change one part of the content. Success is the store's acknowledgement.
  // Repeating the step in flight after a crash or an error is what its caller would do.
  virtual std::vector<TaskAnswer> step(std::size_t number) = 0;
  // Whether the acknowledgement of a step promises that it outlives a loss of power.
  virtual bool promises_disk(std::size_t number) const = 0;
  // The step that follows on state `found`, when `in_flight` was not acknowledged.
  virtual std::size_t next_step(std::size_t found, std::size_t in_flight) const = 0;

  virtual std::string file() const = 0;
  // How many parts the content has: the users of a server.
  virtual std::size_t parts() const = 0;
  // What of a part must be equal on every way to one state, as queries on `file()`. Left out is
  // what each way has of its own: epochs, commit times, the inner structure of the full-text index.
  virtual std::vector<std::string> content_queries(sqlite::Database& db,
                                                   std::size_t part) const = 0;
  // Queries that answer with a row that tells where two parts of the stored state disagree.
  virtual std::vector<std::string> disagreements() const = 0;
  // What SQLite's own examination does not see; a finding is the error. The store is open.
  virtual Result<> examine() = 0;
};

std::unique_ptr<CrashSubject> make_server_subject(std::uint64_t seed);
std::unique_ptr<CrashSubject> make_device_subject(std::uint64_t seed);

}  // namespace studiosync::e2e
