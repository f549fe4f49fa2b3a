#include "e2e/scenario/step_kind.hpp"

#include <algorithm>
#include <array>

#include "core/base/check.hpp"

namespace studiosync::e2e {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array choices_of_conflict{"local"sv, "remote"sv, "keep_both"sv};
constexpr std::array strategies{"last_write_wins"sv, "keep_both"sv, "merge"sv, "user_choice"sv};
constexpr std::array partitions{"in"sv, "out"sv, "both"sv};
constexpr std::array directions{"up"sv, "down"sv};

constexpr StepKind plain(Do what, std::string_view name) {
  return {.what = what, .name = name};
}
constexpr StepKind of_device(Do what, std::string_view name) {
  return {.what = what, .name = name, .device = Need::required};
}
constexpr StepKind of_link(Do what, std::string_view name) {
  return {.what = what, .name = name, .device = Need::optional};
}
constexpr StepKind of_record(Do what, std::string_view name) {
  return {.what = what,
          .name = name,
          .device = Need::required,
          .type = Need::required,
          .id = Need::required};
}
constexpr StepKind with_data(StepKind kind) {
  kind.data = true;
  return kind;
}
constexpr StepKind with_type(StepKind kind) {
  kind.type = Need::required;
  return kind;
}
constexpr StepKind with_text(StepKind kind, std::string_view name,
                             std::span<const std::string_view> choices = {}) {
  kind.text = name;
  kind.choices = choices;
  return kind;
}
constexpr StepKind with_number(StepKind kind, std::string_view name) {
  kind.number = name;
  return kind;
}
constexpr StepKind with_span(StepKind kind, std::string_view name, bool may_be_negative = false) {
  kind.ms = name;
  kind.may_be_negative = may_be_negative;
  return kind;
}

constexpr std::array kinds{
    with_data(of_record(Do::put, "put")),
    of_record(Do::remove, "remove"),
    with_text(of_record(Do::resolve, "resolve"), "choose", choices_of_conflict),
    of_device(Do::retry_rejected, "retry_rejected"),
    of_device(Do::discard_rejected, "discard_rejected"),
    with_text(with_type(of_device(Do::policy, "policy")), "strategy", strategies),
    of_device(Do::confirm, "confirm"),
    of_device(Do::online, "online"),
    of_device(Do::offline, "offline"),
    of_device(Do::crash, "crash"),
    of_device(Do::start, "start"),
    of_device(Do::backup, "backup"),
    of_device(Do::restore, "restore"),
    with_text(of_device(Do::clone, "clone"), "as"),
    with_span(of_device(Do::clock, "clock"), "off_by", true),
    of_device(Do::expire_token, "expire_token"),
    of_device(Do::expire_login, "expire_login"),
    of_device(Do::login, "login"),
    of_device(Do::revoke, "revoke"),
    with_span(of_device(Do::slow, "slow"), "by"),
    of_device(Do::disk_full, "disk_full"),
    of_device(Do::disk_free, "disk_free"),
    with_text(of_link(Do::partition, "partition"), "direction", partitions),
    of_link(Do::heal, "heal"),
    with_number(with_text(of_link(Do::cut, "cut"), "direction", directions), "after_bytes"),
    of_link(Do::repeat, "repeat"),
    with_span(of_link(Do::delay, "delay"), "by"),
    plain(Do::server_crash, "server_crash"),
    plain(Do::server_start, "server_start"),
    plain(Do::server_backup, "server_backup"),
    plain(Do::server_restore, "server_restore"),
    plain(Do::server_drain, "server_drain"),
    plain(Do::server_pause, "server_pause"),
    plain(Do::server_resume, "server_resume"),
    plain(Do::server_disk_full, "server_disk_full"),
    plain(Do::server_disk_free, "server_disk_free"),
    with_number(plain(Do::commit_fails, "commit_fails"), "times"),
    with_number(plain(Do::quota, "quota"), "bytes"),
    with_span(plain(Do::expire, "expire"), "after"),
    of_device(Do::reset, "reset"),
    plain(Do::settle, "settle"),
    StepKind{.what = Do::expect,
             .name = "expect",
             .device = Need::optional,
             .type = Need::optional,
             .id = Need::optional},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (static_cast<std::size_t>(kinds.at(i).what) != i) return false;
  }
  return true;
}
static_assert(in_order(), "the table is indexed by the enumerator");

}  // namespace

std::span<const StepKind> step_kinds() noexcept {
  return kinds;
}

const StepKind& kind_of(Do what) noexcept {
  const auto index = static_cast<std::size_t>(what);
  SS_CHECK(index < kinds.size());
  return kinds.at(index);
}

std::string_view to_string(Do what) noexcept {
  return kind_of(what).name;
}

std::optional<Do> parse_do(std::string_view name) noexcept {
  const auto it = std::ranges::find(kinds, name, &StepKind::name);
  return it == kinds.end() ? std::nullopt : std::optional(it->what);
}

}  // namespace studiosync::e2e
