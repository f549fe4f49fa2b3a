// Statements that were prepared under a name, and which of their parameters are credentials:
// PREPARE p AS UPDATE users SET password = $1; EXECUTE p('…'). Bounded: the last ones are known.
// Values; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/sanitizer/sql/position.hpp"
#include "core/sanitizer/sql/token_trail.hpp"

namespace studiosync {

class PreparedStatements {
 public:
  // A name that stands behind `spot`: of PREPARE?
  void see_name(const Spot& spot, const SqlToken& token) noexcept;
  // The next parameter of the statement that is being prepared, and where it stands.
  void see_parameter(std::string_view parameter, const Position& position) noexcept;
  bool is_preparing() const noexcept { return preparing_; }
  void end_statement() noexcept { preparing_ = false; }

  // An argument of EXECUTE name(…), counted from 0.
  Position position(std::string_view name, std::size_t argument) const noexcept;
  // A value at `spot` in EXECUTE name USING a, b.
  Position using_position(const Spot& spot) const noexcept;

 private:
  struct Prepared {
    std::string_view name;
    std::uint32_t parameters = 0;  // a bit for each that is a credential
    std::size_t seen = 0;
  };

  Prepared& newest() noexcept { return prepared_[(next_ - 1) % prepared_.size()]; }

  std::array<Prepared, 8> prepared_{};
  std::size_t next_ = 0;
  bool preparing_ = false;  // the one before `next_`
};

}  // namespace studiosync
