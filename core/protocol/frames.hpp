// The members of each frame beside `type` and `id`: one writer and one reader a kind.
// Writers add to `frame`; readers report to the reader they are given.
#pragma once

#include "core/base/json.hpp"
#include "core/protocol/message.hpp"
#include "core/protocol/object_reader.hpp"

namespace studiosync {

void write_members(const Hello& hello, Json& frame);
void write_members(const Welcome& welcome, Json& frame);
void write_members(const Reauth& reauth, Json& frame);
void write_members(const Reauthed& reauthed, Json& frame);
Message read_hello(const ObjectReader& in);
Message read_welcome(const ObjectReader& in);
Message read_reauth(const ObjectReader& in);
Message read_reauthed(const ObjectReader& in);

void write_members(const Push& push, Json& frame);
void write_members(const Pushed& pushed, Json& frame);
Message read_push(const ObjectReader& in);
Message read_pushed(const ObjectReader& in);
// Moves each upsert's `data` out of the document that read_push has read without an error.
void adopt_data(Push& push, Json& document);

void write_members(const Pull& pull, Json& frame);
void write_members(const Changes& changes, Json& frame);
void write_members(const Changed& changed, Json& frame);
void write_members(const Ack& ack, Json& frame);
void write_members(const Snapshot& snapshot, Json& frame);
Message read_pull(const ObjectReader& in);
Message read_changes(const ObjectReader& in);
Message read_changed(const ObjectReader& in);
Message read_ack(const ObjectReader& in);
Message read_snapshot(const ObjectReader& in);

void write_members(const Reconcile& reconcile, Json& frame);
void write_members(const Reconciled& reconciled, Json& frame);
Message read_reconcile(const ObjectReader& in);
Message read_reconciled(const ObjectReader& in);

void write_members(const DigestRequest& request, Json& frame);
void write_members(const DigestAnswer& answer, Json& frame);
Message read_digest(const ObjectReader& in);  // either, by what is in it

void write_members(const ConflictsRequest& request, Json& frame);
void write_members(const Conflicts& conflicts, Json& frame);
void write_members(const Resolve& resolve, Json& frame);
void write_members(const Resolved& resolved, Json& frame);
Message read_conflicts(const ObjectReader& in);  // either, by what is in it
Message read_resolve(const ObjectReader& in);
Message read_resolved(const ObjectReader& in);

void write_members(const ErrorFrame& error, Json& frame);
void write_members(const Drain& drain, Json& frame);
void write_members(const Revoked& revoked, Json& frame);
Message read_error(const ObjectReader& in);
Message read_drain(const ObjectReader& in);
Message read_revoked(const ObjectReader& in);

// The values that several frames hold.
Json records_json(const std::vector<Record>& records);
Json results_json(const std::vector<ChangeResult>& results);
Record read_record(const ObjectReader& in);
std::vector<Record> read_records(const ObjectReader& in, std::string_view key);
ChangeResult read_result(const ObjectReader& in);
ConflictView read_conflict(const ObjectReader& in);

}  // namespace studiosync
