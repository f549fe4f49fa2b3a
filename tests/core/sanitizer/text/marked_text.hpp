// Texts with their secrets marked: "pwd=‹hunter2›;". Removes the marks, runs anchors over what is
// left, and marks what was found.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/sanitizer/text/anchor.hpp"
#include "core/sanitizer/text/anchor_matcher.hpp"

namespace studiosync {

inline constexpr std::string_view open_mark = "‹";
inline constexpr std::string_view close_mark = "›";

inline std::string without_marks(std::string_view marked) {
  std::string text(marked);
  for (const std::string_view mark : {open_mark, close_mark}) {
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) {
      text.erase(at, mark.size());
    }
  }
  return text;
}

// Rule ids of what the anchors find, in the order of finding, and the hits.
inline Hits hits_in(std::span<const Anchor> anchors, std::string_view text, TextKind kind) {
  std::vector<Anchor> used;
  std::copy_if(anchors.begin(), anchors.end(), std::back_inserter(used),
               [&](const Anchor& anchor) { return kind == TextKind::prose || anchor.in_code; });
  Hits hits;
  TextScan scan{.text = text, .kind = kind, .hits = hits};
  AnchorMatcher(std::move(used)).run(scan);
  return hits;
}

// Overlapping and touching hits come as one.
inline std::string with_marks(std::string_view text, Hits hits) {
  std::sort(hits.begin(), hits.end(),
            [](const Hit& left, const Hit& right) { return left.begin < right.begin; });
  std::string marked;
  std::size_t done = 0;
  for (std::size_t i = 0; i < hits.size();) {
    std::size_t end = hits[i].end();
    const std::size_t begin = hits[i].begin;
    for (++i; i < hits.size() && hits[i].begin <= end; ++i) end = std::max(end, hits[i].end());
    marked.append(text.substr(done, begin - done)).append(open_mark);
    marked.append(text.substr(begin, end - begin)).append(close_mark);
    done = end;
  }
  return marked.append(text.substr(done));
}

inline std::string found_in(std::span<const Anchor> anchors, std::string_view text,
                            TextKind kind = TextKind::prose) {
  return with_marks(text, hits_in(anchors, text, kind));
}

// The text with [REDACTED] in the place of what is marked.
inline std::string redacted_marks(std::string_view marked) {
  std::string text;
  while (true) {
    const std::size_t open = marked.find(open_mark);
    const std::size_t close = marked.find(close_mark);
    text.append(marked.substr(0, open));
    if (open == std::string_view::npos || close == std::string_view::npos) return text;
    text.append(redaction_mark);
    marked.remove_prefix(close + close_mark.size());
  }
}

}  // namespace studiosync
