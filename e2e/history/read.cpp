#include <array>

#include "core/protocol/frames.hpp"
#include "core/protocol/wire.hpp"
#include "e2e/history/history_file.hpp"
#include "e2e/history/member_json.hpp"

namespace studiosync::e2e {
namespace {

Happening read_edited(const ObjectReader& in) {
  return Edited{.user = in.text("user"),
                .type = read_type(in, "type"),
                .id = in.text("id"),
                .action = read_action(in),
                .before = read_content(in, "before"),
                .after = read_content(in, "after"),
                .local_only = in.flag("local_only")};
}

Happening read_frozen_edit(const ObjectReader& in) {
  return FrozenEdit{.replica = read_replica(in),
                    .seq = {in.number("seq")},
                    .change = read_change(in, "change"),
                    .type = read_type(in, "type"),
                    .id = in.text("id"),
                    .action = read_action(in),
                    .base = read_rev(in, "base")};
}

Happening read_sent(const ObjectReader& in) {
  return Sent{in.number("frame_number"), in.text("to"), in.text("frame"),
              in.text_or_empty("about")};
}

Happening read_arrived(const ObjectReader& in) {
  return Arrived{in.number("frame_number")};
}

Happening read_lost(const ObjectReader& in) {
  return Lost{in.number("frame_number"), in.text("why")};
}

Happening read_committed(const ObjectReader& in) {
  return Committed{.user = in.text("user"),
                   .change = read_change(in, "change"),
                   .row = read_record(in.object("row"))};
}

std::optional<ErrorCode> read_code(const ObjectReader& in) {
  if (!in.has("code")) return std::nullopt;
  return error_code_from(in.text("code"));
}

Happening read_acknowledged(const ObjectReader& in) {
  return Acknowledged{.user = in.text("user"),
                      .replica = read_replica(in),
                      .seq = {in.number("seq")},
                      .change = read_change(in, "change"),
                      .type = read_type(in, "type"),
                      .id = in.text("id"),
                      .status = in.parsed("status", parse_status, "a status"),
                      .first_status = in.parsed_if("first_status", parse_status, "a status"),
                      .error = read_code(in),
                      .rev = read_rev(in, "rev"),
                      .copy_id = in.text_or_empty("copy_id"),
                      .conflict_id = in.text_or_empty("conflict_id")};
}

Happening read_moved(const ObjectReader& in) {
  Moved moved{.user = in.text("user"),
              .replica = read_replica(in),
              .from = read_cursor(in, "from"),
              .to = read_cursor(in, "to"),
              .resync = in.flag("resync")};
  in.each("rows", [&](const ObjectReader& row) {
    moved.rows.push_back(
        {read_type(row, "type"), row.text("id"), read_rev(row, "rev"), read_seq(row, "seq")});
  });
  return moved;
}

Happening read_turned(const ObjectReader& in) {
  Turned turned{.what = in.parsed("what", parse_turn, "a turn of a life"),
                .user = in.text_or_empty("user"),
                .detail = in.text_or_empty("detail")};
  if (in.has("epoch")) turned.epoch = read_epoch(in, "epoch");
  if (in.has("seq")) turned.seq = read_seq(in, "seq");
  return turned;
}

Happening read_leaked(const ObjectReader& in) {
  return Leaked{in.text("secret"), in.text("where")};
}

Happening read_decided(const ObjectReader& in) {
  return Decided{.user = in.text("user"),
                 .type = read_type(in, "type"),
                 .id = in.text("id"),
                 .change = read_change(in, "change"),
                 .what = in.parsed("what", parse_decision, "a decision about a refused change"),
                 .before = read_content(in, "before"),
                 .after = read_content(in, "after")};
}

// Indexed by the variant's alternative, as kind_name.
using Read = Happening (*)(const ObjectReader&);
constexpr std::array<Read, std::variant_size_v<Happening>> readers{
    read_edited,
    read_frozen_edit,
    read_sent,
    read_arrived,
    read_lost,
    read_committed,
    read_acknowledged,
    read_moved,
    read_turned,
    read_leaked,
    [](const ObjectReader& in) -> Happening { return read_device_state(in); },
    [](const ObjectReader& in) -> Happening { return read_server_state(in); },
    read_decided};

std::optional<Read> parse_kind(std::string_view name) {
  for (std::size_t i = 0; i < readers.size(); ++i) {
    if (kind_name_at(i) == name) return readers.at(i);
  }
  return std::nullopt;
}

Error in_line(std::size_t number, Error error) {
  const std::string place = error.path.empty() ? "" : error.path + " ";
  error.message = "line " + std::to_string(number) + ": " + place + error.message;
  return error;
}

}  // namespace

Result<Event> parse_event(std::string_view line) {
  SS_ASSIGN(const Json json, parse_json(line));
  std::optional<Error> error;
  const ObjectReader in(json, "$", error);
  Event event{.number = in.number("number"), .at = read_time(in, "at"), .lane = in.text("lane")};
  const Read read = in.parsed("kind", parse_kind, "a kind of event");
  if (!error) event.what = read(in);
  if (error) return Unexpected(std::move(*error));
  return event;
}

Result<History> parse_history(std::string_view text) {
  History history;
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n');
    const std::string_view one = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (one.empty()) continue;
    auto event = parse_event(one);
    if (!event) return Unexpected(in_line(line, std::move(event).error()));
    if (event->number != history.size()) {
      return Unexpected(in_line(line, {.code = ErrorCode::validation_error,
                                       .message = "must be the event's place, from 0",
                                       .path = "$.number"}));
    }
    history.push_back(std::move(*event));
  }
  return history;
}

}  // namespace studiosync::e2e
