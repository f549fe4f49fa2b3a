#include "e2e/zoo/planted.hpp"

#include <utility>

#include "core/base/check.hpp"
#include "core/base/zoo.hpp"
#include "e2e/zoo/catalog.hpp"

namespace studiosync::e2e {

Planted::Planted(std::string name) : name_(std::move(name)) {
  SS_CHECK(zoo::planted.empty());
  SS_CHECK(name_.empty() || find_bug(name_) != nullptr);
  zoo::planted = name_;
}

Planted::~Planted() {
  zoo::planted = {};
}

}  // namespace studiosync::e2e
