// What a job has learned of the ids that a table does not have.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <utility>

namespace studiosync::server {

// The room between two neighbouring ids of a table, in which there is nothing but what the job
// itself has written since it looked. New ids come in the order of time: one look answers for most
// of a push. For one job, on the writer's thread; deletes need not be told, they leave more room.
template <class Id>
class Gap {
 public:
  // Whether the table is known not to have it; `Like` compares as Id does.
  template <class Like>
  bool holds(const Like& id) const {
    return looks_ > 0 && (!below_ || *below_ < id) && (!above_ || id < *above_) &&
           !written_.contains(id);
  }
  // Whether another look is worth its time: ids that come in no order are looked up one by one.
  bool may_look() const noexcept { return looks_ < looks_max; }
  // The neighbours of an id that the table does not have; none where it is the first or the last.
  void looked(std::optional<Id> below, std::optional<Id> above) {
    ++looks_;
    below_ = std::move(below);
    above_ = std::move(above);
    written_.clear();
  }
  void wrote(const Id& id) {
    if (looks_ > 0) written_.insert(id);
  }

 private:
  static constexpr int looks_max = 3;

  int looks_ = 0;
  std::optional<Id> below_;
  std::optional<Id> above_;
  std::set<Id, std::less<>> written_;
};

}  // namespace studiosync::server
