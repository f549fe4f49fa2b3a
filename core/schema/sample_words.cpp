#include "core/schema/sample_words.hpp"

#include <array>

namespace studiosync::sample {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array service_words{"orders"sv,    "billing"sv, "catalog"sv,   "identity"sv,
                                   "warehouse"sv, "search"sv,  "analytics"sv, "payments"sv,
                                   "support"sv,   "ledger"sv,  "shipping"sv,  "crm"sv};
constexpr std::array environment_words{"production"sv, "staging"sv, "development"sv, "testing"sv,
                                       "reporting"sv};
constexpr std::array region_words{"eu-central-1"sv, "us-east-1"sv, "ap-south-1"sv, "eu-west-3"sv};
constexpr std::array people_words{"amelia"sv,     "jonas.weber"sv, "readonly"sv, "report_reader"sv,
                                  "svc_studio"sv, "mei.tanaka"sv,  "olufemi"sv,  "dba"sv};
constexpr std::array folder_words{"Reports"sv,           "Reports/Monthly"sv, "Ad hoc"sv,
                                  "Maintenance"sv,       "Onboarding"sv,      "Finance/Closing"sv,
                                  "Support/Escalation"sv};
constexpr std::array tag_words{"finance"sv, "weekly"sv,  "kpi"sv,    "cleanup"sv, "slow"sv,
                               "draft"sv,   "audited"sv, "growth"sv, "münchen"sv, "incident"sv};
constexpr std::array color_words{"#d7263d"sv, "#1b998b"sv, "#2e294e"sv, "#f46036"sv, "#c5d86d"sv};
constexpr std::array icon_words{"database"sv, "server"sv, "cloud"sv, "leaf"sv, "chart"sv};
constexpr std::array topic_words{
    "Revenue by region"sv,        "Late shipments"sv,          "Churned customers"sv,
    "Stock below threshold"sv,    "Open invoices"sv,           "Refund rate by category"sv,
    "Slowest endpoints"sv,        "Duplicate customers"sv,     "Cohort retention"sv,
    "Tickets without an owner"sv, "Average basket"sv,          "Überfällige Rechnungen"sv,
    "Orders per hour"sv,          "Inventory reconciliation"sv};
constexpr std::array sentence_words{
    "The join multiplies rows because an order can have several payments."sv,
    "Group by the customer first and join the totals afterwards."sv,
    "An index on the foreign key and the date would turn the scan into a range read."sv,
    "Please show only customers who ordered in the last quarter."sv,
    "The plan estimates ten rows and reads two million, so the statistics are stale."sv,
    "This counts each month once, also months without any order."sv,
    "Rows that were cancelled before shipping are left out."sv,
    "Use a window function to rank the products inside each category."sv,
    "The numbers match the finance report of last month to the cent."sv,
    "Time zones matter here: the shop closes its day at midnight in Berlin."sv,
    "Run it on the replica, the primary is busy until noon."sv,
    "A left join keeps customers who never ordered; their total is zero."sv};
constexpr std::array error_words{
    "ERROR: relation \"order_item\" does not exist at character 61"sv,
    "Unknown column 'c.region' in 'where clause'"sv,
    "ORA-00942: table or view does not exist"sv,
    "canceling statement due to statement timeout"sv,
    "Deadlock found when trying to get lock; try restarting transaction"sv,
    "no such column: shipped_on"sv,
    "Arithmetic overflow error converting numeric to data type numeric."sv};

constexpr std::array order_columns{"customer_id"sv, "status"sv,  "total"sv,
                                   "currency"sv,    "channel"sv, "created_at"sv};
constexpr std::array order_states{"new"sv, "paid"sv, "shipped"sv, "returned"sv};
constexpr std::array customer_columns{"email"sv,  "full_name"sv, "region"sv,
                                      "status"sv, "balance"sv,   "signed_up_at"sv};
constexpr std::array customer_states{"active"sv, "dormant"sv, "closed"sv};
constexpr std::array invoice_columns{"order_id"sv, "status"sv, "amount"sv, "due_on"sv,
                                     "issued_at"sv};
constexpr std::array invoice_states{"open"sv, "paid"sv, "overdue"sv, "written off"sv};
constexpr std::array product_columns{"sku"sv,    "title"sv, "category"sv,
                                     "status"sv, "price"sv, "updated_on"sv};
constexpr std::array product_states{"listed"sv, "sold out"sv, "retired"sv};
constexpr std::array shipment_columns{"order_id"sv,  "carrier"sv,      "status"sv,
                                      "weight_kg"sv, "delivered_at"sv, "country"sv};
constexpr std::array shipment_states{"packed"sv, "in transit"sv, "delivered"sv, "lost"sv};
constexpr std::array ticket_columns{"customer_id"sv, "subject"sv,   "status"sv,
                                    "priority"sv,    "opened_at"sv, "assignee"sv};
constexpr std::array ticket_states{"open"sv, "waiting"sv, "solved"sv, "can't reproduce"sv};

constexpr std::array table_list{
    Table{"orders", "o", "created_at", "total", order_columns, order_states},
    Table{"customers", "c", "signed_up_at", "balance", customer_columns, customer_states},
    Table{"invoices", "i", "issued_at", "amount", invoice_columns, invoice_states},
    Table{"products", "p", "updated_on", "price", product_columns, product_states},
    Table{"shipments", "s", "delivered_at", "weight_kg", shipment_columns, shipment_states},
    Table{"tickets", "t", "opened_at", "priority", ticket_columns, ticket_states},
};

constexpr std::array on_off{"true"sv, "false"sv};
constexpr std::array themes{"\"dark\""sv, "\"light\""sv, "\"system\""sv};
constexpr std::array sizes{"12"sv, "13"sv, "14"sv, "16"sv};
constexpr std::array row_limits{"100"sv, "500"sv, "1000"sv};
constexpr std::array fonts{"\"JetBrains Mono\""sv, "\"Fira Code\""sv, "\"Menlo\""sv};
constexpr std::array date_forms{"\"yyyy-MM-dd HH:mm:ss\""sv, "\"dd.MM.yyyy\""sv};
constexpr std::array models{"\"fast\""sv, "\"thorough\""sv};
constexpr std::array locales{"\"en-GB\""sv, "\"de-DE\""sv, "\"ja-JP\""sv};
constexpr std::array shortcuts{
    "{\"complete\":\"Ctrl+Space\",\"format\":\"Shift+Alt+F\",\"run\":\"Ctrl+Enter\"}"sv,
    "{\"complete\":\"Tab\",\"run\":\"F5\"}"sv};
constexpr std::array panels{"{\"bottom\":240,\"left\":280,\"right\":0}"sv,
                            "{\"bottom\":180,\"left\":320,\"right\":360}"sv};

constexpr std::array setting_list{
    Setting{"theme", "appearance", themes},
    Setting{"appearance.locale", "appearance", locales},
    Setting{"appearance.compact", "appearance", on_off},
    Setting{"editor.font_size", "editor", sizes},
    Setting{"editor.font_family", "editor", fonts},
    Setting{"editor.word_wrap", "editor", on_off},
    Setting{"editor.line_numbers", "editor", on_off},
    Setting{"editor.uppercase_keywords", "editor", on_off},
    Setting{"editor.shortcuts", "editor", shortcuts},
    Setting{"grid.page_rows", "grid", row_limits},
    Setting{"grid.date_format", "grid", date_forms},
    Setting{"grid.zebra", "grid", on_off},
    Setting{"layout.panels", "layout", panels},
    Setting{"history.keep_rows", "history", row_limits},
    Setting{"assistant.model", "assistant", models},
    Setting{"assistant.explain_plans", "assistant", on_off},
    Setting{"sync.on_metered", "sync", on_off},
};

}  // namespace

std::span<const Table> tables() noexcept {
  return table_list;
}
std::span<const Setting> settings() noexcept {
  return setting_list;
}
Words services() noexcept {
  return service_words;
}
Words environments() noexcept {
  return environment_words;
}
Words regions() noexcept {
  return region_words;
}
Words people() noexcept {
  return people_words;
}
Words folders() noexcept {
  return folder_words;
}
Words tags() noexcept {
  return tag_words;
}
Words colors() noexcept {
  return color_words;
}
Words icons() noexcept {
  return icon_words;
}
Words topics() noexcept {
  return topic_words;
}
Words sentences() noexcept {
  return sentence_words;
}
Words errors() noexcept {
  return error_words;
}

std::string prose(Random& random, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) {
    text.append(text.empty() ? "" : " ").append(pick(random, sentences()));
  }
  return text;
}

}  // namespace studiosync::sample
