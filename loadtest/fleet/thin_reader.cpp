#include "loadtest/fleet/thin_reader.hpp"

#include <utility>

#include "core/protocol/codec.hpp"

namespace studiosync::load {
namespace {

// Of what came in a page's place.
ErrorCode error_in(const std::string& message) {
  const auto frame = decode(message, Encoding::json);
  const auto* error = frame ? std::get_if<ErrorFrame>(&frame->body) : nullptr;
  return error != nullptr ? error->error.code : ErrorCode::server_error;
}

}  // namespace

ThinReader::ThinReader(World& world, std::unique_ptr<ThinLink> link)
    : world_(world), link_(std::move(link)) {}

void ThinReader::start(Moment intended, Done done) {
  intended_ = intended;
  done_ = std::move(done);
  link_->connect({.welcomed = [this](const Welcome& welcome) { welcomed(welcome); },
                  .received = [this](const std::string& message) { received(message); },
                  .lost = [this](const Error&) { end(std::nullopt); }});
}

void ThinReader::welcomed(const Welcome& welcome) {
  world_.recorder.time(Timing::connect, intended_, Clock::now());
  head_ = welcome.head.seq;
  if (!head_) return end(ReadOut{});
  pull();
}

void ThinReader::pull() {
  asked_ = Clock::now();
  link_->send(Pull{cursor_});
}

void ThinReader::received(const std::string& message) {
  if (!done_) return;  // what others write later
  const auto page = parse_json(message);
  if (page && take_page(*page)) return;
  world_.recorder.count_error(error_in(message), Clock::now());
  end(std::nullopt);
}

// Whether it was one that may follow. Rows are not looked into: their number and the pages' borders
// tell whether everything has come, which ends at the welcome's head or beyond it.
bool ThinReader::take_page(const Json& page) {
  const Json* to = page.find("to");
  const Json* rows = page.find("changes");
  const Json* more = page.find("has_more");
  if (to == nullptr || !to->is_string() || rows == nullptr || !rows->is_array()) return false;
  const auto cursor = parse_cursor(to->as_string());
  if (!cursor || more == nullptr || !more->is_bool()) return false;
  // One that leads nowhere would be asked for for ever.
  if (more->as_bool() && cursor->seq <= cursor_.seq) return false;
  const Moment now = Clock::now();
  world_.recorder.time(Timing::pull, asked_, now);
  world_.recorder.count(&Counts::applied, now, rows->items().size());
  rows_ += rows->items().size();
  cursor_ = *cursor;
  if (more->as_bool()) {
    pull();
    return true;
  }
  if (cursor_.seq < head_) return false;
  end(ReadOut{.rows = rows_, .to = cursor_.seq});
  return true;
}

void ThinReader::end(std::optional<ReadOut> read) {
  if (done_) std::exchange(done_, nullptr)(read);
}

}  // namespace studiosync::load
