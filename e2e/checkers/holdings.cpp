#include "e2e/checkers/holdings.hpp"

#include <algorithm>

#include "e2e/checkers/redaction.hpp"

namespace studiosync::e2e::judging {
namespace {

using Where = Holding::Where;

class Collector {
 public:
  explicit Collector(Facts& facts) : facts_(facts) {}

  void run() {
    for (const UserFacts& user : facts_.users) {
      if (user.last != nullptr) read(*user.last);
    }
    for (Index lane = 0; lane < facts_.lanes.size(); ++lane) {
      lane_ = lane;
      if (facts_.lanes[lane].last != nullptr) read(*facts_.lanes[lane].last);
    }
  }

 private:
  RecordFacts& record(EntityType type, std::string_view id) {
    return facts_.record(facts_.number(user_, type, id));
  }

  void hold(RecordFacts& record, Where where, std::string_view text) {
    if (!text.empty()) hold(record, where, facts_.contents.of(text));
  }

  void hold(RecordFacts& record, Where where, const Content& content) {
    record.holdings.push_back({where, lane_, &content});
  }

  void read(const ServerState& state) {
    user_ = state.user;
    lane_ = none;
    for (const Record& row : state.rows) {
      RecordFacts& known = record(row.type, row.id);
      known.served = &row;
      if (row.type == EntityType::conflict) {
        read_conflict(row.content, Where::conflict);
      } else {
        hold(known, Where::server, row.content);
      }
    }
    for (const ArchiveRow& row : state.archive) {
      RecordFacts& item = record(row.conflict.type, row.conflict.item_id);
      hold(item, Where::archive, row.conflict.local.content);
      hold(item, Where::archive, row.conflict.remote.content);
      hold(item, Where::archive, row.result);
    }
  }

  void read_conflict(std::string_view content, Where where) {
    const auto type = parse_entity_type(unquoted(member_of(content, "item_type")));
    if (!type) return;
    RecordFacts& item = record(*type, unquoted(member_of(content, "item_id")));
    for (const std::string_view side : {"local_version", "remote_version"}) {
      const std::string_view data = member_of(member_of(content, side), "data");
      if (data.starts_with('{')) hold(item, where, data);
    }
  }

  void read(const DeviceState& state) {
    user_ = state.user;
    for (const DeviceRecord& kept : state.records) read(kept, state);
    for (const RejectedChange& rejected : state.rejected) {
      const FrozenChange& change = rejected.change;
      RecordFacts& item = record(change.type, change.id);
      hold(item, Where::rejected, some_fields(change.content, change.changed));
      hold(item, Where::rejected, left_out(item, change));
    }
    for (const Original& original : state.originals) {
      RecordFacts& item = record(original.type, original.id);
      hold(item, Where::original, original.record);
      hold(item, Where::original,
           facts_.contents.made_of(
               {{facts_.contents.field(original.field), facts_.contents.value(original.value)}}));
    }
    for (const DeviceRecord& aside : state.aside) {
      if (aside.type == EntityType::conflict) read_conflict(aside.content, Where::aside);
      hold(record(aside.type, aside.id), Where::aside, aside.content);
    }
  }

  void read(const DeviceRecord& kept, const DeviceState& state) {
    RecordFacts& item = record(kept.type, kept.id);
    const bool own = kept.edit || kept.in_flight || kept.local_only || !at_rest(state);
    if (own) {
      hold(item, Where::device, kept.content);
      return;
    }
    for (const RejectedChange& rejected : state.rejected) {
      const FrozenChange& change = rejected.change;
      const bool here = change.type == kept.type && change.id == kept.id;
      if (here) hold(item, Where::rejected, some_fields(kept.content, change.changed));
    }
    if (!kept.redacted.empty()) hold(item, Where::original, redacted_fields(kept));
  }

  const Content& some_fields(std::string_view text, const std::vector<std::string>& names) {
    const Content& content = facts_.contents.of(text);
    std::vector<Field> fields;
    for (const std::string& name : names) {
      const FieldNo field = facts_.contents.field(name);
      fields.push_back({field, content.value(field)});
    }
    return facts_.contents.made_of(std::move(fields));
  }

  // A change does not name the fields that were the server's already, as its device knew it.
  const Content& left_out(const RecordFacts& item, const FrozenChange& change) {
    std::vector<Field> fields = facts_.contents.of(change.content).fields();
    const std::vector<const Content*> known = known_to(item, frozen_at(change));
    std::erase_if(fields, [&](const Field& field) {
      return std::ranges::none_of(
          known, [&](const Content* content) { return content->value(field.name) == field.value; });
    });
    return facts_.contents.made_of(std::move(fields));
  }

  Index frozen_at(const FrozenChange& change) const {
    for (const Freeze& freeze : facts_.freezes) {
      const bool here = index(freeze.lane) == lane_ && freeze.what->change == change.change;
      if (here) return freeze.event;
    }
    return none;
  }

  // The versions that the device had known before an event; a backup may have taken some of them.
  // A repeated answer tells what is stored by then, and does not say which it is.
  std::vector<const Content*> known_to(const RecordFacts& item, Index event) const {
    const auto learned = [&](const Commit& commit) {
      return std::ranges::any_of(item.learned, [&](const Learned& known) {
        return index(known.lane) == lane_ && known.event < event && known.rev == commit.row().rev;
      });
    };
    const auto repeated = [&](const Commit& commit) {
      return std::ranges::any_of(facts_.acks, [&](const Ack& ack) {
        return index(ack.lane) == lane_ && ack.record == commit.record && ack.event < event &&
               ack.what->status == Status::duplicate && commit.event < ack.event;
      });
    };
    std::vector<const Content*> known;
    for (const Index at : item.commits) {
      const Commit& commit = facts_.commits[at];
      if (event != none && (learned(commit) || repeated(commit))) known.push_back(commit.content);
    }
    return known;
  }

  // What the server has of it is its redaction, or nothing: otherwise it has another text.
  bool redacted_to(ValueNo text, ValueNo stored) const {
    return stored == ValueNo::absent ||
           redaction_of(facts_.contents.text(text), facts_.contents.text(stored));
  }

  const Content& redacted_fields(const DeviceRecord& kept) {
    const Content& content = facts_.contents.of(kept.content);
    const Content& stored = facts_.contents.of(kept.shadow ? kept.shadow->content : "");
    std::vector<Field> fields;
    for (const std::string& name : kept.redacted) {
      const FieldNo field = facts_.contents.field(name);
      const ValueNo text = content.value(field);
      if (redacted_to(text, stored.value(field))) fields.push_back({field, text});
    }
    return facts_.contents.made_of(std::move(fields));
  }

  Facts& facts_;
  std::string_view user_;
  Index lane_ = none;
};

}  // namespace

void collect_holdings(Facts& facts) {
  Collector(facts).run();
}

}  // namespace studiosync::e2e::judging
