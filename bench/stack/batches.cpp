#include "bench/stack/batches.hpp"

#include "bench/stack/must.hpp"
#include "bench/stack/records.hpp"
#include "core/protocol/codec.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::bench {
namespace {

std::size_t occurrences(const std::string& text, std::string_view word) {
  std::size_t count = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

}  // namespace

std::string Batches::next(std::size_t records) {
  Push push{.now = os::wall_now(), .changes = {}};
  for (std::size_t i = 0; i < records; ++i) {
    last_ = last_.next();
    PushChange change;
    change.change.bytes = uuid_v7(push.now.unix_ms, random_);
    change.device_seq = last_;
    change.type = EntityType::saved_query;
    change.item_id = uuid_text(uuid_v7(push.now.unix_ms, random_));
    change.data = Json::raw(data_of(change.type, last_.value).canonical());
    change.stamp = Stamp::at(push.now);
    push.changes.push_back(std::move(change));
  }
  return encode({"1", push}, Encoding::json);
}

std::vector<std::string> Batches::next_frames(std::size_t count) {
  std::vector<std::string> frames;
  for (std::size_t i = 0; i < count; ++i) frames.push_back(next());
  return frames;
}

void check_applied(const std::string& answer, std::size_t changes) {
  if (occurrences(answer, R"("status":"applied")") == changes) return;
  give_up("pushing a batch", {.message = answer.substr(0, 500)});
}

}  // namespace studiosync::bench
