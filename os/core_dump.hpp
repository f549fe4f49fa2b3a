// Keeps what a process has in memory out of files that outlive it.
#pragma once

namespace studiosync::os {

// From now on this process leaves no core dump, nor may another of its user look into its memory
// (ptrace, /proc/PID/mem): both would show the credentials that pass through it. Programs that it
// starts decide for themselves. Where the kernel refuses, nothing else changes.
void forbid_core_dumps() noexcept;

}  // namespace studiosync::os
