#include "core/base/zoo.hpp"

namespace studiosync::zoo {

std::string_view planted;

}  // namespace studiosync::zoo
