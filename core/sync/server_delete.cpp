#include "core/sync/server_delete.hpp"

#include "core/conflicts/successor.hpp"

namespace studiosync {

Record deleted_by_server(const Record& stored, std::string_view reason, WallTime now) {
  Incoming deletion;
  deletion.type = stored.type;
  deletion.id = stored.id;
  deletion.action = Action::remove;
  deletion.reason = reason;
  deletion.origin.stamp = Stamp::at(now);
  return buried(stored, deletion);
}

}  // namespace studiosync
