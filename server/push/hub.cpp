#include "server/push/hub.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/zoo.hpp"

namespace studiosync::server {

void Hub::subscribe(UserRef user, std::shared_ptr<Subscriber> subscriber) {
  const std::lock_guard lock(mutex_);
  SharedList& list = lists_[user];
  auto longer = std::make_shared<List>();
  longer->reserve(1 + (list ? list->size() : 0));
  if (list) *longer = *list;
  longer->push_back(std::move(subscriber));
  list = std::move(longer);
}

void Hub::unsubscribe(UserRef user, Connection subscriber) {
  SharedList last;  // its end may be the subscriber's: outside the lock
  const std::lock_guard lock(mutex_);
  const auto found = lists_.find(user);
  if (found == lists_.end()) return;
  last = found->second;
  auto shorter = std::make_shared<List>();
  std::ranges::copy_if(*last, std::back_inserter(*shorter),
                       [subscriber](const auto& s) { return s.get() != subscriber; });
  if (shorter->empty()) {
    lists_.erase(found);
  } else {
    found->second = std::move(shorter);
  }
}

Hub::SharedList Hub::subscribers_of(UserRef user) const {
  static const SharedList nobody = std::make_shared<const List>();
  const std::lock_guard lock(mutex_);
  const auto list = SS_ZOO(broadcast_reaches_a_stranger) ? lists_.begin() : lists_.find(user);
  return list == lists_.end() ? nobody : list->second;
}

bool Hub::reaches(UserRef user, Connection skip) const {
  return std::ranges::any_of(*subscribers_of(user),
                             [skip](const auto& s) { return s.get() != skip; });
}

void Hub::publish(UserRef user, const std::shared_ptr<const Broadcast>& broadcast,
                  Connection skip) {
  const SharedList subscribers = subscribers_of(user);
  for (const auto& subscriber : *subscribers) {
    if (subscriber.get() != skip) subscriber->offer(broadcast);
  }
}

void Hub::end_session(UserRef user, const std::string& session_id, std::uint16_t close_code) {
  const SharedList subscribers = subscribers_of(user);
  for (const auto& subscriber : *subscribers) {
    if (!subscriber->in_session(session_id)) continue;
    const Error error{.code = ErrorCode::unauthorized, .message = "the session has ended"};
    subscriber->end(ErrorFrame{error}, close_code);
  }
}

void Hub::end_device(UserRef user, const DeviceId& device, const Message& farewell,
                     std::uint16_t close_code) {
  const SharedList subscribers = subscribers_of(user);
  for (const auto& subscriber : *subscribers) {
    if (subscriber->device() == device) subscriber->end(farewell, close_code);
  }
}

void Hub::end_all(const std::function<Message()>& farewell, std::uint16_t close_code) {
  List all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [user, list] : lists_) all.insert(all.end(), list->begin(), list->end());
  }
  for (const auto& subscriber : all) subscriber->end(farewell(), close_code);
}

std::size_t Hub::size() const {
  const std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const auto& [user, list] : lists_) count += list->size();
  return count;
}

}  // namespace studiosync::server
