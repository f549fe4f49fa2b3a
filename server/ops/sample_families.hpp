// A sample of other rooms' numbers as Prometheus metric families.
#pragma once

#include <prometheus/metric_family.h>

#include <vector>

#include "server/ops/metrics.hpp"

namespace studiosync::server {

std::vector<prometheus::MetricFamily> sample_families(const MetricsSample& sample);

}  // namespace studiosync::server
