// Numbers as people read them.
#pragma once

#include <cstdint>
#include <string>

namespace studiosync::load {

std::string duration_of(double microseconds);  // `850 µs`, `3.42 ms`, `1.20 s`; `-` for NaN
std::string percent_of(double share);          // `0.42 %`
std::string rate_of(double per_second);        // `1234.5/s`
std::string times_of(double ratio);            // `1.31 times`
std::string bytes_of(double bytes);            // `3.4 MB`

}  // namespace studiosync::load
