// A new device reduced to what its first sync asks of a server: it reads page after page, counts
// the rows, and keeps none.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "loadtest/fleet/thin_link.hpp"
#include "loadtest/fleet/user.hpp"

namespace studiosync::load {

// On the world's one thread. Listens on after its end, as a device does.
class ThinReader {
 public:
  // `world` outlives it. Whatever it ends with, an error is counted where the server is at fault.
  ThinReader(World& world, std::unique_ptr<ThinLink> link);

  // To be called once. `done` comes once: with what was read when the server says that this is all,
  // and with nothing where the connection or the server failed before.
  using Done = std::function<void(std::optional<ReadOut>)>;
  void start(Moment intended, Done done);

 private:
  void welcomed(const Welcome& welcome);
  void pull();
  void received(const std::string& message);
  bool take_page(const Json& page);
  void end(std::optional<ReadOut> read);

  World& world_;
  const std::unique_ptr<ThinLink> link_;
  Moment intended_;
  Done done_;
  Seq head_;  // at the welcome
  Cursor cursor_;
  Moment asked_;
  std::uint64_t rows_ = 0;
};

}  // namespace studiosync::load
