#include "loadtest/run/phases.hpp"

namespace studiosync::load {
namespace {

// Each reads a whole account.
constexpr std::size_t users_checked_at_once = 8;
// Somebody else may write meanwhile: so often a comparison is tried.
constexpr int comparisons_max = 5;

// One user: the read-back first, then the digest of the reader and of each device in turn.
class UserCheck : public std::enable_shared_from_this<UserCheck> {
 public:
  UserCheck(Team& team, User& user, std::shared_ptr<Verification> found, std::function<void()> done)
      : user_(user),
        found_(std::move(found)),
        done_(std::move(done)),
        reader_(team.make_reader(user)) {}

  void begin() {
    reader_->start(Clock::now());
    reader_->when_synced([self = shared_from_this()] {
      self->found_->add(self->user_.ledger.check(self->reader_->store()));
      self->check_earlier_readers();
      self->compare_next();
    });
  }

 private:
  // What those of the run were given, which kept nothing. The ledger does not know what the account
  // had before.
  void check_earlier_readers() {
    const auto& least = user_.least_read;
    if (!least) return;
    const std::size_t all = reader_->store().forgotten_up_to(least->to);
    if (least->rows >= all) return;
    note_apart("has read " + std::to_string(least->rows) + " of " + std::to_string(all) +
               " records");
  }

  // The reader comes first.
  VirtualDevice& current() { return next_ == 0 ? *reader_ : *user_.devices[next_ - 1]; }

  void compare_next() {
    while (next_ > 0 && next_ <= user_.devices.size() && !current().started()) ++next_;
    if (next_ > user_.devices.size()) {
      reader_.reset();
      return done_();
    }
    tries_ = 0;
    // One that waits for a person never comes to rest.
    if (current().state() == LinkState::halted) return apart("is halted");
    compare();
  }

  void compare() {
    current().pull_now();
    current().when_synced([self = shared_from_this()] {
      self->current().compare_digest([self](std::optional<bool> equal) { self->compared(equal); });
    });
  }

  void compared(std::optional<bool> equal) {
    if (!equal && ++tries_ < comparisons_max) return compare();
    if (!equal) return apart("never came to rest beside the server");
    if (!*equal) return apart("has other records than the server");
    ++next_;
    compare_next();
  }

  void apart(const std::string& why) {
    note_apart(why);
    ++next_;
    compare_next();
  }

  void note_apart(const std::string& why) {
    ++found_->devices_apart;
    found_->add_example("a device of user " + user_.account.user_id + " " + why);
  }

  User& user_;
  const std::shared_ptr<Verification> found_;
  const std::function<void()> done_;
  std::unique_ptr<VirtualDevice> reader_;
  std::size_t next_ = 0;
  int tries_ = 0;
};

}  // namespace

void verify(Team& team, std::shared_ptr<Verification> found, std::function<void()> done) {
  const Task one = [&team, found](std::size_t i, std::function<void()> ready) {
    std::make_shared<UserCheck>(team, *team.users()[i], found, std::move(ready))->begin();
  };
  run_window(team.users().size(), users_checked_at_once, one, std::move(done));
}

}  // namespace studiosync::load
