#include "bench/stack/figure.hpp"

#include <algorithm>

namespace studiosync::bench {
namespace {

Json to_json(const Headline& headline, bool quiet) {
  return Json::object()
      .set("name", headline.name)
      .set("unit", headline.unit)
      .set("measured", headline.measured)
      .set("limit", headline.limit)
      .set("limit_meaning", headline.limit_meaning)
      .set("ratio", headline.ratio())
      .set("target", headline.target)
      .set("goal", headline.goal == Headline::Goal::at_most ? "at_most" : "at_least")
      .set("noise", headline.noise)
      .set("met", quiet && headline.met());
}

Json to_json(const Figure& figure) {
  Json headlines = Json::array();
  for (const Headline& headline : figure.headlines) {
    headlines.push_back(to_json(headline, figure.quiet));
  }
  return Json::object()
      .set("name", figure.name)
      .set("quiet", figure.quiet)
      .set("limits", figure.limits)
      .set("headlines", std::move(headlines))
      .set("details", figure.details);
}

template <class... Values>
void append_line(std::string& text, const char* format, Values... values) {
  text.append(text_of(format, values...)).append("\n");
}

double microseconds(const Json& limits, std::string_view key) {
  return limits.find(key)->as_double();
}

const char* outcome(const Headline& headline, bool quiet) {
  if (!quiet) return "void";
  return headline.met() ? "met" : "MISSED";
}

void append_figure(std::string& text, const Figure& figure) {
  append_line(text, "\n%s: F %.0f us (before %.0f, after %.0f), H %.1f us", figure.name.c_str(),
              microseconds(figure.limits, "fsync_us"),
              microseconds(figure.limits, "fsync_before_us"),
              microseconds(figure.limits, "fsync_after_us"), microseconds(figure.limits, "hop_us"));
  for (const Headline& line : figure.headlines) {
    append_line(text, "  %-34s %10.0f %-9s %7.2f x %-18s target %s %8.0f  %s", line.name.c_str(),
                line.measured, line.unit.c_str(), line.ratio(), line.limit_meaning.c_str(),
                line.goal == Headline::Goal::at_most ? "<=" : ">=", line.target,
                outcome(line, figure.quiet));
  }
  if (!figure.remark.empty()) text.append("  ").append(figure.remark).append("\n");
  if (figure.quiet) return;
  append_line(text, "  The machine was busy (F is %.0f us when left alone): repeat.",
              microseconds(figure.limits, "fsync_p10_us"));
}

}  // namespace

Headline at_most(std::string name, const std::vector<Seconds>& samples, double percent,
                 const Limit& limit, Seconds target) {
  return {.name = std::move(name),
          .unit = "us",
          .measured = micros(percentile(samples, percent)),
          .limit = micros(limit.value),
          .limit_meaning = limit.meaning,
          .target = micros(target),
          .noise = noise(samples, percent)};
}

Verdict verdict(const std::vector<Figure>& figures) {
  const bool missed = std::ranges::any_of(figures, [](const Figure& figure) {
    return figure.quiet && !std::ranges::all_of(figure.headlines, &Headline::met);
  });
  if (missed) return Verdict::missed;
  return std::ranges::all_of(figures, &Figure::quiet) ? Verdict::met : Verdict::none;
}

Json to_json(const std::vector<Figure>& figures) {
  Json all = Json::array();
  for (const Figure& figure : figures) all.push_back(to_json(figure));
  return Json::object().set("figures", std::move(all));
}

std::string to_table(const std::vector<Figure>& figures) {
  std::string text;
  for (const Figure& figure : figures) append_figure(text, figure);
  return text;
}

Json samples_json(const std::vector<Seconds>& samples) {
  Json values = Json::array();
  for (const Seconds sample : samples) values.push_back(micros(sample));
  return values;
}

}  // namespace studiosync::bench
