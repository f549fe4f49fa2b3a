// From values to places on a chart, and where an axis has its marks.
#pragma once

#include <string>
#include <vector>

namespace studiosync::load {

class Scale {
 public:
  // From 0 to a round number at or above `largest`.
  static Scale linear(double largest);
  // From 0 to exactly `largest`, above 0: the last mark may lie before the end.
  static Scale up_to(double largest);
  // Whole decades around the values, which are positive.
  static Scale logarithmic(double smallest, double largest);

  // 0 at the low end, 1 at the high one; values beyond an end are at it.
  double place(double value) const noexcept;
  // Rising, at round numbers; three to eight.
  const std::vector<double>& marks() const noexcept { return marks_; }

 private:
  double low_ = 0;
  double high_ = 1;
  bool logarithmic_ = false;
  std::vector<double> marks_;
};

}  // namespace studiosync::load
