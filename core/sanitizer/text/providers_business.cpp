// Keys and tokens of messages, payments, shops and office work, as their providers document them.
#include "core/sanitizer/text/provider_tables.hpp"

namespace studiosync {
namespace {

constexpr std::array formats{
    TokenFormat{
        .rule = {"provider.slack_token", "Slack token",
                 "A bot, user, workspace, refresh, configuration or application token of Slack.",
                 "xo"
                 "xb-2749301856412-5830172946350-Vk3RtYp9ZqLw7NcXs2HdBf6M"},
        .prefixes = {"xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxo-", "xoxc-", "xoxe-",
                     "xoxe.", "xapp-"},
        .parts = {run(chars::dotted, 20, 400)},
        .body = Body::with_digit},
    TokenFormat{.rule = {"provider.slack_cookie", "Slack session cookie",
                         "With a client token it acts as a user of Slack.",
                         "xo"
                         "xd-rrpJZKufcXF2W7nT7dei7oYnANTDw4Bm4KVGAT9y"},
                .prefixes = {"xoxd-"},
                .parts = {run(chars::base64, 40, 400), run(chars::padding, 0, 2)}},
    TokenFormat{
        .rule = {"provider.slack_webhook", "Slack webhook",
                 "Whoever knows the address can write to the channel.",
                 "ht"
                 "tps://hooks.slack.com/services/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"},
        .prefixes = {"hooks.slack.com/services/", "hooks.slack.com/workflows/",
                     "hooks.slack.com/triggers/"},
        .parts = {run(chars::path, 30, 120)},
        .body = Body::with_digit,
        .keeps_prefix = true},
    TokenFormat{.rule = {"provider.discord_webhook", "Discord webhook",
                         "Whoever knows the address can write to the channel.",
                         "ht"
                         "tps://discord.com/api/webhooks/1082736450918273645/"
                         "k7QxTz2LmWc9RbVn4YsHd6JfGp8EaUi3OoKq5XtZw1BvNrMyCl0SgDhFjPeAuIyT7xQz"},
                .prefixes = {"discord.com/api/webhooks/", "discordapp.com/api/webhooks/"},
                .parts = {run(chars::digit, 16, 20), "/", run(chars::base64url, 56, 80)},
                .keeps_prefix = true},
    TokenFormat{
        .rule = {"provider.discord_mfa_token", "Discord token of an account with two factors",
                 "Acts as a user of Discord.",
                 "mf"
                 "a.PEeliQ5tbsuE16nJtXsEMPmcj8lZ311DANtvV49mo2IIHAm0TX6mfdDsMspL"},
        .prefixes = {"mfa."},
        .parts = {run(chars::base64url, 60, 100)}},
    TokenFormat{.rule = {"provider.teams_webhook", "Microsoft Teams webhook",
                         "Whoever knows the address can write to the channel.",
                         "ht"
                         "tps://contoso.webhook.office.com/webhookb2/"
                         "8d3f6a2c-51b7-4e90-a8c4-2f7d9e0b6135@c4a1e7d2-9b38-4f65-8e20-"
                         "7d5c3b1a9f64/IncomingWebhook/3e9a7c5d1b8f4260a7d4c9e2b5f81637/"
                         "6b2d8f4a-0c7e-4915-b3a6-e8d1c5f97204"},
                .prefixes = {"webhook.office.com/webhookb2/", "outlook.office.com/webhook/"},
                .parts = {run(chars::path, 60, 240)},
                .keeps_prefix = true},
    TokenFormat{
        .rule = {"provider.telegram_bot_token", "Telegram bot token", "Acts as a bot of Telegram.",
                 "27"
                 "388604736:AAMTekT4kAsSIWhZvwQYH42p0xbIdJS9xrrz"},
        .prefixes = {":AA"},
        .parts = {run(chars::base64url, 32, 34)},
        .before = run(chars::digit, 8, 11),
        .glued = true},
    TokenFormat{.rule = {"provider.twilio_key", "Twilio API key",
                         "The id of an API key of Twilio; its secret is rarely far away.",
                         "SK"
                         "0e30202f22de6da31ce06e7d8266fd0b"},
                .prefixes = {"SK0", "SK1", "SK2", "SK3", "SK4", "SK5", "SK6", "SK7", "SK8", "SK9",
                             "SKa", "SKb", "SKc", "SKd", "SKe", "SKf"},
                .parts = {run(chars::hex, 31)}},
    TokenFormat{
        .rule = {"provider.sendgrid_key", "SendGrid API key", opens_account,
                 "SG"
                 ".FBLNJ59s1Tjz9sG1kytmJ8ofyZt5a5v5.5DEKTiw3MJ6oiSwrKjojW6yhHOMIBEVViYsWzuAR"},
        .prefixes = {"SG."},
        .parts = {run(chars::base64url, 16, 32), ".", run(chars::base64url, 32, 64)}},
    TokenFormat{.rule = {"provider.mailgun_key", "Mailgun key", opens_account,
                         "ke"
                         "y-337085f78684a547e8a458de425fd2cb"},
                .prefixes = {"key-"},
                .parts = {run(chars::hex, 32)}},
    TokenFormat{.rule = {"provider.mailchimp_key", "Mailchimp API key", opens_account,
                         "bd"
                         "1e0fbe5d2c47275ed16e6d1adf58c2-us20"},
                .prefixes = {"-us"},
                .parts = {run(chars::digit, 1, 2)},
                .before = run(chars::hex, 32)},
    TokenFormat{.rule = {"provider.mandrill_key", "Mandrill API key", opens_account,
                         "md"
                         "-N1nhzOPAXuEX7uPr4SzTOp"},
                .prefixes = {"md-"},
                .parts = {run(chars::base64url, 22)},
                .body = Body::mixed_case},
    TokenFormat{.rule = {"provider.brevo_key", "Brevo key", opens_account,
                         "xk"
                         "eysib-c4742be4fc70ca404355c5ad114ffe6e10766663be3d433c710bdb3d2abe0064-"
                         "wYztsi8VrEAYRp06"},
                .prefixes = {"xkeysib-", "xsmtpsib-"},
                .parts = {run(chars::hex, 64), "-", run(chars::alnum, 16)}},
    TokenFormat{.rule = {"provider.resend_key", "Resend API key", opens_account,
                         "re"
                         "_CrbONwlNIXEK_umi2dsKfnwwUGXkkLSlcInp5gJCcovcs"},
                .prefixes = {"re_"},
                .parts = {run(chars::alnum, 6, 12), "_", run(chars::alnum, 20, 32)},
                .body = Body::mixed_case},
    TokenFormat{.rule = {"provider.telnyx_key", "Telnyx API key", opens_account,
                         "KE"
                         "Y017VW83IAUKHW4VOPKJH7D8AIHFYXJKFV6B1_C0RuPeU54UYQOt0b5CtxEnmO"},
                .prefixes = {"KEY01"},
                .parts = {run(chars::upper_digit, 26, 34), "_", run(chars::alnum, 20, 24)}},
    TokenFormat{
        .rule = {"provider.stripe_key", "Stripe key",
                 "A secret or restricted key; also the form of keys of Clerk, WorkOS and Paystack.",
                 "sk"
                 "_live_wgsokrCUV0zafzj4SI2rM1YVWedMbCb8uUfE4Vpf"},
        .prefixes = {"sk_live_", "sk_test_", "rk_live_", "rk_test_", "sk_org_live_", "sk_org_test_",
                     "sk_prod_"},
        .parts = {run(chars::word, 14, 260)},
        .body = Body::with_digit},
    TokenFormat{.rule = {"provider.stripe_webhook_secret", "Stripe webhook signing secret",
                         "Signs events that the receiver believes.",
                         "wh"
                         "sec_cZLOJltuGgUnm9NsTtSATSc4kMqXJgylivftp5ZK"},
                .prefixes = {"whsec_"},
                .parts = {run(chars::base64, 24, 80), run(chars::padding, 0, 2)}},
    TokenFormat{.rule = {"provider.square_token", "Square token", opens_account,
                         "sq"
                         "0atp-uMKunrfuP4RvpKf8r5Mkk0d02o9XOTU6C6g5Inwd"},
                .prefixes = {"sq0atp-", "sq0csp-", "sq0idp-"},
                .parts = {run(chars::base64url, 20, 50)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.square_access_token", "Square access token", opens_account,
                         "EA"
                         "AA313VX9fS3aQYS4nXFgXh9rPBIXpAKOTOrAV1y1HX8BtEMoeUZ0hec0ao"},
                .prefixes = {"EAAA"},
                .parts = {run(chars::base64url, 56, 64)},
                .body = Body::mixed_case},
    TokenFormat{.rule = {"provider.facebook_token", "Facebook access token",
                         "Acts as a user, page or application of Facebook, Instagram or WhatsApp.",
                         "EA"
                         "AgN3nGMg1eFt6OowqLDokuiy8ilIYhs1pKgAe1pK88HOUWtIy2j4HCbaWNAPEI8cZyvqxgN"},
                .prefixes = {"EAA"},
                .parts = {run(chars::alnum, 70, 400)},
                .body = Body::mixed_case},
    TokenFormat{.rule = {"provider.braintree_token", "Braintree access token", opens_account,
                         "ac"
                         "cess_token$production$o266xswiybgtrxk7$0f38559237e661265c0267ac4d3ad280"},
                .prefixes = {"access_token$production$", "access_token$sandbox$"},
                .parts = {run(chars::lower_digit, 16), "$", run(chars::hex, 32)}},
    TokenFormat{.rule = {"provider.shopify_token", "Shopify token",
                         "An access token or shared secret of a shop's application.",
                         "sh"
                         "pat_0b6e4cd89fb047608b1d9baf8a361f35"},
                .prefixes = {"shpat_", "shpca_", "shppa_", "shpss_", "shptka_", "shpua_", "shprt_"},
                .parts = {run(chars::hex_any, 32)}},
    TokenFormat{
        .rule = {"provider.plaid_token", "Plaid access token", "Reads a user's bank account.",
                 "ac"
                 "cess-sandbox-e1acdb47-Fnx7HPsG9wzEgaDyN3z5V6nv6Nu"},
        .prefixes = {"access-sandbox-", "access-development-", "access-production-"},
        .parts = {run(chars::hex_any, 8), "-", run(chars::dashed, 27)}},
    TokenFormat{.rule = {"provider.adyen_key", "Adyen API key", opens_account,
                         "AQ"
                         "Eh4rInTUbTXH2LjzV5M2s4qS8SoK6ohHqvl0JKmq8V53j9OmUQF2GMuu1a0F0"},
                .prefixes = {"AQE"},
                .parts = {run(chars::base64_any, 60, 400)},
                .body = Body::mixed_case},
    TokenFormat{.rule = {"provider.flutterwave_key", "Flutterwave key", opens_account,
                         "FL"
                         "WSECK-F4QXeIqAmZvnhV1NiZLj2fPAN3p8EbmdvfluWAMv"},
                .prefixes = {"FLWSECK-", "FLWSECK_TEST-"},
                .parts = {run(chars::base64url, 12, 60)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.razorpay_key", "Razorpay key id",
                         "The id of a key pair; its secret is rarely far away.",
                         "rz"
                         "p_live_GIVca7ak9mShmW"},
                .prefixes = {"rzp_live_", "rzp_test_"},
                .parts = {run(chars::alnum, 14)}},
    TokenFormat{.rule = {"provider.payment_live_key", "Mollie or Lob API key", opens_account,
                         "li"
                         "ve_3ce8EdcsBUBuJnT40N1zAr2Me2ktedWNt7wYzBC"},
                .prefixes = {"live_", "test_"},
                .parts = {run(chars::alnum, 30, 39)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.gocardless_token", "GoCardless token", opens_account,
                         "li"
                         "ve_1lHj7YjRiEOj6L8WNqwiJuTMU7KCysqNJUK4aem8"},
                .prefixes = {"live_"},
                .parts = {run(chars::base64url, 40, 42)},
                .body = Body::mixed_case},
    TokenFormat{.rule = {"provider.easypost_key", "EasyPost API key", opens_account,
                         "EZ"
                         "AKL71uG5aG7Xk0yjwZ5Sp16UX94ccdJWBUN7CxbcGjoPlRwpQM0y"},
                .prefixes = {"EZAK", "EZTK"},
                .parts = {run(chars::alnum, 50, 60)}},
    TokenFormat{.rule = {"provider.shippo_token", "Shippo token", opens_account,
                         "sh"
                         "ippo_live_9d493f241c35884a59f153c74be6d43111c5135e"},
                .prefixes = {"shippo_live_", "shippo_test_"},
                .parts = {run(chars::hex, 40)}},
    TokenFormat{.rule = {"provider.duffel_token", "Duffel token", opens_account,
                         "du"
                         "ffel_live_PtctGYOmUeejF0pyTxcyB1HzVq8vDJfnHIwM95I9"},
                .prefixes = {"duffel_live_", "duffel_test_"},
                .parts = {run(chars::base64url, 40, 48)}},
    TokenFormat{.rule = {"provider.woocommerce_key", "WooCommerce key", opens_account,
                         "ck"
                         "_67c34be7d3109a3b01a43953c8ddc30a2e089963"},
                .prefixes = {"ck_", "cs_"},
                .parts = {run(chars::hex, 40)}},
    TokenFormat{.rule = {"provider.klaviyo_key", "Klaviyo private key", opens_account,
                         "pk"
                         "_bc8cc3fa1848f9d63e8e82a97589843895"},
                .prefixes = {"pk_"},
                .parts = {run(chars::hex, 34)}},
    TokenFormat{.rule = {"provider.clickup_token", "ClickUp token", opens_account,
                         "pk"
                         "_430482028153_IE65E37YWB3VIY8ICPW7HNJHYDDZLG8Y"},
                .prefixes = {"pk_"},
                .parts = {run(chars::digit, 5, 12), "_", run(chars::upper_digit, 32)}},
    TokenFormat{.rule = {"provider.notion_token", "Notion token", opens_account,
                         "se"
                         "cret_U468BTaHvJTiqQuloOfxQyx22uLNQFbXecPbZRiM"},
                .prefixes = {"secret_"},
                .parts = {run(chars::alnum, 40, 46)}},
    TokenFormat{
        .rule = {"provider.notion_integration_token", "Notion integration token", opens_account,
                 "nt"
                 "n_c7YsJceKeOBzAZHcQfoMlaNf2VLn2u4oB0GnX3V7"},
        .prefixes = {"ntn_"},
        .parts = {run(chars::alnum, 40, 50)}},
    TokenFormat{
        .rule =
            {"provider.airtable_token", "Airtable personal access token", opens_account,
             "pa"
             "tSOblBhg8R1opG6.a6bb45b0a26048c6c5b534c51d8fa893d01dc7f684becafbcc82582e574564f4"},
        .prefixes = {"pat"},
        .parts = {run(chars::alnum, 14), ".", run(chars::hex, 64)}},
    TokenFormat{.rule = {"provider.figma_token", "Figma token", opens_account,
                         "fi"
                         "gd_Z0xE6F1s5FK25MwNI4tPHsMOSzX0CwvxEFAqhTz3"},
                .prefixes = {"figd_", "figu_", "figo_", "figor_"},
                .parts = {run(chars::base64url, 36, 60)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.contentful_token", "Contentful management token", opens_account,
                         "CF"
                         "PAT-4cwHSpgxWHTtfCCsDTxgs8wZ3yQTVpPceRtZhTXN"},
                .prefixes = {"CFPAT-"},
                .parts = {run(chars::base64url, 40, 48)}},
    TokenFormat{.rule = {"provider.trello_token", "Trello token", opens_account,
                         "AT"
                         "TAfskEyMtppXmrjAYLTqJ7AN4CN3i1n4b7D8hj8B9KSNgoswvbt83BSfHbGBWS"},
                .prefixes = {"ATTA"},
                .parts = {run(chars::alnum, 60, 76)}},
    TokenFormat{.rule = {"provider.typeform_token", "Typeform token", opens_account,
                         "tf"
                         "p_npuQKa01qHCZXHAjSIVEOuUCakhu80fb7TR3duew"},
                .prefixes = {"tfp_"},
                .parts = {run(chars::dotted, 40, 64)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.frameio_token", "NestingFrame.io token", opens_account,
                         "fi"
                         "o-u-EFCaymNrxGlhZg7JFnSCKGw9M4DfhFSaGdZudAjSKXJa7eb9UQPWcEqtM5TG"},
                .prefixes = {"fio-u-"},
                .parts = {run(chars::base64url, 60, 68)}},
    TokenFormat{.rule = {"provider.intra42_secret", "42 application secret", opens_account,
                         "s-"
                         "s4t2ud-507d4a35a8f303f5921ce3a79577e2016c196ef6c226329ce424cb5db30d3356"},
                .prefixes = {"s-s4t2ud-", "s-s4t2af-"},
                .parts = {run(chars::hex, 64)}},
    TokenFormat{.rule = {"provider.hubspot_token", "HubSpot private app token", opens_account,
                         "pa"
                         "t-na1-ae255870-l7MQliYNR4U8YWl4Zr61C9IAhsN"},
                .prefixes = {"pat-na1-", "pat-na2-", "pat-na3-", "pat-eu1-", "pat-ap1-"},
                .parts = {run(chars::hex_any, 8), "-", run(chars::dashed, 27)},
                .body = Body::with_digit},
    TokenFormat{
        .rule = {"provider.intercom_token", "Intercom access token", "The encoded form of tok:…",
                 "dG"
                 "9rO2vGIZlr7i03k/x69ToUFkzql3yLV9aeX7vkzn7Rk"},
        .prefixes = {"dG9rO"},
        .parts = {run(chars::base64, 40, 90), run(chars::padding, 0, 2)}},
    TokenFormat{.rule = {"provider.okta_token", "Okta API token",
                         "Acts as an administrator; it follows its scheme's name in a header.",
                         "SS"
                         "WS 00UM6ZLwDMT3hmBbCpsSNysRGWaFBQqFfOPFRnxuPG"},
                .prefixes = {"SSWS 00"},
                .parts = {run(chars::base64url, 38, 42)},
                .keeps_prefix = true},
    TokenFormat{
        .rule = {"provider.salesforce_session", "Salesforce session",
                 "Acts as a user of Salesforce.",
                 "00"
                 "D7QLWZL18PqP7utz!BxCkZZsEdQLIwn1Wr8ZlWrj4FKFoGszM3ZX0XCvOV5vQCqI6Nuy753qzqqtj"},
        .prefixes = {"00D"},
        .parts = {run(chars::alnum, 12, 15), "!", run(chars::dotted, 60, 160)}},
    TokenFormat{.rule = {"provider.salesforce_refresh_token", "Salesforce refresh token",
                         "Yields new sessions until it is revoked.",
                         "5A"
                         "ep861Skwyy1GPFkViNKm5HhA4PJwq1OpZfZ0y6Feab727XpyQ1AgOQE"},
                .prefixes = {"5Aep861"},
                .parts = {run(chars::dotted, 50, 100)}},
    TokenFormat{.rule = {"provider.dropbox_token", "Dropbox short-lived token", opens_account,
                         "sl"
                         ".0Dat8pz6nixdaLyloazga5c2YKwYi7FUf6KCANprYsVnWCbShlu9SbXORkL6iPKWtqgdnwvP"
                         "13SFOfO3jahJPfiKnXxDOgjJ7A73"},
                .prefixes = {"sl."},
                .parts = {run(chars::dotted, 100, 1600)},
                .body = Body::mixed_case},
    TokenFormat{
        .rule = {"provider.twitter_bearer", "X (Twitter) bearer token",
                 "Acts as an application of X.",
                 "AA"
                 "AAAAAAAAAAAAAAAAAABkoamy+MD4/t35oqxombjQQicaqu0bnxeCrqxSkqiIf5Yz7hKisDPGQPluYy"},
        .prefixes = {"AAAAAAAAAAAAAAAAAAAA"},
        .parts = {run(chars::base64_any, 60, 140)},
        .body = Body::mixed_case},
    TokenFormat{.rule = {"provider.adafruit_key", "Adafruit IO key", opens_account,
                         "ai"
                         "o_mydf57EGwmY0VPZAw1AWLByAcgiY"},
                .prefixes = {"aio_"},
                .parts = {run(chars::alnum, 24, 32)},
                .body = Body::mixed_case},
    TokenFormat{.rule = {"provider.linkedin_secret", "LinkedIn client secret", opens_account,
                         "WP"
                         "L_AP0.WUiiuYMbPmXknxFJxMFtAK15cO8wu3KThWsvejXz"},
                .prefixes = {"WPL_AP0.", "WPL_AP1."},
                .parts = {run(chars::dotted, 16, 40), run(chars::padding, 0, 2)}},
    TokenFormat{.rule = {"provider.twitch_oauth", "Twitch chat token",
                         "Acts as a user in a chat of Twitch.",
                         "oa"
                         "uth:vq0i53gaf5utqptyi2mykx1twkrk9w"},
                .prefixes = {"oauth:"},
                .parts = {run(chars::lower_digit, 30)},
                .body = Body::with_digit,
                .keeps_prefix = true},
    TokenFormat{
        .rule = {"provider.mapbox_token", "Mapbox secret token", opens_account,
                 "sk"
                 ".eyJaP3zpTSVcVw0e6afHxLWMzmJJGqRCrUz4eZa8PiQ.L8TTHlfZf90HXdUsXdnVAxbawh7UzT"},
        .prefixes = {"sk.eyJ"},
        .parts = {run(chars::base64url, 30, 300), ".", run(chars::base64url, 20, 30)}},
    TokenFormat{.rule = {"provider.adobe_secret", "Adobe client secret", opens_account,
                         "p8"
                         "e-xOgNw0qe0qnxa7PeqhRMOja08E3y1BpBXCSJXyxA"},
                .prefixes = {"p8e-"},
                .parts = {run(chars::base64url, 30, 44)},
                .body = Body::with_digit},
    TokenFormat{.rule = {"provider.calcom_key", "Cal.com API key", opens_account,
                         "ca"
                         "l_live_6bd69f010ae013068dedbafaf002ba5a"},
                .prefixes = {"cal_live_"},
                .parts = {run(chars::hex, 32)}}};

}  // namespace

TokenTable business_formats() {
  return table_of<formats>();
}

}  // namespace studiosync
