#include "core/ws/frame_cutter.hpp"

#include <algorithm>
#include <utility>

#include "core/base/json.hpp"
#include "core/ws/mask.hpp"

namespace studiosync {
namespace {

constexpr std::string_view end_of_upgrade = "\r\n\r\n";
constexpr std::uint8_t final_text = 0x81;
constexpr std::uint8_t final_bit = 0x80;
constexpr std::uint8_t reserved_bits = 0x70;
constexpr std::uint8_t control_opcodes = 0x08;
constexpr std::uint8_t mask_bit = 0x80;
constexpr std::uint8_t length_bits = 0x7f;

// What a peer announces is not yet sent: no more is set aside for it than this.
constexpr std::uint64_t reserved_max = 1U << 20;

std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

bool is_masked(std::string_view header) {
  return (byte_at(header, 1) & mask_bit) != 0;
}

// Of the two first bytes and the length behind them.
std::size_t length_end(std::string_view header) {
  const int length = byte_at(header, 1) & length_bits;
  return length < 126 ? 2 : length == 126 ? 4 : 10;
}

// Of the whole header, as far as it can be told.
std::size_t header_bytes(std::string_view header) {
  if (header.size() < 2) return 2;
  return length_end(header) + (is_masked(header) ? MaskKey{}.size() : 0);
}

std::uint64_t payload_bytes(std::string_view header) {
  const std::size_t end = length_end(header);
  if (end == 2) return byte_at(header, 1) & length_bits;
  std::uint64_t length = 0;
  for (std::size_t i = 2; i < end; ++i) length = length << 8 | byte_at(header, i);
  return length;
}

bool in_shortest_form(std::string_view header) {
  const std::size_t end = length_end(header);
  return end == 2 || payload_bytes(header) > (end == 4 ? 125U : 0xffffU);
}

}  // namespace

bool FrameCutter::feed(std::string_view bytes) {
  bool taken = true;
  while (taken && !bytes.empty()) {
    std::size_t used = bytes.size();
    switch (state_) {
      case State::upgrade:
        used = upgrade(bytes);
        taken = sink_.on_other_bytes(bytes.substr(0, used));
        if (blank_line_ == end_of_upgrade.size()) {
          state_ = sink_.takes_messages() ? State::header : State::unwatched;
        }
        break;
      case State::header:
        used = 1;
        taken = read_header(bytes.front());
        break;
      case State::text:
      case State::other:
        used = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
        taken = read_payload(bytes.substr(0, used));
        break;
      case State::unwatched:
        taken = sink_.on_other_bytes(bytes);
        break;
    }
    bytes.remove_prefix(used);
  }
  return taken;
}

// The bytes up to the blank line that ends the answer.
std::size_t FrameCutter::upgrade(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && blank_line_ < end_of_upgrade.size()) {
    const char byte = bytes[used++];
    blank_line_ = byte == end_of_upgrade[blank_line_] ? blank_line_ + 1 : byte == '\r' ? 1 : 0;
  }
  return used;
}

bool FrameCutter::read_header(char byte) {
  header_ += byte;
  return header_.size() < header_bytes(header_) || begin_frame();
}

bool FrameCutter::begin_frame() {
  const std::uint8_t first = byte_at(header_, 0);
  left_ = payload_bytes(header_);
  const bool regular = (first & reserved_bits) == 0 &&
                       is_masked(header_) == (peers_ == Masking::masked) &&
                       in_shortest_form(header_) && left_ <= message_bytes_max_;
  if (!regular) return pass_on(State::unwatched);
  if (first == final_text && !fragmented_ && left_ > 0) {
    text_.reserve(static_cast<std::size_t>(std::min(left_, reserved_max)));
    state_ = State::text;
    return true;
  }
  if ((first & control_opcodes) == 0) fragmented_ = (first & final_bit) == 0;
  return pass_on(left_ > 0 ? State::other : State::header);
}

bool FrameCutter::pass_on(State next) {
  state_ = next;
  return sink_.on_other_bytes(std::exchange(header_, {}));
}

bool FrameCutter::read_payload(std::string_view bytes) {
  left_ -= bytes.size();
  if (state_ == State::other) {
    if (left_ == 0) state_ = State::header;
    return sink_.on_other_bytes(bytes);
  }
  text_ += bytes;
  return left_ > 0 || end_text();
}

bool FrameCutter::end_text() {
  const std::string header = std::exchange(header_, {});
  std::string text = std::exchange(text_, {});
  state_ = State::header;
  MaskKey key{};
  if (is_masked(header)) std::copy_n(header.end() - key.size(), key.size(), key.begin());
  apply_mask(text, key);
  if (!sink_.takes_messages() || !valid_utf8(text)) {
    apply_mask(text, key);  // as it came
    return sink_.on_other_bytes(header) && sink_.on_other_bytes(text);
  }
  sink_.on_whole_text(std::move(text));
  return true;
}

}  // namespace studiosync
