#include "loadtest/report/style.hpp"

namespace studiosync::load {
namespace {

// The series' colours keep apart for the colour-blind (after Okabe and Ito), in a dark and a light
// variant of the same hues.
constexpr std::string_view css = R"(
:root { color-scheme: light dark;
  --page: #f5f6f8; --card: #ffffff; --ink: #1b2330; --soft: #5c6675; --rule: #e3e6eb;
  --good: #0b7a4b; --bad: #b3261e; --warn: #9a5b00;
  --c1: #1f6fc4; --c2: #d97706; --c3: #c2344b; --c4: #0f8f6f; --c5: #8a4fbf; --c6: #8b94a3; }
@media (prefers-color-scheme: dark) { :root {
  --page: #12161d; --card: #1b212b; --ink: #e7ebf1; --soft: #9aa5b5; --rule: #2d3644;
  --good: #4fcf97; --bad: #ff8a80; --warn: #f3b45c;
  --c1: #6cb2ff; --c2: #ffb454; --c3: #ff7b8d; --c4: #45d6ac; --c5: #c79bff; --c6: #7e899b; } }
.c1 { --series: var(--c1); } .c2 { --series: var(--c2); } .c3 { --series: var(--c3); }
.c4 { --series: var(--c4); } .c5 { --series: var(--c5); } .c6 { --series: var(--c6); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; }
main { max-width: 1240px; margin: 0 auto; padding: 32px 20px 56px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0; letter-spacing: -0.01em; }
h2 { font-size: 17px; margin: 36px 0 12px; }
h3 { font-size: 15px; margin: 0; }
p { margin: 0; }
.soft, figcaption p { color: var(--soft); }
header { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: center; }
header .soft { flex-basis: 100%; }
.verdict { border-radius: 999px; padding: 2px 14px; font-weight: 650; border: 1.5px solid;
  letter-spacing: 0.02em; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.notice { margin-top: 16px; padding: 10px 14px; border-left: 4px solid var(--warn);
  background: var(--card); border-radius: 4px; }
.tiles { display: grid; gap: 12px; margin-top: 22px;
  grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); }
.tile, figure, .table { background: var(--card); border: 1px solid var(--rule);
  border-radius: 10px; }
.tile { padding: 12px 16px; }
.tile b { display: block; white-space: nowrap; font-size: 21px; line-height: 1.3;
  font-weight: 650; }
.tile span { color: var(--soft); font-size: 13px; }
.charts { display: grid; gap: 16px;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 480px), 1fr)); }
figure { margin: 0; padding: 14px 16px 10px; min-width: 0; }
figcaption p { font-size: 13px; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 8px 0 2px;
  padding: 0; font-size: 13px; }
.legend li::before { content: ""; display: inline-block; width: 14px; height: 4px;
  border-radius: 2px; margin-right: 6px; vertical-align: middle; background: var(--series); }
svg { display: block; width: 100%; height: auto; }
.grid { stroke: var(--rule); stroke-width: 1; }
.nothing { fill: var(--soft); font-size: 20px; }
.tick { fill: var(--soft); font-size: 12px; }
.line { fill: none; stroke: var(--series); stroke-width: 2; stroke-linejoin: round;
  stroke-linecap: round; }
.line.c6 { stroke-width: 1.25; }
.dot { fill: var(--series); }
.area { fill: var(--series); fill-opacity: 0.55; stroke: var(--series); stroke-width: 1; }
.bar { fill: var(--c1); fill-opacity: 0.75; }
.marker { stroke: var(--series); stroke-width: 2; stroke-dasharray: 4 3; }
.hit { fill: var(--ink); fill-opacity: 0; } .hit:hover { fill-opacity: 0.07; }
.table { overflow-x: auto; padding: 4px 16px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: right; padding: 7px 0 7px 20px; border-top: 1px solid var(--rule);
  white-space: nowrap; }
tr:first-child > * { border-top: 0; }
th { color: var(--soft); font-weight: 500; font-size: 13px; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
.words td { text-align: left; white-space: normal; overflow-wrap: anywhere; }
@media print { body { background: none; } figure, .tile, .table { break-inside: avoid; } }
)";

}  // namespace

std::string_view report_css() noexcept {
  return css;
}

}  // namespace studiosync::load
