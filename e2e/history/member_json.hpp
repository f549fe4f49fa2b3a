// The values that several kinds of events hold, as JSON: one writer and one reader each.
#pragma once

#include "core/base/json.hpp"
#include "core/protocol/object_reader.hpp"
#include "core/sync/device_store.hpp"
#include "core/sync/user_log.hpp"
#include "e2e/history/event.hpp"

namespace studiosync::e2e {

std::string_view action_name(Action action) noexcept;  // `put` or `delete`
Action read_action(const ObjectReader& in);

// A content; absent where it is empty.
void write_content(std::string_view key, const std::string& content, Json& json);
std::string read_content(const ObjectReader& in, std::string_view key);

Json names_json(const std::vector<std::string>& names);
std::vector<std::string> read_names(const ObjectReader& in, std::string_view key);

// The nil id is the empty text.
ChangeId read_change(const ObjectReader& in, std::string_view key);
ReplicaId read_replica(const ObjectReader& in);

Json frozen_json(const FrozenChange& change);
FrozenChange read_frozen(const ObjectReader& in);

// What devices and servers hold.
void write_members(const DeviceState& state, Json& json);
DeviceState read_device_state(const ObjectReader& in);
void write_members(const ServerState& state, Json& json);
ServerState read_server_state(const ObjectReader& in);

}  // namespace studiosync::e2e
