// Keys and tokens of databases, analytics and monitoring, as their providers document them.
#include "core/sanitizer/text/provider_tables.hpp"

namespace studiosync {
namespace {

constexpr std::array formats{
    TokenFormat{.rule = {"provider.databricks_token", "Databricks token", opens_account,
                         "da"
                         "pic1ecf366d8d89b174926c1ac4740601b"},
                .prefixes = {"dapi"},
                .parts = {run(chars::hex, 32), run(chars::dash_digit, 0, 2)}},
    TokenFormat{.rule = {"provider.databricks_secret", "Databricks OAuth secret",
                         "Stands for a service principal.",
                         "do"
                         "sec5fb6d22006739ac57f5734bb1c22d07"},
                .prefixes = {"dose"},
                .parts = {run(chars::hex, 32)}},
    TokenFormat{.rule = {"provider.snowflake_token", "Snowflake session token",
                         "Acts as a user until it expires.",
                         "ve"
                         "r:1-hint:49002773764215526214-/"
                         "A2GR8D6ZY2IvAs77FQKhG3DV+zD8KPxnb+4MEB0oP+CnkDs22AZbvkLcrSV"},
                .prefixes = {"ver:1-hint:"},
                .parts = {run(chars::digit, 1, 20), "-", run(chars::base64, 60, 2000),
                          run(chars::padding, 0, 2)}},
    TokenFormat{.rule = {"provider.dbt_token", "dbt Cloud token", opens_account,
                         "db"
                         "tc_nNFQ560Ov9cf3JepogK4kKHV88yv9iyeWcaSwm5d"},
                .prefixes = {"dbtc_", "dbtu_"},
                .parts = {run(chars::base64url, 26, 80)}},
    TokenFormat{.rule = {"provider.confluent_secret", "Confluent Cloud API secret",
                         "The secret of a key pair of Confluent Cloud.",
                         "cf"
                         "ltrNPoMLd86sLeYSwTF5R9saZeNMVZ/6yPUGfUFvf0YFfkug+8Q3Eq7o7uPU19"},
                .prefixes = {"cflt"},
                .parts = {run(chars::base64, 60)}},
    TokenFormat{.rule = {"provider.aiven_password", "Aiven service password",
                         "Logs in to a database of Aiven.",
                         "AV"
                         "NS_cIYRdpRYemmZ6vOIswBsmOnLzcYw"},
                .prefixes = {"AVNS_"},
                .parts = {run(chars::base64url, 15, 28)}},
    TokenFormat{
        .rule = {"provider.planetscale_password", "PlanetScale password or token", opens_account,
                 "ps"
                 "cale_tkn_iNEHZAO66eExQe2rrejjflerO6WsQkU87qcxhziN"},
        .prefixes = {"pscale_tkn_", "pscale_pw_", "pscale_oauth_"},
        .parts = {run(chars::dotted, 30, 72)}},
    TokenFormat{.rule = {"provider.neon_key", "Neon API key", opens_account,
                         "na"
                         "pi_ntme5xiirbx80iq9nmu6uuk25waf4tuj368w1e1wcreq67afj4"},
                .prefixes = {"napi_"},
                .parts = {run(chars::lower_digit, 50, 80)}},
    TokenFormat{.rule = {"provider.neon_password", "Neon database password",
                         "Logs in to a database of Neon.",
                         "np"
                         "g_9ndFxmRQO3XN4x4Czwd9YkVyupFmluyahz2GIjNm"},
                .prefixes = {"npg_"},
                .parts = {run(chars::alnum, 10, 40)},
                .body = Body::mixed_case},
    TokenFormat{.rule = {"provider.supabase_token", "Supabase access token", opens_account,
                         "sb"
                         "p_84e371c32b0129b66cbb0250417aab3a92bc09e6"},
                .prefixes = {"sbp_", "sbp_oauth_", "sbp_v0_"},
                .parts = {run(chars::hex, 40)}},
    TokenFormat{.rule = {"provider.supabase_secret_key", "Supabase secret key",
                         "Reads and writes a database around its row policies.",
                         "sb"
                         "_secret_xmj4yUdoIZPSMmLruWORVrupGmsF8WXAdXKWPBsx"},
                .prefixes = {"sb_secret_"},
                .parts = {run(chars::base64url, 24, 56)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.xata_key", "Xata API key", opens_account,
                         "xa"
                         "u_VmHiLt8Pn9213mw88ck58ldpZJ4YsroPcH3DTJI9"},
                .prefixes = {"xau_"},
                .parts = {run(chars::alnum, 24, 64)}},
    TokenFormat{.rule = {"provider.mongodb_atlas_secret", "MongoDB Atlas service account secret",
                         opens_account,
                         "md"
                         "b_sa_sk_dZGvjw0Pe2PHGHuONxBVgUCV4CFpxjPr8gkknsA3"},
                .prefixes = {"mdb_sa_sk_"},
                .parts = {run(chars::base64url, 36, 48)}},
    TokenFormat{.rule = {"provider.cockroach_key", "CockroachDB Cloud secret key", opens_account,
                         "CC"
                         "DB1_9tFNDRTUUGQn24Ol6OCMAY_Va9V7DzmCICTJurwJGe8vQXiSrCT3Cg72dWQz0lD"},
                .prefixes = {"CCDB1_"},
                .parts = {run(chars::alnum, 22), "_", run(chars::alnum, 40)}},
    TokenFormat{.rule = {"provider.tinybird_token", "Tinybird token",
                         "Reads or writes the data sources of a workspace.",
                         "p."
                         "eyJNmnvzr6QNLBFHU8SSY9RKDG2XbOSxWXGwJd69uNa."
                         "LaT1EDcxKO3K0ycnv0fD15shv9IUHolXpJSfAd2E"},
                .prefixes = {"p.eyJ"},
                .parts = {run(chars::base64url, 30, 400), ".", run(chars::base64url, 20, 100)}},
    TokenFormat{.rule = {"provider.elastic_token", "Elastic API key", opens_account,
                         "es"
                         "su_UbvexPs+d4BEcOaoJwVGMlcb+WBhXuwrTNdSlpwL"},
                .prefixes = {"essu_"},
                .parts = {run(chars::base64, 40, 200), run(chars::padding, 0, 2)}},
    TokenFormat{.rule = {"provider.materialize_password", "Materialize app password", opens_account,
                         "mz"
                         "p_74aaad7fa1e61d027547f83f45b34ca46fff06bbb67572f82a4980dde6e0351b"},
                .prefixes = {"mzp_"},
                .parts = {run(chars::hex, 64)}},
    TokenFormat{.rule = {"provider.metabase_key", "Metabase API key", opens_account,
                         "mb"
                         "_W0sZ3iLuav2nqSAKzuFNwEIHUTy3hyPtmKjA4H+JkhX="},
                .prefixes = {"mb_"},
                .parts = {run(chars::base64, 43), run(chars::padding, 1)}},
    TokenFormat{.rule = {"provider.new_relic_key", "New Relic key",
                         "A user, insights, REST or browser key of New Relic.",
                         "NR"
                         "AK-upJIp5tg3ua9qpP9HkyezG0L42TztuAgAliIRY09"},
                .prefixes = {"NRAK-", "NRII-", "NRRA-", "NRIQ-", "NRJS-", "NRSP-"},
                .parts = {run(chars::base64url, 18, 64)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.new_relic_license", "New Relic license key",
                         "Writes telemetry to an account.",
                         "rb"
                         "ajiazddj5gimecf6ipjso5z8myg7hhnrkcNRAL"},
                .prefixes = {"NRAL"},
                .parts = {},
                .before = run(chars::new_relic, 36)},
    TokenFormat{.rule = {"provider.grafana_cloud_token", "Grafana Cloud token", opens_account,
                         "gl"
                         "c_2OT6kNNoDMV4pLIZaADdCruZ/reFfvQEujQvzOr7"},
                .prefixes = {"glc_"},
                .parts = {run(chars::base64, 32, 400), run(chars::padding, 0, 2)}},
    TokenFormat{
        .rule = {"provider.grafana_service_token", "Grafana service account token", opens_account,
                 "gl"
                 "sa_GNUJFfwZBqZDG3lpTZYrBYH620n5E6ZQ_c8d97090"},
        .prefixes = {"glsa_"},
        .parts = {run(chars::alnum, 32), "_", run(chars::hex_any, 8)}},
    TokenFormat{.rule = {"provider.grafana_api_key", "Grafana API key",
                         "The encoded form of {\"k\":…}, an older key of Grafana.",
                         "ey"
                         "JrIjoiSqKc1eJJb+wGYHmyxoQjOjIgLFLa4VGTd65YiKTYiwQxmYPoDEXHXz6VX2jh"},
                .prefixes = {"eyJrIjoi"},
                .parts = {run(chars::base64, 60, 400), run(chars::padding, 0, 2)}},
    TokenFormat{.rule = {"provider.honeycomb_key", "Honeycomb key", opens_account,
                         "hc"
                         "aik_har5wma6wn5tm2b68b6g68x0sukomsymcnmfxtid"},
                .prefixes = {"hcaik_", "hcbik_", "hcxik_", "hcamk_", "hcxmk_", "hcalk_", "hcxlk_"},
                .parts = {run(chars::lower_digit, 32, 80)}},
    TokenFormat{.rule = {"provider.dynatrace_token", "Dynatrace token", opens_account,
                         "dt"
                         "0c01.x8UXBVYjZ790JznFaT7NgT9wqdFyA8D9Nmz7axqc."
                         "MA6D4R9TDZNSJ5RMDB1UUSEGXP8EQBL7W0LX2HCKX5VF0HOO21R15ZBA"},
                .prefixes = {"dt0c01.", "dt0s01.", "dt0s02.", "dt0s03.", "dt0s06.", "dt0s08.",
                             "dt0s16.", "dt0a01."},
                .parts = {run(chars::dashed, 8, 40), ".", run(chars::upper_digit, 56, 72)}},
    TokenFormat{.rule = {"provider.posthog_key", "PostHog personal API key", opens_account,
                         "ph"
                         "x_H1BSpY23Tu09puApmA0iwI5KKXTL6nVnRYcY0CDN"},
                .prefixes = {"phx_"},
                .parts = {run(chars::alnum, 40, 64)}},
    TokenFormat{.rule = {"provider.statsig_key", "Statsig server secret", opens_account,
                         "se"
                         "cret-ISez46M3MhLvH5K8XptVIB5wmjUQAtCzs9OJm4oL"},
                .prefixes = {"secret-"},
                .parts = {run(chars::alnum, 40, 48)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.logfire_token", "Pydantic Logfire token", opens_account,
                         "py"
                         "lf_v1_rg6gtpQuiy8wZIUN3Vl3hBiehAQDArUSlnpXyUK1"},
                .prefixes = {"pylf_v1_"},
                .parts = {run(chars::word, 40, 70)}}};

}  // namespace

TokenTable data_formats() {
  return table_of<formats>();
}

}  // namespace studiosync
