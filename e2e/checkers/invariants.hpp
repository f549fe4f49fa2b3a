// The rules, one function each; rules.cpp says what each one means.
#pragma once

#include "e2e/checkers/report.hpp"

namespace studiosync::e2e::judging {

using Invariant = void (*)(const Facts& facts, Report& report);

void lost_edit(const Facts& facts, Report& report);
void lost_by_device(const Facts& facts, Report& report);
void lost_local(const Facts& facts, Report& report);
void undone_by_redaction(const Facts& facts, Report& report);
void blind_overwrite(const Facts& facts, Report& report);
void stale_wins(const Facts& facts, Report& report);
void unfair_clock(const Facts& facts, Report& report);
void resurrected(const Facts& facts, Report& report);
void private_survives(const Facts& facts, Report& report);
void applied_twice(const Facts& facts, Report& report);
void answer_changed(const Facts& facts, Report& report);
void stream_order(const Facts& facts, Report& report);
void base_ahead(const Facts& facts, Report& report);
void version_back(const Facts& facts, Report& report);
void rev_reused(const Facts& facts, Report& report);
void two_of_a_key(const Facts& facts, Report& report);
void seq_back(const Facts& facts, Report& report);
void durable(const Facts& facts, Report& report);
void cursor_back(const Facts& facts, Report& report);
void cursor_skipped(const Facts& facts, Report& report);
void diverged(const Facts& facts, Report& report);
void queue_stuck(const Facts& facts, Report& report);
void unasked_change(const Facts& facts, Report& report);
void many_copies(const Facts& facts, Report& report);
void copy_of_copy(const Facts& facts, Report& report);
void phantom_conflict(const Facts& facts, Report& report);
void echo_conflict(const Facts& facts, Report& report);
void leaked(const Facts& facts, Report& report);
void foreign(const Facts& facts, Report& report);

}  // namespace studiosync::e2e::judging
