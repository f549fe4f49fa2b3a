#include "core/sanitizer/sql/view.hpp"

namespace studiosync {

std::string_view View::text() const noexcept {
  return text_;
}

}  // namespace studiosync
