#include "loadtest/run/account_reader.hpp"

#include <boost/asio/post.hpp>

#include "core/protocol/codec.hpp"

namespace studiosync::load {
namespace {

// Each reads a whole account into memory.
constexpr std::size_t accounts_read_at_once = 4;

}  // namespace

AccountReader::AccountReader(Team& team, User& user) : team_(team), link_(team.make_link(user)) {
  state_.user = user.account.user_id;
}

void AccountReader::begin(Done done) {
  done_ = std::move(done);
  link_->connect({.welcomed =
                      [self = shared_from_this()](const Welcome& welcome) {
                        self->state_.numbers.floor = welcome.floor;
                        self->pull();
                      },
                  .received = [this](const std::string& message) { received(message); },
                  .lost = [this](const Error& error) { end(Unexpected(error)); }});
}

void AccountReader::pull() {
  link_->send(Pull{cursor_});
}

void AccountReader::received(const std::string& message) {
  if (!done_) return;
  auto frame = decode(message, Encoding::json);
  if (!frame) return end(Unexpected(frame.error()));
  if (auto* page = std::get_if<Changes>(&frame->body)) return take(std::move(*page));
  if (const auto* list = std::get_if<Conflicts>(&frame->body)) return take(*list);
  if (const auto* error = std::get_if<ErrorFrame>(&frame->body)) end(Unexpected(error->error));
}

void AccountReader::take(Changes page) {
  for (Record& row : page.changes) {
    UserState& numbers = state_.numbers;
    numbers.last_commit = std::max(numbers.last_commit, row.committed);
    if (!row.deleted) numbers.bytes += row.content.size();
    if (!row.deleted && row.type != EntityType::conflict) ++numbers.records;
    state_.rows.push_back(std::move(row));
  }
  // One that leads nowhere would be asked for for ever.
  if (page.has_more && page.to.seq <= cursor_.seq) {
    return end(fail(ErrorCode::server_error, "a page of the server's leads nowhere"));
  }
  cursor_ = page.to;
  if (page.has_more) return pull();
  state_.numbers.head = cursor_.seq;
  state_.numbers.generation = cursor_.generation;
  link_->send(ConflictsRequest{.all = true});
}

void AccountReader::take(const Conflicts& list) {
  for (const ConflictView& view : list.conflicts) {
    if (!view.resolved) continue;  // those are rows
    state_.archive.push_back({.conflict = view.conflict,
                              .choice = view.choice,
                              .at = view.resolved_at.value_or(view.detected_at)});
  }
  end(std::move(state_));
}

// The link may be calling.
void AccountReader::end(Result<e2e::ServerState> outcome) {
  if (!done_) return;
  boost::asio::post(team_.world().io, [self = shared_from_this(), done = std::exchange(done_, {}),
                                       outcome = std::move(outcome)]() mutable {
    self->link_.reset();
    done(std::move(outcome));
  });
}

void note_ends(Team& team, std::shared_ptr<Result<>> failed, std::function<void()> done) {
  team.each_device([](VirtualDevice& device) {
    if (device.started()) device.note_state();
  });
  const Task one = [&team, failed](std::size_t i, std::function<void()> ready) {
    std::make_shared<AccountReader>(team, *team.users()[i])
        ->begin([&team, failed, ready = std::move(ready)](Result<e2e::ServerState> state) {
          if (state) {
            team.world().history->note("server", std::move(*state));
          } else if (*failed) {
            *failed = Unexpected(std::move(state).error());
          }
          ready();
        });
  };
  run_window(team.users().size(), accounts_read_at_once, one, std::move(done));
}

}  // namespace studiosync::load
