#include "core/sanitizer/text/sentence_words.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

struct Entry {
  std::string_view word;
  WordKind kind;
};

template <std::size_t n>
constexpr auto sorted(std::array<Entry, n> entries) {
  std::sort(entries.begin(), entries.end(),
            [](const Entry& left, const Entry& right) { return left.word < right.word; });
  return entries;
}

constexpr auto link = WordKind::link;
constexpr auto to = WordKind::to;
constexpr auto verb = WordKind::verb;
constexpr auto filler = WordKind::filler;
constexpr auto preposition = WordKind::preposition;

constexpr auto words = sorted(std::to_array<Entry>({
    // English
    {"is", link},
    {"was", link},
    {"are", link},
    {"becomes", link},
    {"equals", link},
    {"being", link},
    {"be", link},
    {"to", to},
    {"from", to},
    {"into", to},
    {"set", verb},
    {"sets", verb},
    {"setting", verb},
    {"change", verb},
    {"changed", verb},
    {"changes", verb},
    {"changing", verb},
    {"reset", verb},
    {"resets", verb},
    {"resetting", verb},
    {"update", verb},
    {"updated", verb},
    {"updates", verb},
    {"rotate", verb},
    {"rotated", verb},
    {"switched", verb},
    {"alter", verb},
    {"now", filler},
    {"still", filler},
    {"just", filler},
    {"actually", filler},
    {"currently", filler},
    {"again", filler},
    {"simply", filler},
    {"really", filler},
    {"probably", filler},
    {"temporarily", filler},
    {"has", filler},
    {"have", filler},
    {"had", filler},
    {"been", filler},
    {"will", filler},
    {"should", filler},
    {"would", filler},
    {"can", filler},
    {"the", filler},
    {"new", filler},
    {"old", filler},
    {"following", filler},
    {"for", preposition},
    {"of", preposition},
    {"on", preposition},
    {"at", preposition},
    {"in", preposition},
    {"belonging", preposition},
    {"used", preposition},
    {"by", preposition},
    {"we", preposition},
    {"you", preposition},
    {"i", preposition},
    {"that", preposition},
    // German
    {"ist", link},
    {"war", link},
    {"lautet", link},
    {"lautete", link},
    {"heißt", link},
    {"auf", to},
    {"zu", to},
    {"von", to},
    {"geändert", verb},
    {"ändere", verb},
    {"ändern", verb},
    {"gesetzt", verb},
    {"setze", verb},
    {"setzen", verb},
    {"zurückgesetzt", verb},
    {"wurde", filler},
    {"wird", filler},
    {"jetzt", filler},
    {"nun", filler},
    {"noch", filler},
    {"neu", filler},
    {"aktuell", filler},
    {"für", preposition},
    {"vom", preposition},
    {"der", preposition},
    {"des", preposition},
    {"zum", preposition},
    {"zur", preposition},
    {"bei", preposition},
    // Spanish, Portuguese, Italian, French
    {"es", link},
    {"era", link},
    {"fue", link},
    {"será", link},
    {"é", link},
    {"foi", link},
    {"è", link},
    {"est", link},
    {"était", link},
    {"sera", link},
    {"a", to},
    {"à", to},
    {"por", to},
    {"vers", to},
    {"con", to},
    {"cambia", verb},
    {"cambiar", verb},
    {"cambié", verb},
    {"cambiada", verb},
    {"cambió", verb},
    {"cambiata", verb},
    {"cambiato", verb},
    {"mudei", verb},
    {"mude", verb},
    {"mudar", verb},
    {"alterada", verb},
    {"alterei", verb},
    {"alterar", verb},
    {"changer", verb},
    {"changez", verb},
    {"changé", verb},
    {"modifié", verb},
    {"remplacé", verb},
    {"nueva", filler},
    {"nuevo", filler},
    {"actual", filler},
    {"ahora", filler},
    {"nova", filler},
    {"atual", filler},
    {"agora", filler},
    {"nuova", filler},
    {"attuale", filler},
    {"adesso", filler},
    {"ora", filler},
    {"maintenant", filler},
    {"actuel", filler},
    {"ha", filler},
    {"sido", filler},
    {"stata", filler},
    {"été", filler},
    {"la", filler},
    {"le", filler},
    {"para", preposition},
    {"del", preposition},
    {"de", preposition},
    {"do", preposition},
    {"da", preposition},
    {"dos", preposition},
    {"di", preposition},
    {"della", preposition},
    {"per", preposition},
    {"pour", preposition},
    {"du", preposition},
    {"sur", preposition},
    {"en", preposition},
    {"em", preposition},
    {"no", preposition},
    {"su", preposition},
    // Dutch, Swedish, Danish, Polish, Russian, Turkish
    {"luidt", link},
    {"är", link},
    {"er", link},
    {"var", link},
    {"jest", link},
    {"był", link},
    {"było", link},
    {"brzmi", link},
    {"это", link},
    {"был", link},
    {"naar", to},
    {"till", to},
    {"til", to},
    {"na", to},
    {"z", to},
    {"на", to},
    {"с", to},
    {"gewijzigd", verb},
    {"veranderd", verb},
    {"ändrat", verb},
    {"ændret", verb},
    {"zmień", verb},
    {"zmienione", verb},
    {"zmieniłem", verb},
    {"смени", verb},
    {"сменил", verb},
    {"изменил", verb},
    {"поменял", verb},
    {"изменён", verb},
    {"nu", filler},
    {"nieuwe", filler},
    {"nowe", filler},
    {"teraz", filler},
    {"теперь", filler},
    {"сейчас", filler},
    {"новый", filler},
    {"artık", filler},
    {"voor", preposition},
    {"van", preposition},
    {"op", preposition},
    {"för", preposition},
    {"dla", preposition},
    {"od", preposition},
    {"для", preposition},
    {"от", preposition},
    {"к", preposition},
    {"у", preposition},
    {"için", preposition},
}));

// Those with the first byte b are the ones from first_word[b] to first_word[b + 1].
constexpr auto first_word = [] {
  std::array<std::uint16_t, 257> first{};
  for (const Entry& entry : words) ++first[static_cast<unsigned char>(entry.word.front()) + 1U];
  for (std::size_t i = 1; i < first.size(); ++i) {
    first[i] = static_cast<std::uint16_t>(first[i] + first[i - 1]);
  }
  return first;
}();

constexpr std::size_t word_bytes_max = 16;

}  // namespace

WordKind kind_of_word(std::string_view word) noexcept {
  if (word.empty() || word.size() > word_bytes_max) return WordKind::other;
  std::array<char, word_bytes_max> bytes{};
  std::transform(word.begin(), word.end(), bytes.begin(), to_lower);
  const std::string_view folded(bytes.data(), word.size());
  const auto initial = static_cast<unsigned char>(folded.front());
  for (std::size_t i = first_word[initial]; i < first_word[initial + 1U]; ++i) {
    if (words[i].word == folded) return words[i].kind;
  }
  return WordKind::other;
}

}  // namespace studiosync
