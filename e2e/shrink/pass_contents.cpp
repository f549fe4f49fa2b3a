#include "e2e/shrink/ddmin.hpp"
#include "e2e/shrink/passes.hpp"

namespace studiosync::e2e {
namespace {

void drop_fields(Trial& trial, std::size_t step) {
  const Json data = trial.best().steps[step].data;
  if (!data.is_object()) return;
  ddmin(data.members().size(), [&](const std::vector<std::size_t>& kept) {
    Json::Object members;
    for (const std::size_t i : kept) members.push_back(data.members()[i]);
    return trial.attempt_with([&](Scenario& s) { s.steps[step].data = Json(std::move(members)); });
  });
}

// The first half, cut between characters.
std::string first_half(const std::string& text) {
  std::size_t end = text.size() / 2;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

void shorten_field(Trial& trial, std::size_t step, std::size_t field) {
  const auto attempt = [&](Json value) {
    return trial.attempt_with(
        [&](Scenario& s) { s.steps[step].data.members()[field].value = std::move(value); });
  };
  const auto value = [&]() -> const Json& {
    return trial.best().steps[step].data.members()[field].value;
  };
  if (value().is_array()) attempt(Json::array());
  if (value().is_object()) attempt(Json::object());
  while (value().is_string() && attempt(first_half(value().as_string()))) {
  }
}

void drop_expectations(Trial& trial, std::size_t step) {
  if (!trial.best().steps[step].expectation) return;
  const auto drop = [&](auto member) {
    trial.attempt_with([&](Scenario& s) { ((*s.steps[step].expectation).*member).reset(); });
  };
  drop(&Expectation::exists);
  drop(&Expectation::data);
  drop(&Expectation::count);
  drop(&Expectation::open_conflicts);
  drop(&Expectation::rejected);
  drop(&Expectation::link);
}

}  // namespace

void simplify_contents(Trial& trial) {
  for (std::size_t i = 0; i < trial.best().steps.size(); ++i) {
    drop_fields(trial, i);
    const Json& data = trial.best().steps[i].data;
    const std::size_t fields = data.is_object() ? data.members().size() : 0;
    for (std::size_t field = 0; field < fields; ++field) shorten_field(trial, i, field);
    drop_expectations(trial, i);
  }
}

}  // namespace studiosync::e2e
