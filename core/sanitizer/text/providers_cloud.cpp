// Keys and tokens of clouds, hosting, domains and networks, as their providers document them.
#include "core/sanitizer/text/provider_tables.hpp"

namespace studiosync {
namespace {

constexpr std::array formats{
    TokenFormat{
        .rule = {"provider.aws_access_key_id", "AWS access key id",
                 "The id of a key pair of Amazon Web Services; its secret is rarely far away.",
                 "AK"
                 "IALHTC60GH8SR0Y0OC"},
        .prefixes = {"AKIA", "ASIA", "ABIA", "ACCA"},
        .parts = {run(chars::upper_digit, 16)},
        .body = Body::no_word},
    TokenFormat{
        .rule = {"provider.aws_session_token", "AWS session token",
                 "The third part of temporary AWS credentials; it begins with an encoded name of "
                 "its issuer.",
                 "IQ"
                 "oJb3JpZ2luQXPJXIshvl91UbUv+6lnxTBnLtihC5jtapT0DlmJb2Jh6GUn65nkgqr9VXzm"},
        .prefixes = {"IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz", "FwoDYXdz", "FQoDYXdz"},
        .parts = {run(chars::base64, 60, 4000), run(chars::padding, 0, 2)}},
    TokenFormat{.rule = {"provider.aws_mws_token", "Amazon Marketplace (MWS) token",
                         "Authorizes calls for a seller of Amazon's marketplace.",
                         "am"
                         "zn.mws.34ec4f2f-BLEjLUrVdys5cwF0cBiNZfPeMg4"},
                .prefixes = {"amzn.mws."},
                .parts = {run(chars::hex_any, 8), "-", run(chars::dashed, 27)}},
    TokenFormat{
        .rule =
            {"provider.aws_bedrock_key", "Amazon Bedrock API key",
             "A long-term key that calls models at the account's expense.",
             "AB"
             "SKaAKCUU5IpmVC8QGg2q8E8psEKscuUzHch+05SQ8oJAVlOteOUhiA50SepWFEfP0ii2mMsJpC9v4YANaA"},
        .prefixes = {"ABSK"},
        .parts = {run(chars::base64, 80, 400), run(chars::padding, 0, 2)}},
    TokenFormat{.rule = {"provider.aws_bedrock_short_term_key", "Amazon Bedrock short-term API key",
                         "A presigned request that calls models for some hours.",
                         "be"
                         "drock-api-key-okgXH44vUzA8Eugn5/atlm/r4k+FUcFaXryT0FEt"},
                .prefixes = {"bedrock-api-key-"},
                .parts = {run(chars::base64, 40, 4000), run(chars::padding, 0, 2)}},
    TokenFormat{.rule = {"provider.aws_appsync_key", "AWS AppSync API key",
                         "Opens a GraphQL interface of AWS AppSync.",
                         "da"
                         "2-tkj1pkwxx5wq0qb73jpj9ab29g"},
                .prefixes = {"da2-"},
                .parts = {run(chars::lower_digit, 26)}},
    TokenFormat{.rule = {"provider.google_api_key", "Google API key",
                         "Calls Google's interfaces at its project's expense.",
                         "AI"
                         "zaTN6Y2GBSoycXHkeWMnkTbfSgd9MLDnzJqp0Jvzrz"},
                .prefixes = {"AIza"},
                .parts = {run(chars::base64url, 33, 40)}},
    TokenFormat{.rule = {"provider.google_oauth_secret", "Google OAuth client secret",
                         "With the public client id it stands for the application.",
                         "GO"
                         "CSPX-IzvZbaAEr9f8glFv6HRU45hZuexhximWkapFmVQN"},
                .prefixes = {"GOCSPX-"},
                .parts = {run(chars::base64url, 24, 40)}},
    TokenFormat{.rule = {"provider.google_oauth_token", "Google OAuth access token",
                         "Acts as a user or service account until it expires.",
                         "ya"
                         "29.KE7wcxiZN6Zo9cRKEipRG3LmRnpETg650HAAdr7r"},
                .prefixes = {"ya29."},
                .parts = {run(chars::dotted, 24, 2000)}},
    TokenFormat{.rule = {"provider.google_refresh_token", "Google OAuth refresh token",
                         "Yields new access tokens until it is revoked.",
                         "1/"
                         "/0qTIov7Adbv0PMjgeklqpKB9JnWcYh33fpVNQY0E1"},
                .prefixes = {"1//0"},
                .parts = {run(chars::base64url, 30, 400)}},
    TokenFormat{
        .rule = {"provider.google_hmac_key", "Google Cloud Storage HMAC key id",
                 "The id of a key pair for Google's storage; its secret is rarely far away.",
                 "GO"
                 "OG1EEL4QPXO68L0WD12P90O5GWJKW7WE5M8RPU4SFFTD29T2TEPGIL"},
        .prefixes = {"GOOG1E"},
        .parts = {run(chars::upper_digit, 50, 60)}},
    TokenFormat{.rule = {"provider.google_auth_key", "Google authorization key",
                         "The newer form of Google's API keys, bound to a service account.",
                         "AQ"
                         ".AbwBo4HgjN9NZErlRULip6m2jJWxqsHVpgHIRBuXtS"},
                .prefixes = {"AQ.Ab"},
                .parts = {run(chars::base64url, 30, 80)}},
    TokenFormat{.rule = {"provider.firebase_server_key", "Firebase Cloud Messaging server key",
                         "Sends messages to all devices of an application.",
                         "JT"
                         "LlgrNfiFe:"
                         "APA91bRCfphZfbRz5DYyt7ZI4wIdddwPE9DNRU4JIewp1jm0W6tIAekChWcWIsQYqsvyysCUt"
                         "oXATveaYN64UmkP3IFePd5v1RDtJ2Wyzo"},
                .prefixes = {":APA91b"},
                .parts = {run(chars::base64url, 100, 180)},
                .before = run(chars::base64url, 11)},
    TokenFormat{.rule = {"provider.azure_storage_key", "Azure storage or batch account key",
                         "The master key of a storage, batch, Cosmos DB or API Management account; "
                         "its signature stands before the end.",
                         "u1"
                         "Gk14pi0HahhX3gy8AHWW7J5Q+Q8rCZu1zFv7CpW7TNV8wy7vf3PxNePB1twfeIx0XTbaT/"
                         "Musb+AStdz5IPV=="},
                .prefixes = {"+ASt", "+ABa", "+AMC", "ACDb", "APIM"},
                .parts = {run(chars::base64, 6, 8), run(chars::padding, 0, 2)},
                .before = run(chars::base64, 76)},
    TokenFormat{
        .rule = {"provider.azure_messaging_key", "Azure Service Bus, Event Hubs, IoT or relay key",
                 "A shared access key of a messaging service; its signature stands before the end.",
                 "4C"
                 "hMM4PgxhNwyFAHlqCt6Vq7kKYj8KppS+ASbhwYNGa="},
        .prefixes = {"+ASb", "+AEh", "+ARm", "AIoT"},
        .parts = {run(chars::base64, 6), run(chars::padding, 1)},
        .before = run(chars::base64, 33)},
    TokenFormat{.rule = {"provider.azure_search_key", "Azure AI Search key",
                         "Reads or changes search indexes; its signature stands before the end.",
                         "5y"
                         "ss3nCnMOy7vVi6ZrEfD31SY0GQOiG95tJcYfqO33AzSeA5XkQ5"},
                .prefixes = {"AzSeA", "AzSeB", "AzSeC", "AzSeD"},
                .parts = {run(chars::alnum, 5)},
                .before = run(chars::alnum, 42)},
    TokenFormat{.rule = {"provider.azure_cache_key", "Azure Cache for Redis key",
                         "The password of a cache; its signature stands before the end.",
                         "1t"
                         "vdivYQUV9KRv6Q5jLqZckSK2iH6KQMpAzCadhiIsx="},
                .prefixes = {"AzCa"},
                .parts = {run(chars::alnum, 6), run(chars::padding, 1)},
                .before = run(chars::alnum, 33)},
    TokenFormat{.rule = {"provider.azure_function_key", "Azure Functions key",
                         "Calls functions of an application; its signature stands before the end.",
                         "Hp"
                         "ohcM2tA5JCmRpvLkQ8Zt79I8TrcObM8siX8PaNBYBpAzFu5La8O0=="},
                .prefixes = {"AzFu"},
                .parts = {run(chars::base64url, 6), run(chars::padding, 2)},
                .before = run(chars::base64url, 44)},
    TokenFormat{
        .rule = {"provider.azure_registry_key", "Azure Container Registry key",
                 "The password of a container registry; its signature stands before the end.",
                 "IC"
                 "S6TFL7aBDcvyv+xqEEM/0hFK14gH8W5c/hmTtgVN+ACRJeki6R"},
        .prefixes = {"+ACR"},
        .parts = {run(chars::alnum, 6)},
        .before = run(chars::base64, 42)},
    TokenFormat{
        .rule =
            {"provider.azure_devops_token", "Azure DevOps personal access token",
             "Acts as a user of Azure DevOps; its signature stands before the end.",
             "ny"
             "uiQZbfpnXyzl8jKrFApz0NSIzbUwuaDhLLxtnGbf3dMhOZ79Ra2dtn8vnh0pyibgfVHAzz90HdAZDOMxrw"},
        .prefixes = {"AZDO"},
        .parts = {run(chars::alnum, 4)},
        .before = run(chars::alnum, 76)},
    TokenFormat{.rule = {"provider.azure_annotated_key", "Azure key with the common annotation",
                         "Keys of Azure's newer services carry this mark at their 53rd character.",
                         "gw"
                         "a5AttavjtMthCPJaAW9rbYhBj6EUiZSwMNnL9aM7ZIpYgFUclbJQQJ9CBdSMAMHiAtjzbOxo7"
                         "RwgvtUo18mA"},
                .prefixes = {"JQQJ9"},
                .parts = {run(chars::alnum, 25, 29), run(chars::padding, 0, 2)},
                .before = run(chars::alnum, 52)},
    TokenFormat{.rule = {"provider.azure_client_secret", "Microsoft Entra client secret",
                         "With the public client id it stands for the application.",
                         "bZ"
                         "D7Q~7sqVPLzCZqEfmbTdAv8gVcmGLoDJz9gu8v"},
                .prefixes = {"7Q~", "8Q~", "9Q~"},
                .parts = {run(chars::az_secret, 31, 34)},
                .before = run(chars::az_secret, 3)},
    TokenFormat{.rule = {"provider.azure_sas_signature", "Azure shared access signature",
                         "Signs the query of a URL, which then opens the storage for anyone.",
                         "si"
                         "g=qkurQ5lTI6O4g9CYSvC4qTPmt8MqG0agTXA98cEZb/W="},
                .prefixes = {"sig="},
                .parts = {run(chars::base64, 43), run(chars::padding, 1)},
                .keeps_prefix = true},
    TokenFormat{.rule = {"provider.alibaba_access_key_id", "Alibaba Cloud access key id",
                         "The id of a key pair; its secret is rarely far away.",
                         "LT"
                         "AI0q3BrGG9a2HeINUFX1moNYND"},
                .prefixes = {"LTAI"},
                .parts = {run(chars::alnum, 12, 24)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.tencent_secret_id", "Tencent Cloud secret id",
                         "The id of a key pair; its secret is rarely far away.",
                         "AK"
                         "IDv4GpKsyClGJr4m3pxeN8vZA3Ta98xiUGAjUGUF6R"},
                .prefixes = {"AKID"},
                .parts = {run(chars::alnum, 28, 48)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.baidu_key", "Baidu Cloud API key", opens_account,
                         "bc"
                         "e-v3/ALTAK-9nIazNJISIKBAqTjBMweogas8rmGdeX9xF5uMTMB/"
                         "d42a58ab61e770ae0e6f8fe07a8801c20e96f848"},
                .prefixes = {"bce-v3/ALTAK-"},
                .parts = {run(chars::alnum, 10, 40), "/", run(chars::hex, 40)}},
    TokenFormat{.rule = {"provider.volcengine_access_key_id", "Volcengine access key id",
                         "The id of a key pair; its secret is rarely far away.",
                         "AK"
                         "LTZm1py8XeaVqB8TSxWUoOtJA3deOqYqbVg4bGtN4P"},
                .prefixes = {"AKLT"},
                .parts = {run(chars::base64, 40, 72), run(chars::padding, 0, 2)},
                .body = Body::mixed_case},
    TokenFormat{.rule = {"provider.yandex_api_key", "Yandex Cloud API key", opens_account,
                         "AQ"
                         "VN0Foh5GqJw3Ix4Y6W0rHTKwh521UQivGfyTmS3izo"},
                .prefixes = {"AQVN"},
                .parts = {run(chars::base64url, 34, 40)}},
    TokenFormat{.rule = {"provider.yandex_iam_token", "Yandex Cloud IAM token",
                         "Acts as a service account for some hours.",
                         "t1"
                         ".9zFYt0yAeqyf2nOopJUfhP1QVYf55Ia5xHToJDBY5."
                         "JcmtD1EMi4YAAwri3ElvriQVgSBIsFYBooFhEy2zkt8LltVU9nW0EH294BcOT9XIM6EKK8lI6"
                         "7vOsCP6A4S5ic"},
                .prefixes = {"t1."},
                .parts = {run(chars::base64url, 20, 1200), run(chars::padding, 0, 2), ".",
                          run(chars::base64url, 86), run(chars::padding, 0, 2)}},
    TokenFormat{.rule = {"provider.yandex_static_key", "Yandex Cloud static access key",
                         "One half of a key pair for object storage.",
                         "YC"
                         "AKci11eWxoA3BXCwTbnUZEu29D1XbL4OFIXazbv"},
                .prefixes = {"YCA", "YCM", "YCN", "YCO", "YCP"},
                .parts = {run(chars::base64url, 22, 38)},
                .body = Body::mixed_case},
    TokenFormat{.rule = {"provider.scaleway_access_key", "Scaleway access key",
                         "The id of a key pair; its secret is rarely far away.",
                         "SC"
                         "WDJ6NVZ2HYAYZ8TIMI"},
                .prefixes = {"SCW"},
                .parts = {run(chars::upper_digit, 17)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.backblaze_key", "Backblaze B2 application key", opens_account,
                         "K0"
                         "00qtNh17qbQZxS7h8bHF61VuGstey"},
                .prefixes = {"K000", "K001", "K002", "K003", "K004", "K005"},
                .parts = {run(chars::base64, 27)},
                .body = Body::mixed_case},
    TokenFormat{.rule = {"provider.cloudflare_origin_ca_key", "Cloudflare Origin CA key",
                         "Issues certificates for the zones of an account.",
                         "v1"
                         ".0-65c0428e5a0a90de9dd6ea1e-"
                         "b2da7a9a59d62981a844b4f7c12fa94caaf47b0abcec234412a3cea5ba77920577865f8a0"
                         "0ba06e7833c897e2c42340deb3b"},
                .prefixes = {"v1.0-"},
                .parts = {run(chars::hex, 24), "-", run(chars::hex, 100, 200)}},
    TokenFormat{.rule = {"provider.cloudflare_token", "Cloudflare API token", opens_account,
                         "cf"
                         "ut_Ly2tNm8xwVdcuo7R5986GHFJ1tcXin5G0Bd01K20"},
                .prefixes = {"cfut_", "cfat_", "cfk_"},
                .parts = {run(chars::alnum, 36, 64)}},
    TokenFormat{.rule = {"provider.digitalocean_token", "DigitalOcean token",
                         "A personal, OAuth or refresh token of DigitalOcean.",
                         "do"
                         "p_v1_5ef92890106d057dbba103043fda5be8c8b6c92c0179ad573fa26172a8708eab"},
                .prefixes = {"dop_v1_", "doo_v1_", "dor_v1_"},
                .parts = {run(chars::hex, 64)}},
    TokenFormat{.rule = {"provider.digitalocean_spaces_key", "DigitalOcean Spaces key id",
                         "The id of a key pair; its secret is rarely far away.",
                         "DO"
                         "00Z6OZNF4IM2D6BPYZ626Y"},
                .prefixes = {"DO00"},
                .parts = {run(chars::upper_digit, 16, 20)},
                .body = Body::no_word},
    TokenFormat{.rule = {"provider.heroku_key", "Heroku API key", opens_account,
                         "HR"
                         "KU-16Irl6ZyGJ4ZnqZ2PtN3OrENVfNhhsVqFZhWX35H"},
                .prefixes = {"HRKU-"},
                .parts = {run(chars::base64url, 32, 80)}},
    TokenFormat{.rule = {"provider.netlify_token", "Netlify token", opens_account,
                         "nf"
                         "p_5fBB3tRRBkfdmNBYHN5iW3VcnS6Ay0HRHpOS9nXV"},
                .prefixes = {"nfp_", "nfc_", "nfo_", "nfu_"},
                .parts = {run(chars::alnum, 34, 60)}},
    TokenFormat{.rule = {"provider.vercel_token", "Vercel token", opens_account,
                         "vc"
                         "p_UTzfwK6keseb2UKcBWXDbWhA5Toz1s3YuTpJHSm5"},
                .prefixes = {"vcp_", "vci_", "vca_", "vcr_", "vck_"},
                .parts = {run(chars::alnum, 24, 80)},
                .body = Body::with_digit},
    TokenFormat{
        .rule = {"provider.fly_token", "Fly.io token", "A macaroon that acts in an organization.",
                 "fm"
                 "1r_m0SZWtEKEJlSzy92yxADTb6UWd7syYDRzywYS3DFQjacPTviT3pOgbep7GBU"},
        .prefixes = {"fm1r_", "fm1a_", "fm2_"},
        .parts = {run(chars::base64, 60, 2000), run(chars::padding, 0, 3)}},
    TokenFormat{.rule = {"provider.fly_personal_token", "Fly.io personal token", opens_account,
                         "fo"
                         "1_Bi29whko3qA3B9TZtatnJddqlBC3iNRHWRIbvb2e"},
                .prefixes = {"fo1_"},
                .parts = {run(chars::base64url, 40, 48)}},
    TokenFormat{.rule = {"provider.render_key", "Render API key", opens_account,
                         "rn"
                         "d_D09ZOFTpz28MKBlW5sCXvMiyMtKeVdUtFT9SM1dm"},
                .prefixes = {"rnd_"},
                .parts = {run(chars::alnum, 26, 40)}},
    TokenFormat{.rule = {"provider.tailscale_key", "Tailscale key",
                         "Adds devices to a network or administers it.",
                         "ts"
                         "key-HAxvKSr9F0fwWlL2oRtjTmgLdYPgV8v7HaGUTjNy"},
                .prefixes = {"tskey-"},
                .parts = {run(chars::base64url, 20, 80)},
                .body = Body::with_digit},
    TokenFormat{
        .rule = {"provider.openshift_token", "OpenShift token", "Acts as a user of the cluster.",
                 "sh"
                 "a256~okpl8oPy0IdnfyzlF5nITAeNJ7mwEWKDlP07fAPn"},
        .prefixes = {"sha256~"},
        .parts = {run(chars::base64url, 40, 48)}},
    TokenFormat{.rule = {"provider.rancher_token", "Rancher token",
                         "Acts as a user of Rancher in all clusters.",
                         "to"
                         "ken-mrlkv:gyv6nj1bn8bafq404np1kx8fuh5bzt0avrrwomzmr0lg4tx83x"},
                .prefixes = {"token-"},
                .parts = {run(chars::lower_digit, 5), ":", run(chars::lower_digit, 50, 60)}}};

}  // namespace

TokenTable cloud_formats() {
  return table_of<formats>();
}

}  // namespace studiosync
