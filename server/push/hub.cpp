#include "server/push/hub.hpp"

#include <algorithm>

#include "core/base/zoo.hpp"

namespace studiosync::server {

void Hub::subscribe(UserRef user, std::shared_ptr<Subscriber> subscriber) {
  const std::lock_guard lock(mutex_);
  lists_[user].push_back(std::move(subscriber));
}

void Hub::unsubscribe(UserRef user, Connection subscriber) {
  std::shared_ptr<Subscriber> last;  // destroyed outside the lock
  const std::lock_guard lock(mutex_);
  const auto list = lists_.find(user);
  if (list == lists_.end()) return;
  const auto at = std::find_if(list->second.begin(), list->second.end(),
                               [&](const auto& s) { return s.get() == subscriber; });
  if (at == list->second.end()) return;
  last = std::move(*at);
  list->second.erase(at);
  if (list->second.empty()) lists_.erase(list);
}

Hub::List Hub::subscribers_of(UserRef user) const {
  const std::lock_guard lock(mutex_);
  const auto list = SS_ZOO(broadcast_reaches_a_stranger) ? lists_.begin() : lists_.find(user);
  return list == lists_.end() ? List{} : list->second;
}

bool Hub::reaches(UserRef user, Connection skip) const {
  return std::ranges::any_of(subscribers_of(user),
                             [skip](const auto& s) { return s.get() != skip; });
}

void Hub::publish(UserRef user, const std::shared_ptr<const Broadcast>& broadcast,
                  Connection skip) {
  for (const auto& subscriber : subscribers_of(user)) {
    if (subscriber.get() != skip) subscriber->offer(broadcast);
  }
}

void Hub::end_session(UserRef user, const std::string& session_id, std::uint16_t close_code) {
  for (const auto& subscriber : subscribers_of(user)) {
    if (!subscriber->in_session(session_id)) continue;
    const Error error{.code = ErrorCode::unauthorized, .message = "the session has ended"};
    subscriber->end(ErrorFrame{error}, close_code);
  }
}

void Hub::end_device(UserRef user, const DeviceId& device, const Message& farewell,
                     std::uint16_t close_code) {
  for (const auto& subscriber : subscribers_of(user)) {
    if (subscriber->device() == device) subscriber->end(farewell, close_code);
  }
}

void Hub::end_all(const std::function<Message()>& farewell, std::uint16_t close_code) {
  List all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [user, list] : lists_) all.insert(all.end(), list.begin(), list.end());
  }
  for (const auto& subscriber : all) subscriber->end(farewell(), close_code);
}

std::size_t Hub::size() const {
  const std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const auto& [user, list] : lists_) count += list.size();
  return count;
}

}  // namespace studiosync::server
