// Round numbers at an axis, as short as they can be.
#pragma once

#include <string>

namespace studiosync::load {

std::string duration_label(double microseconds);  // `500 µs`, `2.5 ms`, `10 s`
std::string seconds_label(double seconds);        // `90 s`
std::string count_label(double count);            // `850`, `1.2k`, `3M`
std::string bytes_label(double bytes);            // `2.5 MB`
std::string percent_label(double share);          // `0.5 %`

}  // namespace studiosync::load
